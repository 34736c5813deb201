//! Words about how a ticket counts (考核认定): forms, what was ruled, flags and the filter.
//! Not here: names of the verbs (`ticket::verbs`), of kinds and reasons (`application`).

use crate::text::{Text, text};

pub const ASKED: Text = text("考核认定申请", "How it counts");
pub const ASKED_BY: Text = text("申请人", "Asked by");
pub const REVOKES: Text = text("撤销原认定", "Revokes the ruling");
pub const BASIS: Text = text("依据", "Basis");
pub const ADVICE: Text = text("初审意见", "First opinion");
pub const ADVISED_BY: Text = text("初审人", "First opinion by");
pub const DECIDED_BY: Text = text("审定人", "Decided by");
pub const SUPPORTS: Text = text("建议同意", "Should be granted");
pub const OPPOSES: Text = text("建议不同意", "Should not be granted");
pub const GRANT: Text = text("同意", "Grant");
pub const REFUSE: Text = text("不同意", "Refuse");
pub const ASK_HELP: Text = text(
    "经办结审核员初审、中心领导审定后生效，三步不能是同一人。工单和评价照常保留。",
    "Holds once the closing reviewer has given a first opinion and the centre's leader has decided; nobody does two of these. Ticket and ratings stay as they are.",
);
pub const REVOKE: Text = text(
    "撤销已有的同类认定",
    "Revoke the ruling of this kind that stands",
);
pub const REASON_HELP: Text = text(
    "N 开头用于不计入考核，U 开头用于不合理诉求，R 开头用于撤销。",
    "N: not counted. U: unreasonable demands. R: revoking.",
);
pub const ASK_SEND: Text = text("提交申请", "Ask");
pub const ADVISE_HELP: Text = text(
    "初审意见供中心领导审定参考。",
    "For the centre's leader, who decides.",
);
pub const ADVISE_SEND: Text = text("提交初审意见", "Send the opinion");
pub const DECIDE_HELP: Text = text(
    "申请人和初审人不能审定。",
    "Whoever asked or gave the first opinion does not decide.",
);
pub const DECIDE_SEND: Text = text("提交审定", "Decide");
pub const FILTER: Text = text("考核认定", "How it counts");
