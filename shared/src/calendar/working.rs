//! The working calendar: which days are worked, the n-th working day, working time between two instants.
//! Not here: deadlines of limits (`due`), the arithmetic shown to people (`explain`).
//! Years without a decree are counted by weekends only; the strict functions refuse them and name the year.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::clock_time::{DAY, MINUTE, at, millis_of_day};
use super::hours::Schedule;
use super::{DayKind, Instant, decrees};

/// First day of the dense table; days outside it are walked one by one.
const TABLE_FROM: (i32, u32, u32) = (2000, 1, 1);
/// Days in the dense table: fifty years.
const TABLE_DAYS: usize = 18_263;
/// Days beyond the table that are walked at most.
const FARTHEST: usize = 80_000;

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

/// The working calendar of somebody: the days of the decrees, and the hours in which he works. A copy shares both.
#[derive(Debug, Clone)]
pub struct WorkCalendar {
    days: Arc<DaysOff>,
    hours: Arc<Hours>,
}

/// What the decrees say, the same for everybody.
#[derive(Debug)]
struct DaysOff {
    kinds: BTreeMap<NaiveDate, DayKind>,
    names: BTreeMap<NaiveDate, String>,
    known_years: BTreeSet<i32>,
    table_from: NaiveDate,
    /// Working days before the i-th day of the table.
    before: Vec<u32>,
    /// What the i-th day is.
    table: Vec<DayKind>,
}

/// Who works when.
#[derive(Debug)]
struct Hours {
    schedule: Schedule,
    /// Minutes worked before the i-th day of the table; made when somebody asks.
    before: OnceLock<Vec<u32>>,
}

impl Hours {
    fn new(schedule: Schedule) -> Arc<Self> {
        let before = OnceLock::new();
        Arc::new(Self { schedule, before })
    }
}

impl DaysOff {
    fn kind(&self, date: NaiveDate) -> DayKind {
        match (self.kinds.get(&date), date.weekday()) {
            (Some(kind), _) if kind.is_working() => DayKind::Makeup,
            (Some(_), _) => DayKind::Holiday,
            (None, Weekday::Sat | Weekday::Sun) => DayKind::Rest,
            (None, _) => DayKind::Work,
        }
    }

    /// The place of a day in the table, if it is there; one behind its last day counts as well.
    fn place(&self, date: NaiveDate) -> Option<usize> {
        let days = date.signed_duration_since(self.table_from).num_days();
        usize::try_from(days)
            .ok()
            .filter(|index| *index <= TABLE_DAYS)
    }
}

impl WorkCalendar {
    /// Builds the calendar from the days that differ from the plain week, and the years for which a decree is known.
    pub fn new(
        periods: WorkPeriods,
        days: impl IntoIterator<Item = (NaiveDate, DayKind)>,
        known_years: impl IntoIterator<Item = i32>,
    ) -> Self {
        let (year, month, day) = TABLE_FROM;
        let mut days = DaysOff {
            kinds: days.into_iter().collect(),
            names: BTreeMap::new(),
            known_years: known_years.into_iter().collect(),
            table_from: NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default(),
            before: vec![0],
            table: Vec::with_capacity(TABLE_DAYS),
        };
        let mut count = 0;
        for day in days.table_from.iter_days().take(TABLE_DAYS) {
            let kind = days.kind(day);
            count += u32::from(kind.is_working());
            days.before.push(count);
            days.table.push(kind);
        }
        Self {
            days: Arc::new(days),
            hours: Hours::new(Schedule::plain(periods)),
        }
    }

    /// The calendar of the notices that come with the product.
    pub fn shipped() -> Self {
        Self::new(
            WorkPeriods::default(),
            decrees().map(|decree| (decree.date, decree.kind)),
            decrees().map(|decree| decree.year).collect::<BTreeSet<_>>(),
        )
        .named(decrees().map(|decree| (decree.date, decree.name.to_owned())))
    }

    /// Adds the names of holidays, shown when a deadline is explained.
    #[must_use]
    pub fn named(self, names: impl IntoIterator<Item = (NaiveDate, String)>) -> Self {
        let old = &self.days;
        let days = DaysOff {
            kinds: old.kinds.clone(),
            names: old.names.clone().into_iter().chain(names).collect(),
            known_years: old.known_years.clone(),
            table_from: old.table_from,
            before: old.before.clone(),
            table: old.table.clone(),
        };
        Self {
            days: Arc::new(days),
            hours: self.hours,
        }
    }

    /// The same days with other working periods.
    #[must_use]
    pub fn with_periods(self, periods: WorkPeriods) -> Self {
        self.with_schedule(Schedule::plain(periods))
    }

    /// The same days with other working hours.
    pub(super) fn with_schedule(&self, schedule: Schedule) -> Self {
        Self {
            days: Arc::clone(&self.days),
            hours: Hours::new(schedule),
        }
    }

    /// Whether a decree of the year is known.
    pub fn knows(&self, year: i32) -> bool {
        self.days.known_years.contains(&year)
    }

    /// The installation's periods of a working day.
    pub fn periods(&self) -> &WorkPeriods {
        &self.hours.schedule.usual
    }

    /// The periods in which this one works on a day; nothing on a day off.
    pub fn periods_of(&self, date: NaiveDate) -> Option<&WorkPeriods> {
        self.hours.schedule.of(date, self.kind(date))
    }

    /// Whether it is working time at an instant.
    pub fn is_open(&self, at: Instant) -> bool {
        let millis = millis_of_day(at);
        self.periods_of(at.date()).is_some_and(|periods| {
            let mut pairs = periods.pairs().iter();
            pairs.any(|(from, to)| {
                (i64::from(*from) * MINUTE..i64::from(*to) * MINUTE).contains(&millis)
            })
        })
    }

    /// The instant itself in working time, else the next opening; itself beyond the calendar's range.
    pub fn next_open(&self, at: Instant) -> Instant {
        if self.is_open(at) {
            return at;
        }
        // One millisecond of work later is one millisecond behind the opening.
        self.add_working(at, 1)
            .map_or(at, |first| Instant(first.0 - 1))
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

    /// The instant at which `millis` of working time have passed since `from`; nothing beyond the calendar's range.
    pub(super) fn add_working(&self, from: Instant, millis: i64) -> Option<Instant> {
        let date = from.date();
        let (done, today) = self.periods_of(date).map_or((0, 0), |periods| {
            let done = periods.worked_until(millis_of_day(from));
            (done, periods.minutes_per_day() * MINUTE - done)
        });
        if millis <= today {
            let periods = self.periods_of(date).filter(|_| today > 0);
            return Some(periods.map_or(from, |periods| {
                at(date, periods.after_working(done + millis)).max(from)
            }));
        }
        let mut rest = millis - today;
        let mut day = date.succ_opt()?;
        let table = self.minutes_before();
        if let Some(start) = self.days.place(day)
            && let Some(before) = table.get(start)
        {
            let target = i64::from(*before) * MINUTE + rest;
            // The first day at whose end so much has been worked.
            let ends = table.partition_point(|minutes| i64::from(*minutes) * MINUTE < target);
            let last = ends.max(start + 1) - 1;
            let passed = i64::from(*table.get(last.min(TABLE_DAYS))?) * MINUTE;
            rest = target - passed;
            day = self
                .days
                .table_from
                .checked_add_days(Days::new(last as u64))?;
        }
        for _ in 0..FARTHEST {
            if let Some(periods) = self.periods_of(day) {
                let length = periods.minutes_per_day() * MINUTE;
                if rest <= length {
                    return Some(at(day, periods.after_working(rest)));
                }
                rest -= length;
            }
            day = day.succ_opt()?;
        }
        None
    }

    /// When work ends on a day; midnight behind it on one that is not worked.
    pub fn close(&self, date: NaiveDate) -> Instant {
        at(date, self.periods_of(date).map_or(DAY, WorkPeriods::close))
    }

    /// What a day is, unknown years by weekends.
    pub(super) fn kind(&self, date: NaiveDate) -> DayKind {
        let known = self.days.place(date);
        known
            .and_then(|index| self.days.table.get(index).copied())
            .unwrap_or_else(|| self.days.kind(date))
    }

    /// Name of the holiday.
    pub(super) fn name(&self, date: NaiveDate) -> Option<&String> {
        self.days.names.get(&date)
    }

    fn minutes_before(&self) -> &[u32] {
        self.hours.before.get_or_init(|| {
            let mut count = 0;
            let mut table = vec![0];
            let days = self.days.table_from.iter_days().zip(&self.days.table);
            for (date, kind) in days {
                let periods = self.hours.schedule.of(date, *kind);
                let minutes = periods.map_or(0, WorkPeriods::minutes_per_day);
                count += u32::try_from(minutes).unwrap_or(0);
                table.push(count);
            }
            table
        })
    }

    /// Whether the day is a working day, unknown years by weekends.
    pub(super) fn works(&self, date: NaiveDate) -> bool {
        self.kind(date).is_working()
    }

    /// The n-th working day after `start`, unknown years by weekends; `None` beyond the calendar's range.
    pub(super) fn nth(&self, start: NaiveDate, n: u32) -> Option<NaiveDate> {
        if n == 0 {
            return Some(start);
        }
        if let Some(before) = self.count_before(start.succ_opt()) {
            let index = self
                .days
                .before
                .partition_point(|count| *count < before + n);
            if index <= TABLE_DAYS {
                return self
                    .days
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
            self.periods_of(date)
                .map_or(0, |periods| periods.worked_until(millis_of_day(at)))
        };
        let table = self.minutes_before();
        let before = |date| self.days.place(date).and_then(|index| table.get(index));
        let whole = match (before(first), before(last)) {
            (Some(first), Some(last)) => (i64::from(*last) - i64::from(*first)) * MINUTE,
            _ => first
                .iter_days()
                .take_while(|date| *date < last)
                .filter_map(|date| self.periods_of(date))
                .map(|periods| periods.minutes_per_day() * MINUTE)
                .sum(),
        };
        whole - part(first, a) + part(last, b)
    }

    fn count_before(&self, date: Option<NaiveDate>) -> Option<u32> {
        self.days
            .place(date?)
            .and_then(|index| self.days.before.get(index))
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
