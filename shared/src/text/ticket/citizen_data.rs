//! Words of correcting and erasing what a ticket keeps about its citizen.
//! Not here: names of the verbs (`ticket::verbs`), of the fields (`text::fields`).

use crate::text::{Text, text};

pub const CORRECT_HELP: Text = text(
    "只填要更正的项；先核实是本人要求，理由里写明怎样核实。办理过程只记更正了什么时候、为什么，不记原来的内容。",
    "Fill in what is to be corrected. Make sure that the citizen asked for it, and say how. The history says when and why, not what it was.",
);
pub const CORRECT_SEND: Text = text("更正", "Correct");
pub const ERASE_HELP: Text = text(
    "删除姓名、联系方式、证件号码、涉及个人的自有字段和详细地址，不能恢复；工单、办理过程和统计保留。先核实是本人要求。",
    "Removes name, contacts, identity numbers, own fields about the person and the exact address, for good. The ticket, its history and figures stay. Make sure that the citizen asked for it.",
);
pub const ERASE_SEND: Text = text("删除诉求人信息", "Erase the citizen");
