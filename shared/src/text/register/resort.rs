//! Words of the replay of a draft of categories.
//! Not here: the numbers (`crate::register::CategoryReplay`), what both replays say (`replay`).

use super::super::staff::grouped;
use super::{Locale, Text, text};
use crate::register::CategoryReplay;

pub const HELP: Text = text(
    "发布前，用草稿的事项分类重新归类最近 30 天受理的工单，看哪些会归到别的事项、时限和权责单位会怎样变、哪些必填字段没有答案。只计算，不改动任何工单；密封的个人答案不查。",
    "Before publishing, what was accepted in the last 30 days is sorted by the draft: which tickets would have another category, limit or unit by area of responsibility, and which required questions they do not answer. Nothing is changed; personal answers stay sealed and are not looked at.",
);
pub const TICKETS: Text = text("试算的工单", "Tickets sorted");
pub const CHANGED: Text = text("有变化的工单", "Tickets that differ");
pub const DIFFERENCES: Text = text(
    "有变化的工单（前 50 件）",
    "Tickets that differ (the first 50)",
);
pub const KINDS: Text = text("变化", "What differs");
pub const WAS: Text = text("现在", "Now");
pub const WOULD_BE: Text = text("按草稿", "By the draft");
pub const NO_CATEGORY: Text = text("无事项", "no category");
pub const QUESTIONS: Text = text("没有答案的必填字段", "Required questions without an answer");

/// Headings of the file.
pub const HEADS: [Text; 11] = [
    super::replay::TICKET,
    KINDS,
    text("现在的事项", "Category now"),
    text("现在的事项名称", "Name of the category now"),
    text("草稿的事项", "Category by the draft"),
    text("草稿的事项名称", "Name of the category by the draft"),
    text("现在的时限", "Limit now"),
    text("草稿的时限", "Limit by the draft"),
    text("现在的权责单位", "Unit now"),
    text("草稿的权责单位", "Unit by the draft"),
    QUESTIONS,
];

/// What it came to, in a sentence.
pub fn sum(report: &CategoryReplay, locale: Locale) -> String {
    let (tickets, changed) = (grouped(report.tickets), grouped(report.changed));
    match locale {
        Locale::Zh => format!("试算 {tickets} 件工单，{changed} 件会有变化。"),
        Locale::En => {
            let noun = if report.tickets == 1 {
                "ticket"
            } else {
                "tickets"
            };
            format!("{tickets} {noun} sorted, {changed} would differ.")
        }
    }
}
