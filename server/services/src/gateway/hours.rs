//! When people are left alone: between two times of day in Beijing time, often across midnight.
//! Not here: what is urgent (whoever writes the notification).

use chrono::{Days, NaiveTime};
use shared::calendar::Instant;

/// From one time of day to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quiet {
    from: NaiveTime,
    to: NaiveTime,
}

impl Quiet {
    /// Reads `22:00-07:30`; `None` for anything else, and for two equal times.
    pub fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.split_once('-')?;
        let time = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
        let (from, to) = (time(from)?, time(to)?);
        (from != to).then_some(Self { from, to })
    }

    /// Until when an instant inside must wait; `None` outside.
    pub fn until(self, now: Instant) -> Option<Instant> {
        let local = now.local();
        let (day, time) = (local.date_naive(), local.time());
        let is_inside = if self.from < self.to {
            (self.from..self.to).contains(&time)
        } else {
            time >= self.from || time < self.to
        };
        if !is_inside {
            return None;
        }
        let end = if time < self.to {
            day
        } else {
            day.checked_add_days(Days::new(1))?
        };
        Some(Instant::from_local(end.and_time(self.to)))
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn at(day: u32, hour: u32, minute: u32) -> Instant {
        let date = NaiveDate::from_ymd_opt(2026, 3, day).expect("a day");
        Instant::from_local(date.and_hms_opt(hour, minute, 0).expect("a time"))
    }

    #[test]
    fn a_night_goes_across_midnight() {
        let night = Quiet::parse("22:00-07:30").expect("a night");
        assert_eq!(night.until(at(1, 21, 59)), None);
        assert_eq!(night.until(at(1, 22, 0)), Some(at(2, 7, 30)));
        assert_eq!(night.until(at(2, 0, 5)), Some(at(2, 7, 30)));
        assert_eq!(night.until(at(2, 7, 30)), None);
    }

    #[test]
    fn a_noon_does_not() {
        let noon = Quiet::parse("12:00-14:00").expect("a noon");
        assert_eq!(noon.until(at(1, 13, 0)), Some(at(1, 14, 0)));
        assert_eq!(noon.until(at(1, 15, 0)), None);
    }

    #[test]
    fn nonsense_is_none() {
        for text in ["", "22:00", "22:00-22:00", "25:00-07:00", "a-b"] {
            assert_eq!(Quiet::parse(text), None, "{text}");
        }
    }
}
