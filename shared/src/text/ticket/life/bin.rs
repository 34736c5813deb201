//! Words about the bin: the two forms.
//! Not here: names of the verbs (`ticket::verbs`) and of what a ticket in it is (`ticket::BinReason`).

use crate::text::{Text, text};

pub const WHAT: Text = text("属于哪一种", "What it is");
pub const HELP: Text = text(
    "只用于测试、误登记和无效来件。放入后不再办理、不在列表和统计里，可在规定天数内恢复；不删除任何内容，记入审计。",
    "For tests, mistakes and what is no request alone. Its work ends, and it is in no list and no figure; it can be restored for some days. Nothing is deleted, and the audit has a line.",
);
pub const SEND: Text = text("放入回收站", "Put it into the bin");
pub const RESTORE_HELP: Text = text(
    "放入前在办的回到待派单，已结束的恢复原来的状态；在回收站的时间不计时限。",
    "What was open waits for its dispatch, what was over is so again. The time in the bin does not count.",
);
pub const RESTORE_SEND: Text = text("恢复", "Restore it");
