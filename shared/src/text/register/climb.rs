//! Words of the replay of a draft of the ladder.
//! Not here: the numbers (`crate::register::LadderReplay`), words that all replays share (`replay`).

use super::super::staff::grouped;
use super::replay::{TICKET, UNIT};
use super::{Locale, Text, text};
use crate::register::LadderReplay;

pub const HELP: Text = text(
    "发布前，用草稿的督办阶梯重新计算最近 30 天受理的工单和承办件到过哪些级别，看会多提醒还是少提醒。只计算，不提醒任何人。",
    "Before publishing, it is reckoned which rungs the clocks of what was accepted in the last 30 days would have reached by the draft: what more would be told, or less. Nobody is told anything.",
);
pub const CHANGED: Text = text("级别不同的期限", "Deadlines with other rungs");
pub const TOLD: Text = text("按现行阶梯到级", "Rungs by the ladder of now");
pub const WOULD_TELL: Text = text("按草稿到级", "Rungs by the draft");
pub const DIFFERENCES: Text = text(
    "到级不同的工单（前 50 条）",
    "Tickets with other rungs (the first 50)",
);
pub const WAS: Text = text("现行级别", "Rungs now");
pub const WOULD_BE: Text = text("草稿级别", "Rungs by the draft");

/// Headings of the file.
pub const HEADS: [Text; 4] = [TICKET, UNIT, WAS, WOULD_BE];

/// What it came to, in a sentence.
pub fn sum(report: &LadderReplay, locale: Locale) -> String {
    let (clocks, changed) = (grouped(report.clocks), grouped(report.changed));
    let (told, would_tell) = (grouped(report.told), grouped(report.would_tell));
    match locale {
        Locale::Zh => {
            format!(
                "试算 {clocks} 个期限，{changed} 个到级不同；到级 {told} 次，草稿下 {would_tell} 次。"
            )
        }
        Locale::En => format!(
            "Of {clocks} deadlines {changed} would reach other rungs; {told} rungs now, {would_tell} by the draft."
        ),
    }
}
