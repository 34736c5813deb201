//! Words of the replay of last month's tickets under a version of their process.
//! Not here: the numbers (`crate::process::retrace`), the rest of the owner's page (`process_owner`).

use super::staff::grouped;
use super::{Locale, Text, text};
use crate::process::retrace::RetraceReport;

pub use super::register::replay::{DONE_REPLAY as BEGUN, TICKET};

pub const TITLE: Text = text("用近期工单试算流程", "Replay recent tickets");
pub const HELP: Text = text(
    "把最近 30 天受理的工单（最新 2 万件）的办理经过，在这个版本上重走一遍，找出哪一步做不了、哪里的待办或计时会不同。只计算，不改动任何工单。",
    "What was done with the tickets accepted in the last 30 days (the newest 20,000) is said again to this version: where a step could not be taken, or other tasks or timers would have been there. Nothing is changed.",
);
pub const NOT_DONE: Text = text(
    "这个版本还没有试算过。",
    "Nothing was replayed under this version yet.",
);
pub const NO_RESULT: Text = text(
    "上次试算没有完成，请重新试算。",
    "The last replay did not come to its end; replay again.",
);
pub const TICKETS: Text = text("试算的工单", "Tickets replayed");
pub const CHANGED: Text = text("走法不同", "Another way");
pub const UNTRACED: Text = text("无法重走", "Cannot be said again");
pub const DIFFERENCES: Text = text(
    "走法不同的工单（前 50 件）",
    "Tickets that would go another way (the first 50)",
);
pub const VERSION: Text = text("原版本", "Its version");
pub const STEP: Text = text("第一处不同", "First difference");
pub const WAS: Text = text("原来", "Then");
pub const WOULD_BE: Text = text("这个版本", "This version");

/// What it came to, in a sentence.
pub fn sum(report: &RetraceReport, locale: Locale) -> String {
    let (tickets, changed) = (grouped(report.tickets), grouped(report.changed));
    match locale {
        Locale::Zh => format!("试算 {tickets} 件工单，{changed} 件走法不同。"),
        Locale::En => {
            let noun = if report.tickets == 1 {
                "ticket"
            } else {
                "tickets"
            };
            format!("{tickets} {noun} replayed, {changed} would go another way.")
        }
    }
}
