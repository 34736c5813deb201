//! Dates and times as people and other systems write them: with strokes, dots or 年月日, twelve hours, serial numbers of
//! spreadsheets, stamps of Java and Oracle. All are +08:00 unless they carry an offset.
//! Not here: whether a moment is plausible. What can be read in two ways is never guessed: the reason says what is missing.

mod scan;

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

use self::scan::Scan;
use super::{code, line};
use crate::calendar::{Instant, bounded};

/// A moment that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// When; the day's begin without a time.
    pub at: Instant,
    /// Only a day was given.
    pub day_only: bool,
}

/// Why a text is no moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongMoment {
    /// Nothing of a date in it.
    Unreadable,
    /// The year has two digits, or it may stand at either end.
    ShortYear,
    /// Day and month stand before the year: which is which?
    DayOrMonth,
    /// Year and month without a day.
    NoDay,
    /// No such day or time, such as 30 February.
    NoSuchDay,
}

/// Serial numbers of spreadsheets that are taken: 1954 to 2118.
const SERIALS: std::ops::RangeInclusive<i64> = 20_000..=80_000;

/// Reads a date or a time.
///
/// # Errors
/// Why it is none.
pub fn read(text: &str) -> Result<Moment, WrongMoment> {
    let text = line(text);
    let text = text.trim_matches(['\'', '"', '[', ']', ' ']);
    if let Some(at) = Instant::parse(text) {
        return Ok(moment(at));
    }
    let folded: String = code_with_blanks(text);
    if let Some(found) = digits_only(&folded) {
        return found;
    }
    if let Some(found) = serial(&folded) {
        return Ok(found);
    }
    Scan::new(&folded).read()
}

/// Reads a day without a time.
///
/// # Errors
/// As `read`; a time of day that is not midnight makes it `Unreadable`.
pub fn day(text: &str) -> Result<NaiveDate, WrongMoment> {
    let found = read(text)?;
    let local = found.at.local();
    if found.day_only || local.time() == NaiveTime::MIN {
        Ok(local.date_naive())
    } else {
        Err(WrongMoment::Unreadable)
    }
}

fn moment(at: Instant) -> Moment {
    Moment {
        at,
        day_only: false,
    }
}

fn whole_day(day: NaiveDate) -> Moment {
    Moment {
        at: Instant::from_local(day.and_time(NaiveTime::MIN)),
        day_only: true,
    }
}

/// Narrow and in small letters, blanks kept as one, every dash a hyphen.
fn code_with_blanks(text: &str) -> String {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| code(word).to_lowercase())
        .collect();
    words.join(" ")
}

/// Stamps without any sign: `20260102`, `20260102090500`, and milliseconds or seconds since 1970.
fn digits_only(text: &str) -> Option<Result<Moment, WrongMoment>> {
    if !text.bytes().all(|b| b.is_ascii_digit()) || text.is_empty() {
        return None;
    }
    let number: i64 = text.parse().ok()?;
    let form = match text.len() {
        8 => {
            let day = NaiveDate::parse_from_str(text, "%Y%m%d").ok();
            return Some(
                day.filter(|day| known_year(*day))
                    .map(whole_day)
                    .ok_or(WrongMoment::NoSuchDay),
            );
        }
        6 => return Some(Err(WrongMoment::NoDay)),
        10 => "%Y%m%d%H%M%S",
        12 => "%Y%m%d%H%M%S",
        14 => "%Y%m%d%H%M%S",
        17 => "%Y%m%d%H%M%S%3f",
        13 => {
            return Some(
                (0..=4_133_865_600_000)
                    .contains(&number)
                    .then_some(moment(Instant(number)))
                    .ok_or(WrongMoment::NoSuchDay),
            );
        }
        _ => return None,
    };
    let padded = format!("{text:0<14}");
    let stamp = NaiveDateTime::parse_from_str(&padded, form)
        .ok()
        .filter(|stamp| known_year(stamp.date()));
    Some(match stamp {
        Some(stamp) => Ok(moment(Instant::from_local(stamp))),
        None if text.len() == 10 => Ok(moment(Instant(number * 1_000))),
        None => Err(WrongMoment::NoSuchDay),
    })
}

fn known_year(day: NaiveDate) -> bool {
    bounded(day).is_some()
}

/// The number under which a spreadsheet keeps a date: days since 30 December 1899 in local time, rounded to seconds.
fn serial(text: &str) -> Option<Moment> {
    let (days, part) = text.split_once('.').unwrap_or((text, ""));
    if days.len() != 5 || !part.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let whole: i64 = days.parse().ok().filter(|days| SERIALS.contains(days))?;
    let fraction: f64 = format!("0.{part}0").parse().ok()?;
    let epoch = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    let day = epoch.checked_add_days(Days::new(u64::try_from(whole).ok()?))?;
    let start = whole_day(day);
    if part.is_empty() {
        return Some(start);
    }
    let seconds = (fraction * 86_400.0).round() as i64;
    Some(moment(Instant(start.at.0 + seconds * 1_000)))
}

#[cfg(test)]
mod tests;
