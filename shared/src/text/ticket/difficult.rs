//! Words about hard cases: forms, the board and its votes.
//! Not here: names of the verbs (`ticket::verbs`), reasons (`application`).

use crate::text::{Text, text};

pub const ASKED: Text = text("疑难申请", "Request for a hard case");
pub const FLAG: Text = text("疑难", "Hard case");
pub const UNTIL: Text = text("办结日期", "Done by");
pub const AGREE: Text = text("同意的成员", "Members for it");
pub const AGAINST: Text = text("不同意的成员", "Members against it");
pub const ASK_HELP: Text = text(
    "由会审组表决。列为疑难后，办理期限到会审确定的日期，不占延期次数。",
    "A board votes on it. A hard case is due on the day that the board gives, which is no extension.",
);
pub const RULE_HELP: Text = text(
    "会审后由中心领导登记：成员至少三人，每人一票，裁定与多数一致。",
    "Recorded by the centre's leader after the board has met: three members or more, a vote each, and the ruling is what most voted for.",
);
pub const MEMBERS_HELP: Text = text("每行一人。", "One a line.");
pub const UNTIL_HELP: Text = text("列为疑难的必填。", "Required for a hard case.");
pub const GRANT: Text = text("列为疑难", "A hard case");
pub const REFUSE: Text = text("不列为疑难", "Not a hard case");
pub const ASK_SEND: Text = text("提交申请", "Ask");
pub const RULE_SEND: Text = text("登记会审结果", "Record what the board came to");
