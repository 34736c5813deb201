//! Words about tickets that go back to intake: the two forms, the note on the ticket.
//! Not here: names of the verbs (`ticket::verbs`), the notice (`notification::template`).

use crate::text::{Text, text};

pub const MISSING: Text = text("缺少什么", "What is missing");
pub const WAITS: Text = text("退回补充", "Back to intake");
pub const BACK_HELP: Text = text(
    "退给登记人补充，写明缺什么；补充提交后回到待派单，派单时限重新计算。",
    "Goes back to whoever took it down, with what is missing. Once it is submitted again it waits for its dispatch, whose limit begins anew.",
);
pub const BACK_SEND: Text = text("退回补充", "Give it back");
pub const RESUBMIT_HELP: Text = text(
    "改正或补充下面的内容后提交，回到待派单。没有改动的保持不变。",
    "Correct or complete what stands below and submit it: it waits for its dispatch again. What you leave stays as it is.",
);
pub const ADDRESS_HELP: Text = text(
    "原地址只显示一部分；不改就留空。",
    "Only part of the address is shown; leave it empty to keep it.",
);
pub const DONE: Text = text("补充了什么", "What was completed");
pub const RESUBMIT_SEND: Text = text("补充提交", "Submit again");
