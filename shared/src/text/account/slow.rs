//! Words of the page of slow statements.
//! Not here: what plans point at (`crate::slow`).
//! For system administrators.

use super::super::{Locale, Text, text};

pub const TITLE: Text = text("慢语句", "Slow statements");
pub const NONE: Text = text("没有慢语句", "No slow statements");
pub const NONE_WHY: Text = text(
    "每分钟收集一次；最多保留最近的一百条。",
    "They are gathered once a minute; the latest hundred are kept.",
);
pub const CALLER: Text = text("调用者", "Caller");
pub const UNKNOWN: Text = text("未知", "Not known");
pub const STATEMENT: Text = text("语句（不含参数值）", "Statement, without values");
pub const PLAN: Text = text("执行计划", "Plan");
pub const NO_PLAN: Text = text("没有执行计划", "There is no plan");
pub const ADVICE: Text = text("看哪里", "Where to look");
pub const NO_ADVICE: Text = text(
    "计划里没有整表扫描，也没有不用索引的排序。",
    "The plan reads no whole table and sorts nothing without an index.",
);
pub const COLUMNS: Text = text("涉及的列", "Columns");
pub const LAST: Text = text("最近一次", "Last seen");

/// From when on a statement is slow.
pub fn why(ms: i32, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!(
            "读取超过 {ms} 毫秒的数据库语句，附调用者和执行计划，不含任何参数值。这个界限可在业务参数“数据库语句超过多少毫秒算慢语句”中修改。"
        ),
        Locale::En => format!(
            "Reads of the database that took {ms} ms or more, with caller and plan and without any value. The setting \u{201c}A statement of the database is slow from so many milliseconds on\u{201d} changes the bound."
        ),
    }
}

/// How often and how long.
pub fn times(n: i64, (last, average, most): (i64, i64, i64), locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("{n} 次，最近 {last} 毫秒，平均 {average} 毫秒，最长 {most} 毫秒"),
        Locale::En => {
            format!("{n} times; last {last} ms, on average {average} ms, longest {most} ms")
        }
    }
}
