//! ISO 8601 texts: points in time and durations.
//! A time without offset is meant in China's one time zone, a date is its first moment there.
//! Next: `due`.

use chrono::{DateTime, FixedOffset, Months, NaiveDate, NaiveDateTime, TimeZone};

/// Seconds that China's time is ahead of UTC, since 1991 without summer time.
const CHINA: i32 = 8 * 3600;

/// Milliseconds of UTC of a date, or a date and time with or without offset.
pub fn instant(text: &str) -> Option<i64> {
    let text = text.trim();
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.timestamp_millis());
    }
    let local = [
        "%Y-%m-%dT%H:%M:%S%.f",
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M:%S",
    ]
    .iter()
    .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
    .or_else(|| {
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
        date.and_hms_opt(0, 0, 0)
    })?;
    let at = china()?.from_local_datetime(&local).single()?;
    Some(at.timestamp_millis())
}

fn china() -> Option<FixedOffset> {
    FixedOffset::east_opt(CHINA)
}

/// A duration: months, whose length depends on the calendar, and milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    months: u32,
    millis: i64,
}

impl Span {
    /// Reads `P1Y2M3W4DT5H6M7S`; seconds may have decimals. `None` for anything else, also an empty or endless one.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.trim().strip_prefix('P')?;
        let (date, time) = match rest.split_once('T') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (rest, ""),
        };
        let mut span = Self {
            months: 0,
            millis: 0,
        };
        let mut any = false;
        for (part, in_time) in [(date, false), (time, true)] {
            let mut number = String::new();
            for c in part.chars() {
                if c.is_ascii_digit() || (c == '.' && in_time) {
                    number.push(c);
                } else {
                    span = span.plus(&number, c, in_time)?;
                    number.clear();
                    any = true;
                }
            }
            if !number.is_empty() {
                return None;
            }
        }
        any.then_some(span)
    }

    fn plus(self, number: &str, unit: char, in_time: bool) -> Option<Self> {
        let length = match (unit, in_time) {
            ('Y' | 'M', false) => {
                let months =
                    number
                        .parse::<u32>()
                        .ok()?
                        .checked_mul(if unit == 'Y' { 12 } else { 1 })?;
                return Some(Self {
                    months: self.months.checked_add(months)?,
                    ..self
                });
            }
            ('W', false) => 604_800_000,
            ('D', false) => 86_400_000,
            ('H', true) => 3_600_000,
            ('M', true) => 60_000,
            ('S', true) => 1_000,
            _ => return None,
        };
        let millis = match number.split_once('.') {
            None => number.parse::<i64>().ok()?.checked_mul(length)?,
            Some((whole, part)) if unit == 'S' && part.len() <= 3 && !part.is_empty() => {
                let part = format!("{part:0<3}").parse::<i64>().ok()?;
                whole
                    .parse::<i64>()
                    .ok()?
                    .checked_mul(length)?
                    .checked_add(part)?
            }
            Some(_) => return None,
        };
        Some(Self {
            millis: self.millis.checked_add(millis)?,
            ..self
        })
    }

    /// Milliseconds, if no month is in it.
    pub fn fixed(self) -> Option<i64> {
        (self.months == 0).then_some(self.millis)
    }

    /// The time so much later; the day of the month is kept where the month has it.
    pub fn after(self, from: i64) -> Option<i64> {
        let at = china()?.timestamp_millis_opt(from).single()?;
        let at = at.checked_add_months(Months::new(self.months))?;
        at.timestamp_millis().checked_add(self.millis)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_or_refused() {
        let hours = |h: i64| Some(h * 3_600_000);
        assert_eq!(Span::parse("P1DT2H").and_then(Span::fixed), hours(26));
        assert_eq!(Span::parse(" PT0.25S ").and_then(Span::fixed), Some(250));
        assert_eq!(Span::parse("P2W").and_then(Span::fixed), hours(336));
        assert_eq!(Span::parse("P1M").and_then(Span::fixed), None);
        for bad in [
            "",
            "P",
            "PT",
            "P1",
            "1D",
            "P1H",
            "PT1D",
            "P-1D",
            "P1.5D",
            "PT99999999999999999H",
        ] {
            assert_eq!(Span::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn months_keep_their_day_where_there_is_one() {
        let at = |text| instant(text).expect(text);
        let month = Span::parse("P1M").expect("reads");
        assert_eq!(month.after(at("2026-01-31")), Some(at("2026-02-28")));
        assert_eq!(
            month.after(at("2026-11-26T09:30")),
            Some(at("2026-12-26T09:30:00+08:00"))
        );
        let far = Span::parse("P9999999Y").expect("reads");
        assert_eq!(far.after(at("2026-01-01")), None, "no year like that");
    }

    #[test]
    fn times_without_offset_are_chinas() {
        assert_eq!(instant("2026-05-01"), instant("2026-04-30T16:00:00Z"));
        assert_eq!(
            instant("2026-05-01 08:00:00"),
            instant("2026-05-01T00:00:00Z")
        );
        assert_eq!(instant("tomorrow"), None);
    }
}
