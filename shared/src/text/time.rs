//! Limits, what is left of a deadline and the arithmetic behind it in words; durations say that they are working time (`ui.md`, "Words").
//! Not here: the counting (`calendar`), dates and times of day (`clock`).
//! Functions take `now`, since nobody here reads a clock.

use super::Locale;
use super::clock::date;
use crate::calendar::{ExplainStep, Instant, Remaining, StepKind};
use crate::process::limit::Limit;
use crate::ticket::LimitUnit;

/// Working minutes of an hour.
const HOUR: i64 = 60;

/// `还剩 2 工作日`, `2 工作小时后到期`, `超期 1 工作日`, `Due in 2 working hours`, `1 working day overdue`.
pub fn remaining(left: Remaining, locale: Locale) -> String {
    let (days, minutes) = (i64::from(left.days).abs(), left.minutes.abs());
    let amount = if days >= 1 {
        count(days, "工作日", "working day", locale)
    } else if minutes >= HOUR {
        count(minutes / HOUR, "工作小时", "working hour", locale)
    } else if minutes > 0 || left.clock_minutes.abs() < HOUR {
        count(
            minutes.max(left.clock_minutes.abs().min(HOUR - 1)),
            "分钟",
            "minute",
            locale,
        )
    } else {
        count(left.clock_minutes.abs() / HOUR, "小时", "hour", locale)
    };
    match (left.overdue(), days >= 1, locale) {
        (true, _, Locale::Zh) => format!("超期 {amount}"),
        (true, _, Locale::En) => format!("{amount} overdue"),
        (false, true, Locale::Zh) => format!("还剩 {amount}"),
        (false, true, Locale::En) => format!("{amount} left"),
        (false, false, Locale::Zh) => format!("{amount}后到期"),
        (false, false, Locale::En) => format!("Due in {amount}"),
    }
}

/// The same with the name of the clock, where several run at a time: `签收还剩 1 工作日`, `Sign: 1 working day left`.
pub fn of_clock(clock: &str, words: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh if words.starts_with(|c: char| c.is_ascii_digit()) => {
            format!("{clock} {words}")
        }
        Locale::Zh => format!("{clock}{words}"),
        Locale::En => format!("{clock}: {}", words.replacen("Due", "due", 1)),
    }
}

/// `5 工作日`, `2 working hours`.
pub fn limit(limit: Limit, locale: Locale) -> String {
    let (zh, en) = match limit.unit {
        LimitUnit::WorkingDays => ("工作日", "working day"),
        LimitUnit::WorkingHours => ("工作小时", "working hour"),
        LimitUnit::Hours => ("小时", "hour"),
        LimitUnit::Minutes => ("分钟", "minute"),
        LimitUnit::WorkingMinutes => ("工作分钟", "working minute"),
    };
    count(i64::from(limit.value), zh, en, locale)
}

/// One line of the arithmetic behind a deadline: `10 月 1 日（周四）国庆节放假，不计`.
pub fn explain_words(step: &ExplainStep, now: Instant, locale: Locale) -> String {
    let date = date(step.date, now, locale);
    let name = step.name.as_deref().unwrap_or_default();
    let text = match (step.kind, locale) {
        (StepKind::Start, Locale::Zh) => format!("{date}起算，当日不计"),
        (StepKind::Start, Locale::En) => format!("{date}: starts, not counted"),
        (StepKind::Work, Locale::Zh) => format!("{date}工作日，累计 {}", step.counted),
        (StepKind::Work, Locale::En) => format!("{date}: working day, {} so far", step.counted),
        (StepKind::Makeup, Locale::Zh) => format!("{date}{name}调休上班，累计 {}", step.counted),
        (StepKind::Makeup, Locale::En) => {
            format!("{date}: make-up working day, {} so far", step.counted)
        }
        (StepKind::Duty, Locale::Zh) => format!("{date}值班，累计 {}", step.counted),
        (StepKind::Duty, Locale::En) => format!("{date}: on duty, {} so far", step.counted),
        (StepKind::Weekend, Locale::Zh) => format!("{date}周末，不计"),
        (StepKind::Weekend, Locale::En) => format!("{date}: weekend, not counted"),
        (StepKind::Holiday, Locale::Zh) => format!("{date}{name}放假，不计"),
        (StepKind::Holiday, Locale::En) => format!("{date}: public holiday, not counted"),
        (StepKind::Extended, Locale::Zh) => format!("{date}批准延期 {} 个工作日", step.counted),
        (StepKind::Extended, Locale::En) => {
            let days = count(step.counted, "", "working day", locale);
            format!("{date}: extended by {days}")
        }
        (StepKind::Paused, Locale::Zh) => {
            format!(
                "{date}挂起期间不计，顺延{}",
                hours_and_minutes(step.counted, locale)
            )
        }
        (StepKind::Paused, Locale::En) => {
            let time = hours_and_minutes(step.counted, locale);
            format!("{date}: stood still, moved by {time}")
        }
        (StepKind::Promised, Locale::Zh) => format!("{date}向诉求人承诺的日期"),
        (StepKind::Promised, Locale::En) => format!("{date}: promised to the citizen"),
        (StepKind::End, Locale::Zh) => format!("{date}到期"),
        (StepKind::End, Locale::En) => format!("{date}: ends"),
    };
    match (step.provisional, locale) {
        (false, _) => text,
        (true, Locale::Zh) => format!("{text}（该年放假安排未公布，暂按周末计算）"),
        (true, Locale::En) => {
            format!("{text} (no holiday notice for this year yet; weekends only)")
        }
    }
}

/// `12 小时 30 分`.
pub fn hours_and_minutes(minutes: i64, locale: Locale) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    match locale {
        Locale::Zh if rest == 0 => format!(" {hours} 小时"),
        Locale::Zh => format!(" {hours} 小时 {rest} 分"),
        Locale::En if rest == 0 => format!("{hours} h"),
        Locale::En => format!("{hours} h {rest} min"),
    }
}

fn count(n: i64, zh: &str, en: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("{n} {zh}"),
        Locale::En if n == 1 => format!("1 {en}"),
        Locale::En => format!("{n} {en}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::WorkCalendar;

    fn at(text: &str) -> Instant {
        Instant::parse(&format!("{text}:00+08:00")).expect("a time")
    }

    #[test]
    fn what_is_left_says_that_it_is_working_time() {
        let calendar = WorkCalendar::shipped();
        let due = at("2026-11-24T17:30");
        let words = |now| {
            let left = calendar.remaining(at(now), due);
            (remaining(left, Locale::Zh), remaining(left, Locale::En))
        };
        assert_eq!(
            words("2026-11-20T10:00"),
            ("还剩 2 工作日".into(), "2 working days left".into())
        );
        assert_eq!(
            words("2026-11-24T15:30"),
            ("2 工作小时后到期".into(), "Due in 2 working hours".into())
        );
        assert_eq!(
            words("2026-11-24T17:20"),
            ("10 分钟后到期".into(), "Due in 10 minutes".into())
        );
        assert_eq!(
            words("2026-11-24T17:40"),
            ("超期 10 分钟".into(), "10 minutes overdue".into())
        );
        assert_eq!(
            words("2026-11-25T09:00"),
            ("超期 1 工作日".into(), "1 working day overdue".into())
        );
        let night = calendar.remaining(at("2026-11-21T20:00"), at("2026-11-21T23:10"));
        assert_eq!(remaining(night, Locale::Zh), "3 小时后到期");
    }

    #[test]
    fn a_clock_is_named_where_several_run() {
        for (words, zh) in [
            ("还剩 2 工作日", "签收还剩 2 工作日"),
            ("2 工作小时后到期", "签收 2 工作小时后到期"),
        ] {
            assert_eq!(of_clock("签收", words, Locale::Zh), zh);
        }
        assert_eq!(
            of_clock("Sign", "Due in 2 minutes", Locale::En),
            "Sign: due in 2 minutes"
        );
    }

    #[test]
    fn the_arithmetic_names_the_holiday() {
        let calendar = WorkCalendar::shipped();
        let five = Limit {
            value: 5,
            unit: LimitUnit::WorkingDays,
        };
        let now = at("2026-09-30T10:00");
        let lines: Vec<_> = calendar
            .explain(now, five)
            .iter()
            .map(|step| explain_words(step, now, Locale::Zh))
            .collect();
        assert_eq!(lines[0], "9 月 30 日（周三）起算，当日不计");
        assert_eq!(lines[1], "10 月 1 日（周四）国庆节放假，不计");
        assert_eq!(
            lines.last().map(String::as_str),
            Some("10 月 13 日（周二）工作日，累计 5")
        );
        assert_eq!(limit(five, Locale::En), "5 working days");
    }
}
