//! Words about handing a ticket over to another body: forms, and what was handed over.
//! Not here: names of the verbs (`ticket::verbs`), of the bodies (the office's list).

use crate::text::{Text, text};

pub const TRANSFERS: Text = text("转接移交", "Handed over");
pub const BODY: Text = text("移交机构", "Body");
pub const RECEIPT: Text = text("回执编号", "Receipt");
pub const RECEIPT_AT: Text = text("回执登记", "Receipt entered");
pub const NO_RECEIPT: Text = text("尚无回执", "No receipt yet");
pub const WHEN: Text = text("移交时间", "Handed over");
pub const BY: Text = text("移交人", "By");
pub const GOES_ON: Text = text(
    "本热线继续办理（不勾选则工单就此办结为“已转外部平台”）",
    "The hotline goes on with it as well; unticked, the ticket ends with this",
);
pub const WENT_ON: Text = text("本热线继续办理", "The hotline goes on with it");
pub const NUMBER: Text = text("第几次移交", "Which transfer");
pub const HELP: Text = text(
    "危及生命、财产安全的先转接电话，再在这里登记；回执可以以后补登。",
    "Where lives or property are in danger, put the call through first and enter it here after; the receipt can be entered later.",
);
pub const EXPLAIN: Text = text(
    "转接给谁、说了什么、对方怎么答复。",
    "Whom it went to, what was said, what was answered.",
);
pub const SEND: Text = text("登记移交", "Enter it");
pub const RECEIPT_SEND: Text = text("登记回执", "Enter the receipt");
