//! Words of the replay of a draft of limits, days or working hours.
//! Not here: the numbers (`crate::register::Replay`).

use super::super::staff::grouped;
use super::{Locale, Text, text};
use crate::register::Replay;

pub const REPLAY: Text = text("用近期工单试算", "Replay on recent tickets");
pub const REPLAY_HELP: Text = text(
    "发布前，用草稿的时限重新计算最近 30 天受理的工单和承办件，看期限会怎样变、会多出多少超期。只计算，不改动任何工单。",
    "Before publishing, the deadlines of what was accepted in the last 30 days are reckoned by the draft: what would move, and what more would have been late. Nothing is changed.",
);
pub const HOURS_HELP: Text = text(
    "发布前，用草稿的放假安排或作息重新计算最近 30 天受理的工单和承办件，看期限会怎样变、会多出多少超期。只计算，不改动任何工单。",
    "Before publishing, the deadlines of what was accepted in the last 30 days are reckoned in the days or hours of the draft: what would move, and what more would have been late. Nothing is changed.",
);
pub const RUN: Text = text("开始试算", "Begin the replay");
pub const AGAIN: Text = text("重新试算", "Replay again");
pub const NOT_DONE: Text = text(
    "这份草稿还没有试算过。",
    "This draft has not been replayed yet.",
);
pub const STALE: Text = text(
    "试算之后草稿又改过，请重新试算。",
    "The draft was changed after the replay; replay it again.",
);
pub const RUNS: Text = text(
    "试算正在进行，可稍后刷新本页。",
    "The replay is under way; refresh the page later.",
);
pub const NO_RESULT: Text = text(
    "上次试算没有完成，请重新试算。",
    "The last replay did not come to its end; replay it again.",
);
pub const CLOCKS: Text = text("试算的期限", "Deadlines reckoned");
pub const EARLIER: Text = text("会提前", "Would be earlier");
pub const LATER: Text = text("会推后", "Would be later");
pub const LATE: Text = text("按现行规则超期", "Late by the rules of now");
pub const NEWLY_LATE: Text = text("草稿下新增超期", "Late by the draft only");
pub const NO_LONGER_LATE: Text = text("草稿下不再超期", "No longer late by the draft");
pub const WITHOUT: Text = text("草稿没有规定时限", "Without a limit in the draft");
pub const DIFFERENCES: Text = text(
    "期限不同的工单（前 50 条）",
    "Tickets that differ (the first 50)",
);
pub const TICKET: Text = text("工单", "Ticket");
pub const UNIT: Text = text("承办单位", "Unit");
pub const WAS: Text = text("现行期限", "Deadline now");
pub const WOULD_BE: Text = text("草稿期限", "Deadline by the draft");
pub const LATE_MARK: Text = text("超期", "late");
pub const OF_TICKET: Text = text("整件", "whole ticket");
pub const DONE_REPLAY: Text = text(
    "试算已开始，稍后刷新本页看结果。",
    "The replay has begun; refresh this page later for its result.",
);

/// Headings of the file.
pub const HEADS: [Text; 6] = [
    TICKET,
    UNIT,
    WAS,
    WOULD_BE,
    LATE,
    text("按草稿超期", "Late by the draft"),
];
pub const FILE: Text = text("下载全部差异（CSV）", "Download all that differ (CSV)");

/// What it came to, in a sentence.
pub fn sum(report: &Replay, locale: Locale) -> String {
    let (clocks, changed, newly) = (
        grouped(report.clocks),
        grouped(report.changed),
        grouped(report.newly_late),
    );
    match locale {
        Locale::Zh => format!("试算 {clocks} 个期限，{changed} 个会变，新增超期 {newly} 个。"),
        Locale::En => {
            let deadlines = if report.clocks == 1 {
                "deadline"
            } else {
                "deadlines"
            };
            format!(
                "{clocks} {deadlines} reckoned, {changed} would change, {newly} more would be late."
            )
        }
    }
}
