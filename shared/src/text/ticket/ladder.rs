//! Words of the escalation ladder on a ticket's page and in notices.
//! Not here: names and words of rungs, which are rows of a list (`register::lists::ladder`).
//! Functions take `now`, since nobody here reads a clock.

use crate::calendar::Instant;
use crate::text::clock::date_time;
use crate::text::{Locale, Text, text};
use crate::ticket::view::LedgerLine;

pub const LADDER: Text = text("督办阶梯", "Escalation");
pub const REACHED: Text = text("已到：", "Reached: ");
pub const NEXT: Text = text("下一级：", "Next: ");
pub const LAST: Text = text("已到最后一级", "Nothing follows");

pub const LEDGER: Text = text("计时台账", "Clock ledger");
pub const WHOLE_TICKET: Text = text("整件", "the whole ticket");

/// An entry of the clock ledger: `昨天 10:02 市住建局 延期，期限 3月9日 17:30`.
pub fn entry(line: &LedgerLine, now: Instant, locale: Locale) -> String {
    let at = date_time(line.at, now, locale);
    let whole = || WHOLE_TICKET.get(locale).to_owned();
    let whose = line.unit.clone().unwrap_or_else(whole);
    let due = line.due_at.map(|due| date_time(due, now, locale));
    let what = match (locale, due) {
        (Locale::Zh, Some(due)) => format!("{at} {whose} {}，期限 {due}", line.zh),
        (Locale::Zh, None) => format!("{at} {whose} {}", line.zh),
        (Locale::En, Some(due)) => format!("{at}, {whose}: {}, due {due}", line.en),
        (Locale::En, None) => format!("{at}, {whose}: {}", line.en),
    };
    let beside = beside(line, now, locale);
    match locale {
        _ if beside.is_empty() => what,
        Locale::Zh => format!("{what}（{}）", beside.join("，")),
        Locale::En => format!("{what} ({})", beside.join(", ")),
    }
}

/// The deadline of before, the limit, why and by whom, as far as an entry says it.
fn beside(line: &LedgerLine, now: Instant, locale: Locale) -> Vec<String> {
    let before = line.due_before.map(|due| {
        let due = date_time(due, now, locale);
        match locale {
            Locale::Zh => format!("原期限 {due}"),
            Locale::En => format!("before: {due}"),
        }
    });
    let limit = line.limit.map(|limit| {
        let limit = crate::text::time::limit(limit, locale);
        match locale {
            Locale::Zh => format!("时限 {limit}"),
            Locale::En => format!("limit {limit}"),
        }
    });
    let why = match locale {
        Locale::Zh => line.reason_zh.clone(),
        Locale::En => line.reason_en.clone(),
    };
    let actor = line.actor.map(|actor| actor.label(locale).to_owned());
    let by = line.by.clone().or(actor);
    [before, limit, why, by].into_iter().flatten().collect()
}

/// Numbers that a sentence names before it says how many there are.
pub const NAMED: usize = 5;

/// A rung with its time: `时限用去八成（明天 16:06）`.
pub fn rung(name: &str, at: Option<Instant>, now: Instant, locale: Locale) -> String {
    match (at, locale) {
        (None, _) => name.to_owned(),
        (Some(at), Locale::Zh) => format!("{name}（{}）", date_time(at, now, locale)),
        (Some(at), Locale::En) => format!("{name} ({})", date_time(at, now, locale)),
    }
}

/// The numbers of tickets in one sentence: all of a few, the first ones of many.
pub fn numbers<'n>(
    numbers: impl IntoIterator<Item = &'n str>,
    count: usize,
    locale: Locale,
) -> String {
    let first: Vec<&str> = numbers.into_iter().take(NAMED).collect();
    match locale {
        Locale::Zh if count > first.len() => format!("{}等 {count} 件", first.join("、")),
        Locale::Zh => first.join("、"),
        Locale::En if count > first.len() => {
            format!("{} and {} more", first.join(", "), count - first.len())
        }
        Locale::En => first.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_numbers_are_counted() {
        let all = ["1", "2", "3", "4", "5", "6"];
        assert_eq!(numbers(all, 10, Locale::Zh), "1、2、3、4、5等 10 件");
        assert_eq!(numbers(all, 10, Locale::En), "1, 2, 3, 4, 5 and 5 more");
        assert_eq!(numbers(["1", "2"], 2, Locale::Zh), "1、2");
    }

    #[test]
    fn a_rung_stands_with_its_time() {
        let now = Instant::parse("2026-03-05T09:00:00+08:00").expect("an instant");
        let at = Instant::parse("2026-03-06T16:06:00+08:00");
        assert_eq!(rung("八成", at, now, Locale::Zh), "八成（明天 16:06）");
        assert_eq!(rung("80 %", None, now, Locale::En), "80 %");
    }
}
