//! Words about bad ratings of closed tickets: the form.
//! Not here: names of the verb (`ticket::verbs`) and of the steps (`ticket::UpsetStep`), the shelf (`ticket::pool`), the notice.

use crate::text::{Text, text};

pub const STEP: Text = text("做了哪一步", "What was done");
pub const HELP: Text = text(
    "群众在办结后给了差评：依次记录联系、核实、整改、反馈，最后处理完毕；处理完毕前至少要有联系和反馈。确属没办好的，用“重办”。",
    "The citizen rated it badly after the closing. Record the call, what was verified, put right and told, and settle it in the end; before that the call and the telling are recorded at least. What was not done well is redone.",
);
pub const NOTE: Text = text("经过和结果", "What came of it");
pub const SEND: Text = text("记录", "Record it");
