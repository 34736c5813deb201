//! Dates and times as other systems write them. All are read as +08:00 unless they carry an offset.
//! Not here: whether a date is plausible (`row`).
//! Day before month is never guessed: only year-first forms are read.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use shared::calendar::Instant;

const WITH_TIME: [&str; 6] = [
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%dT%H:%M",
    "%Y%m%d%H%M%S",
    "%Y%m%d %H:%M:%S",
];
const DAYS: [&str; 2] = ["%Y-%m-%d", "%Y%m%d"];

/// Reads a date or a time; `None` when it is neither.
pub(super) fn read(text: &str) -> Option<Instant> {
    let text = text.trim();
    if let Some(at) = Instant::parse(text) {
        return Some(at);
    }
    let plain: String = text
        .chars()
        .filter_map(|c| match c {
            '年' | '月' | '/' | '.' if !text.contains('T') => Some('-'),
            '日' => Some(' '),
            '时' | '点' | '：' => Some(':'),
            '分' => Some(':'),
            '秒' => None,
            _ => Some(c),
        })
        .collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = plain.trim_end_matches(':');
    let time = WITH_TIME
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(plain, form).ok());
    let day = || {
        DAYS.iter()
            .find_map(|form| NaiveDate::parse_from_str(plain, form).ok())
            .map(|day| day.and_time(NaiveTime::MIN))
    };
    let local = time.or_else(day)?;
    shared::calendar::bounded(local.date())?;
    Some(Instant::from_local(local))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn the_forms_that_files_have_are_read() {
        for (text, want) in [
            ("2020-01-06 12:09:38", "2020-01-06T12:09:38+08:00"),
            ("2020/1/6 9:05", "2020-01-06T09:05:00+08:00"),
            ("2021-05-11", "2021-05-11T00:00:00+08:00"),
            ("2021年5月11日", "2021-05-11T00:00:00+08:00"),
            ("2021年5月11日 14时05分", "2021-05-11T14:05:00+08:00"),
            ("2021.05.11", "2021-05-11T00:00:00+08:00"),
            ("20210511", "2021-05-11T00:00:00+08:00"),
            ("2021-05-11T06:00:00Z", "2021-05-11T14:00:00+08:00"),
        ] {
            assert_eq!(
                read(text)
                    .map(shared::calendar::Instant::rfc3339)
                    .as_deref(),
                Some(want),
                "{text}"
            );
        }
        for text in ["", "昨天", "2021-02-30", "11/05/2021", "1.5"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
