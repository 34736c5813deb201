//! Reports that make themselves: which one, how often, at which hour, and who is told.
//! Not here: making them (services).

use chrono::{Datelike as _, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::ReportName;
use crate::calendar::{Instant, day_start, days_after};

/// Most schedules of a person.
pub const MOST_SCHEDULES: usize = 20;
/// Most people who are told of one.
pub const MOST_RECEIVERS: usize = 20;
/// Milliseconds of an hour.
const HOUR: i64 = 3_600_000;
/// Within so many days each rhythm comes round.
const ROUND: u64 = 40;

codes! {
    /// How often a report makes itself.
    Rhythm {
        Daily = "D", "daily", "每天", "Every day";
        Weekly = "W", "weekly", "每周一", "Every Monday";
        Monthly = "M", "monthly", "每月1日", "On the first of a month";
    }
}

codes! {
    /// Whether it goes on.
    ScheduleState {
        Active = "A", "active", "进行中", "Goes on";
        Suspended = "S", "suspended", "已暂停", "Suspended";
    }
}

impl Rhythm {
    /// When its turn comes after an instant, at an hour of Beijing's time.
    #[must_use]
    pub fn next(self, after: Instant, hour: u32) -> Instant {
        let today = after.date();
        let at = |day: NaiveDate| Instant(day_start(day).0 + i64::from(hour) * HOUR);
        let mut days = (0..=ROUND).map(|days| days_after(today, days));
        let found = days.find(|day| self.is_on(*day) && at(*day) > after);
        at(found.unwrap_or(today))
    }

    fn is_on(self, day: NaiveDate) -> bool {
        match self {
            Self::Daily => true,
            Self::Weekly => day.weekday() == Weekday::Mon,
            Self::Monthly => day.day() == 1,
        }
    }
}

/// A schedule, as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AskSchedule {
    /// Which report; of its last whole time.
    pub name: ReportName,
    /// How often.
    pub rhythm: Rhythm,
    /// At which hour, 0 to 23.
    pub hour: u32,
    /// Division code.
    #[serde(default)]
    pub region: Option<String>,
    /// Sign-in names of those who are told.
    #[serde(default)]
    pub receivers: Vec<String>,
}

/// A schedule as it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScheduleView {
    /// Its id.
    pub id: String,
    /// Which report.
    pub name: ReportName,
    /// How often.
    pub rhythm: Rhythm,
    /// At which hour.
    pub hour: u32,
    /// Division code.
    pub region: Option<String>,
    /// Sign-in names of those who are told.
    pub receivers: Vec<String>,
    /// Whether it goes on.
    pub state: ScheduleState,
    /// When its turn comes.
    pub next_at: Instant,
    /// Number of the report that it made last.
    pub last: Option<String>,
    /// Why the last one failed, in the reader's language.
    pub trouble: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(rhythm: Rhythm, after: &str) -> String {
        let after = Instant::parse(after).expect("an instant");
        rhythm.next(after, 8).rfc3339()
    }

    #[test]
    fn the_turn_comes_after_the_present() {
        let before = "2026-02-28T07:59:00+08:00";
        assert_eq!(next(Rhythm::Daily, before), "2026-02-28T08:00:00+08:00");
        let at = "2026-02-28T08:00:00+08:00";
        assert_eq!(next(Rhythm::Daily, at), "2026-03-01T08:00:00+08:00");
        assert_eq!(next(Rhythm::Weekly, at), "2026-03-02T08:00:00+08:00");
        assert_eq!(next(Rhythm::Monthly, at), "2026-03-01T08:00:00+08:00");
        let first = "2026-03-01T09:00:00+08:00";
        assert_eq!(next(Rhythm::Monthly, first), "2026-04-01T08:00:00+08:00");
    }
}
