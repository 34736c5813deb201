//! Dates and times in words of both languages. All civil times are +08:00.
//! Not here: what is left of a deadline (`time`), counting working time (`calendar`).
//! Form: `domain.md` 11 and the design's "11 月 22 日（周日）14:05".

use chrono::{Datelike, NaiveDate, Timelike, Weekday};

use super::Locale;
use crate::calendar::Instant;

/// `10 月 13 日（周二）`, or `Tuesday 13 October`; with the year when it is not the year of `now`.
pub fn date(day: NaiveDate, now: Instant, locale: Locale) -> String {
    let with_year = day.year() != now.date().year();
    match locale {
        Locale::Zh => {
            let year = if with_year {
                format!("{} 年 ", day.year())
            } else {
                String::new()
            };
            format!(
                "{year}{} 月 {} 日（{}）",
                day.month(),
                day.day(),
                weekday_zh(day.weekday())
            )
        }
        Locale::En => {
            let year = if with_year {
                format!(" {}", day.year())
            } else {
                String::new()
            };
            format!(
                "{} {} {}{year}",
                weekday_en(day.weekday()),
                day.day(),
                month_en(day.month())
            )
        }
    }
}

/// Date and time; today and yesterday and tomorrow as words.
pub fn date_time(at: Instant, now: Instant, locale: Locale) -> String {
    let time = format!("{:02}:{:02}", at.local().hour(), at.local().minute());
    let days = at.date().signed_duration_since(now.date()).num_days();
    match (locale, days) {
        (Locale::Zh, 0) => format!("今天 {time}"),
        (Locale::Zh, -1) => format!("昨天 {time}"),
        (Locale::Zh, 1) => format!("明天 {time}"),
        (Locale::Zh, _) => format!("{}{time}", date(at.date(), now, locale)),
        (Locale::En, 0) => format!("today {time}"),
        (Locale::En, -1) => format!("yesterday {time}"),
        (Locale::En, 1) => format!("tomorrow {time}"),
        (Locale::En, _) => format!("{} {time}", date(at.date(), now, locale)),
    }
}

/// `10 月 13 日（周二）前答复`: until when an answer is due.
pub fn answer_by(due: Instant, now: Instant, locale: Locale) -> String {
    let day = date(due.date(), now, locale);
    match locale {
        Locale::Zh => format!("{day}前答复"),
        Locale::En => format!("Answer by {day}"),
    }
}

/// `2026 年 10 月`, or `October 2026`, for `2026-10`; the text itself when it is no month.
pub fn month(text: &str, locale: Locale) -> String {
    let parts = text
        .split_once('-')
        .and_then(|(year, month)| Some((year.parse::<i32>().ok()?, month.parse::<u32>().ok()?)));
    match (locale, parts) {
        (_, None) => text.to_owned(),
        (Locale::Zh, Some((year, month))) => format!("{year} 年 {month} 月"),
        (Locale::En, Some((year, month))) => format!("{} {year}", month_en(month)),
    }
}

/// `2026 年 12 月 1 日`, or `1 December 2026`, for `2026-12-01`; the text itself when it is no day.
pub fn day(text: &str, locale: Locale) -> String {
    let Ok(day) = text.parse::<NaiveDate>() else {
        return text.to_owned();
    };
    match locale {
        Locale::Zh => format!("{} 年 {}", day.year(), short(day, locale)),
        Locale::En => format!("{} {}", short(day, locale), day.year()),
    }
}

/// `2026 年 11 月 1 日至 11 月 30 日`, or `1 November to 30 November 2026`; a single day is said once.
pub fn days(from: &str, to: &str, locale: Locale) -> String {
    if from == to {
        return day(from, locale);
    }
    let of_one_year = match (from.parse::<NaiveDate>(), to.parse::<NaiveDate>()) {
        (Ok(from), Ok(to)) if from.year() == to.year() => Some((from, to)),
        _ => None,
    };
    match (locale, of_one_year) {
        (Locale::Zh, Some((_, last))) => {
            format!("{}至 {}", day(from, locale), short(last, locale))
        }
        (Locale::En, Some((first, _))) => {
            format!("{} to {}", short(first, locale), day(to, locale))
        }
        (Locale::Zh, None) => format!("{}至 {}", day(from, locale), day(to, locale)),
        (Locale::En, None) => format!("{} to {}", day(from, locale), day(to, locale)),
    }
}

/// The day without its year.
fn short(day: NaiveDate, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("{} 月 {} 日", day.month(), day.day()),
        Locale::En => format!("{} {}", day.day(), month_en(day.month())),
    }
}

const fn weekday_zh(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "周一",
        Weekday::Tue => "周二",
        Weekday::Wed => "周三",
        Weekday::Thu => "周四",
        Weekday::Fri => "周五",
        Weekday::Sat => "周六",
        Weekday::Sun => "周日",
    }
}

const fn weekday_en(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

const fn month_en(month: u32) -> &'static str {
    match month {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::parse(text).expect("a written-out instant")
    }

    #[test]
    fn days_near_now_are_words() {
        let now = at("2026-11-22T14:05:00+08:00");
        assert_eq!(
            date_time(at("2026-11-22T09:00:00+08:00"), now, Locale::Zh),
            "今天 09:00"
        );
        assert_eq!(
            date_time(at("2026-11-21T09:00:00+08:00"), now, Locale::En),
            "yesterday 09:00"
        );
        assert_eq!(
            date_time(at("2026-10-13T17:30:00+08:00"), now, Locale::Zh),
            "10 月 13 日（周二）17:30"
        );
        assert_eq!(
            date_time(at("2025-10-13T17:30:00+08:00"), now, Locale::En),
            "Monday 13 October 2025 17:30"
        );
    }

    #[test]
    fn days_of_a_period_are_words() {
        assert_eq!(
            days("2026-11-01", "2026-11-30", Locale::Zh),
            "2026 年 11 月 1 日至 11 月 30 日"
        );
        assert_eq!(
            days("2026-11-01", "2026-11-30", Locale::En),
            "1 November to 30 November 2026"
        );
        assert_eq!(
            days("2025-12-01", "2026-01-31", Locale::En),
            "1 December 2025 to 31 January 2026"
        );
        assert_eq!(
            days("2026-12-01", "2026-12-01", Locale::Zh),
            "2026 年 12 月 1 日"
        );
        assert_eq!(day("no day", Locale::Zh), "no day");
    }

    #[test]
    fn an_expected_answer_has_its_day() {
        let now = at("2026-10-01T14:05:00+08:00");
        assert_eq!(
            answer_by(at("2026-10-13T17:30:00+08:00"), now, Locale::Zh),
            "10 月 13 日（周二）前答复"
        );
        assert_eq!(month("2026-10", Locale::En), "October 2026");
    }
}
