//! The working calendar: which days are worked, the n-th working day, working time between two instants.
//! Not here: deadlines of limits (`due`), the arithmetic shown to people (`explain`).
//! Years without a decree are counted by weekends only; the strict functions refuse them and name the year.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::clock_time::{DAY, MINUTE, at, millis_of_day};
use super::{DayKind, Instant, decrees};

/// First day of the dense table; days outside it are walked one by one.
const TABLE_FROM: (i32, u32, u32) = (2000, 1, 1);
/// Days in the dense table: fifty years.
const TABLE_DAYS: usize = 18_263;

/// Why a strict question has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// No decree of this year has been entered.
    #[error("no holiday notice of the year {0} has been entered")]
    MissingYear(i32),
    /// The date lies outside what the calendar can count.
    #[error("the date is out of range")]
    OutOfRange,
}

/// Periods of the working day in minutes since midnight, in order and without overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkPeriods(Vec<(u32, u32)>);

impl Default for WorkPeriods {
    /// 09:00–12:00 and 13:30–17:30 (`domain.md` 3.4).
    fn default() -> Self {
        Self(vec![(9 * 60, 12 * 60), (13 * 60 + 30, 17 * 60 + 30)])
    }
}

impl WorkPeriods {
    /// Sorts the periods; `None` when there is none, one is empty, ends after midnight or overlaps another.
    pub fn new(mut periods: Vec<(u32, u32)>) -> Option<Self> {
        periods.sort_unstable();
        let sound = periods.iter().all(|(from, to)| from < to && *to <= 24 * 60)
            && periods.windows(2).all(|w| w[0].1 <= w[1].0);
        (sound && !periods.is_empty()).then_some(Self(periods))
    }

    /// The periods.
    pub fn pairs(&self) -> &[(u32, u32)] {
        &self.0
    }

    /// Minutes worked on a working day.
    pub fn minutes_per_day(&self) -> i64 {
        self.0.iter().map(|(from, to)| i64::from(to - from)).sum()
    }

    /// Milliseconds since midnight at which work ends.
    pub(super) fn close(&self) -> i64 {
        self.0.last().map_or(0, |(_, to)| i64::from(*to) * MINUTE)
    }

    /// Worked milliseconds from midnight to `millis` of a working day.
    fn worked_until(&self, millis: i64) -> i64 {
        self.0
            .iter()
            .map(|(from, to)| {
                (millis - i64::from(*from) * MINUTE).clamp(0, i64::from(to - from) * MINUTE)
            })
            .sum()
    }

    /// Milliseconds since midnight at which `worked` milliseconds have been worked.
    fn after_working(&self, mut worked: i64) -> i64 {
        for (from, to) in &self.0 {
            let length = i64::from(to - from) * MINUTE;
            if worked <= length {
                return i64::from(*from) * MINUTE + worked;
            }
            worked -= length;
        }
        self.close()
    }
}

/// The working calendar of one area.
#[derive(Debug, Clone)]
pub struct WorkCalendar {
    pub(super) periods: WorkPeriods,
    pub(super) days: BTreeMap<NaiveDate, DayKind>,
    pub(super) names: BTreeMap<NaiveDate, String>,
    known_years: BTreeSet<i32>,
    table_from: NaiveDate,
    /// Working days before the i-th day of the table.
    before: Vec<u32>,
}

impl WorkCalendar {
    /// Builds the calendar from the days that differ from the plain week, and the years for which a decree is known.
    pub fn new(
        periods: WorkPeriods,
        days: impl IntoIterator<Item = (NaiveDate, DayKind)>,
        known_years: impl IntoIterator<Item = i32>,
    ) -> Self {
        let (year, month, day) = TABLE_FROM;
        let mut calendar = Self {
            periods,
            days: days.into_iter().collect(),
            names: BTreeMap::new(),
            known_years: known_years.into_iter().collect(),
            table_from: NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default(),
            before: Vec::with_capacity(TABLE_DAYS + 1),
        };
        let mut count = 0;
        let mut table = vec![0];
        for day in calendar.table_from.iter_days().take(TABLE_DAYS) {
            count += u32::from(calendar.works(day));
            table.push(count);
        }
        calendar.before = table;
        calendar
    }

    /// The calendar of the notices that come with the product.
    pub fn shipped() -> Self {
        let mut calendar = Self::new(
            WorkPeriods::default(),
            decrees().map(|decree| (decree.date, decree.kind)),
            decrees().map(|decree| decree.year).collect::<BTreeSet<_>>(),
        );
        calendar.names = decrees()
            .map(|decree| (decree.date, decree.name.to_owned()))
            .collect();
        calendar
    }

    /// Adds the names of holidays, shown when a deadline is explained.
    #[must_use]
    pub fn named(mut self, names: impl IntoIterator<Item = (NaiveDate, String)>) -> Self {
        self.names.extend(names);
        self
    }

    /// The same days with other working periods.
    #[must_use]
    pub fn with_periods(self, periods: WorkPeriods) -> Self {
        Self { periods, ..self }
    }

    /// Whether a decree of the year is known.
    pub fn knows(&self, year: i32) -> bool {
        self.known_years.contains(&year)
    }

    /// The periods of the working day.
    pub fn periods(&self) -> &WorkPeriods {
        &self.periods
    }

    /// Whether the day is worked.
    ///
    /// # Errors
    /// `MissingYear` when no decree of the year is known.
    pub fn is_working_day(&self, date: NaiveDate) -> Result<bool, CalendarError> {
        if self.knows(date.year()) {
            Ok(self.works(date))
        } else {
            Err(CalendarError::MissingYear(date.year()))
        }
    }

    /// The n-th working day after `start`, which itself does not count; `start` for n = 0.
    ///
    /// # Errors
    /// `MissingYear` with the first year between the two days of which no decree is known.
    pub fn nth_working_day(&self, start: NaiveDate, n: u32) -> Result<NaiveDate, CalendarError> {
        let end = self.nth(start, n).ok_or(CalendarError::OutOfRange)?;
        self.first_unknown(start, end)
            .map_or(Ok(end), |year| Err(CalendarError::MissingYear(year)))
    }

    /// Working minutes from `a` to `b`, negative when `b` is earlier; unknown years by weekends.
    pub fn working_minutes_between(&self, a: Instant, b: Instant) -> i64 {
        if b < a {
            -(self.worked(b, a) / MINUTE)
        } else {
            self.worked(a, b) / MINUTE
        }
    }

    /// Working days after the day of `a` up to and including the day of `b`, negative when `b` is earlier.
    pub fn working_days_between(&self, a: NaiveDate, b: NaiveDate) -> i64 {
        match (
            self.count_before(a.succ_opt()),
            self.count_before(b.succ_opt()),
        ) {
            (Some(a), Some(b)) => i64::from(b) - i64::from(a),
            _ if a <= b => self.walk(a, b),
            _ => -self.walk(b, a),
        }
    }

    /// The instant at which so many working minutes have passed since `from`; `from` itself beyond the calendar's range.
    pub fn after_working_minutes(&self, from: Instant, minutes: i64) -> Instant {
        self.add_working(from, minutes.max(0) * MINUTE)
            .unwrap_or(from)
    }

    /// The instant at which `millis` of working time have passed since `from`.
    pub(super) fn add_working(&self, from: Instant, millis: i64) -> Option<Instant> {
        let date = from.date();
        let per_day = self.periods.minutes_per_day() * MINUTE;
        let today = if self.works(date) {
            per_day - self.periods.worked_until(millis_of_day(from))
        } else {
            0
        };
        if millis <= today {
            let done = if today == 0 {
                return Some(from);
            } else {
                per_day - today
            };
            return Some(at(date, self.periods.after_working(done + millis)).max(from));
        }
        let rest = millis - today;
        let days = (rest + per_day - 1) / per_day;
        let last = self.nth(date, u32::try_from(days).ok()?)?;
        Some(at(
            last,
            self.periods.after_working(rest - (days - 1) * per_day),
        ))
    }

    /// Whether the day is worked, unknown years by weekends.
    pub(super) fn works(&self, date: NaiveDate) -> bool {
        self.days.get(&date).map_or(
            !matches!(date.weekday(), Weekday::Sat | Weekday::Sun),
            |kind| kind.is_working(),
        )
    }

    /// The n-th working day after `start`, unknown years by weekends; `None` beyond the calendar's range.
    pub(super) fn nth(&self, start: NaiveDate, n: u32) -> Option<NaiveDate> {
        if n == 0 {
            return Some(start);
        }
        if let Some(before) = self.count_before(start.succ_opt()) {
            let index = self.before.partition_point(|count| *count < before + n);
            if index <= TABLE_DAYS {
                return self
                    .table_from
                    .checked_add_days(Days::new(index as u64 - 1));
            }
        }
        let mut left = n;
        let mut day = start;
        while left > 0 {
            day = day.succ_opt()?;
            left -= u32::from(self.works(day));
        }
        Some(day)
    }

    /// The first year from `start` to `end` without a decree.
    pub(super) fn first_unknown(&self, start: NaiveDate, end: NaiveDate) -> Option<i32> {
        (start.year()..=end.year()).find(|year| !self.knows(*year))
    }

    fn worked(&self, a: Instant, b: Instant) -> i64 {
        let (first, last) = (a.date(), b.date());
        let part = |date, at| {
            if self.works(date) {
                self.periods.worked_until(millis_of_day(at))
            } else {
                0
            }
        };
        let per_day = self.periods.minutes_per_day() * MINUTE;
        let whole = self.working_days_between(first, last) - i64::from(self.works(last))
            + i64::from(self.works(first));
        whole * per_day - part(first, a) + part(last, b)
    }

    fn count_before(&self, date: Option<NaiveDate>) -> Option<u32> {
        let days = date?.signed_duration_since(self.table_from).num_days();
        usize::try_from(days)
            .ok()
            .and_then(|index| self.before.get(index))
            .copied()
    }

    fn walk(&self, a: NaiveDate, b: NaiveDate) -> i64 {
        a.iter_days()
            .skip(1)
            .take_while(|day| *day <= b)
            .filter(|day| self.works(*day))
            .count() as i64
    }
}

const _: () = assert!(DAY == 86_400_000);
