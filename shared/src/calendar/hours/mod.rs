//! Working hours (作息): which periods of which day, for whom. The nearest that says something about a day holds for it: the unit, the units
//! above it below the next centre, areas from the street to the province, the whole installation. What is said about a post (岗位) there, its shifts
//! (班次), goes before all of that for the clocks of its tasks.
//! Not here: counting with them (`working`), the rows as an office fills them (`register`).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate, Weekday};

use super::{DayKind, WorkCalendar, WorkPeriods};
use crate::access::Role;
use crate::organisation::Unit;
use crate::place;

codes! {
    /// The days that a row of working hours is about.
    HourDay {
        Work = "work", "work", "工作日", "Working days";
        Mon = "mon", "mon", "周一", "Mondays";
        Tue = "tue", "tue", "周二", "Tuesdays";
        Wed = "wed", "wed", "周三", "Wednesdays";
        Thu = "thu", "thu", "周四", "Thursdays";
        Fri = "fri", "fri", "周五", "Fridays";
        Sat = "sat", "sat", "周六", "Saturdays";
        Sun = "sun", "sun", "周日", "Sundays";
        Every = "every", "every", "每天（含节假日）", "Every day, holidays too";
    }
}

impl HourDay {
    const fn weekday(self) -> Option<Weekday> {
        Some(match self {
            Self::Mon => Weekday::Mon,
            Self::Tue => Weekday::Tue,
            Self::Wed => Weekday::Wed,
            Self::Thu => Weekday::Thu,
            Self::Fri => Weekday::Fri,
            Self::Sat => Weekday::Sat,
            Self::Sun => Weekday::Sun,
            Self::Work | Self::Every => return None,
        })
    }

    /// How closely it names a day; 0 where it does not. Who has hours for Saturdays works those of working days on one that a notice makes a
    /// working day, and nobody but who works every day works on a holiday.
    fn names(self, weekday: Weekday, kind: DayKind) -> u8 {
        let is_its = self.weekday() == Some(weekday);
        match (self, kind) {
            (Self::Every, _) => 1,
            (_, DayKind::Holiday) => 0,
            (Self::Work, DayKind::Work) => 2,
            (Self::Work, DayKind::Makeup) => 4,
            (Self::Work, DayKind::Rest) => 0,
            _ if is_its => 3,
            _ => 0,
        }
    }
}

/// A part of each year from a day to a day, both counted; it may go across the new year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Season {
    from: (u32, u32),
    to: (u32, u32),
}

impl Season {
    /// Reads `05-01` and `09-30`.
    pub fn parse(from: &str, to: &str) -> Option<Self> {
        Some(Self {
            from: month_day(from)?,
            to: month_day(to)?,
        })
    }

    /// Its first and its last day as they are written.
    pub fn texts(self) -> (String, String) {
        let text = |(month, day): (u32, u32)| format!("{month:02}-{day:02}");
        (text(self.from), text(self.to))
    }

    /// Whether a day lies in it.
    pub fn holds(self, date: NaiveDate) -> bool {
        let day = (date.month(), date.day());
        if self.from <= self.to {
            (self.from..=self.to).contains(&day)
        } else {
            day >= self.from || day <= self.to
        }
    }

    /// Whether a day lies in both.
    pub fn meets(self, other: Self) -> bool {
        let both = |(month, day)| {
            let date = NaiveDate::from_ymd_opt(2024, month, day);
            date.is_some_and(|date| self.holds(date) && other.holds(date))
        };
        [self.from, self.to, other.from, other.to]
            .into_iter()
            .any(both)
    }
}

fn month_day(text: &str) -> Option<(u32, u32)> {
    let (month, day) = text.split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    NaiveDate::from_ymd_opt(2024, month, day).map(|_| (month, day))
}

/// One period of days, of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HourRule {
    /// The post of whoever it is about: one of its shifts. Everybody's without one.
    pub post: Option<Role>,
    /// Division of whoever it is about; with neither this nor a unit, everybody.
    pub region: Option<String>,
    /// Code of the unit that it is about.
    pub unit: Option<String>,
    /// Which days.
    pub day: HourDay,
    /// In which part of the year; all of it without one.
    pub season: Option<Season>,
    /// Minutes since midnight.
    pub from: u32,
    /// Minutes since midnight, up to 24:00.
    pub to: u32,
}

/// The periods of some days.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Hours {
    day: HourDay,
    season: Option<Season>,
    periods: WorkPeriods,
}

/// What one scope says.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Layer(Vec<Hours>);

impl Layer {
    /// The days of a week are closer than working days, and those than every day; of two, the one of a season.
    fn of(&self, date: NaiveDate, kind: DayKind) -> Option<&WorkPeriods> {
        let weekday = date.weekday();
        let fitting = self.0.iter().filter_map(|hours| {
            let close = hours.day.names(weekday, kind);
            let in_season = hours.season.is_none_or(|season| season.holds(date));
            (close > 0 && in_season).then_some(((close, hours.season.is_some()), &hours.periods))
        });
        let nearest = fitting.max_by_key(|(rank, _)| *rank);
        nearest.map(|(_, periods)| periods)
    }
}

/// Whose hours they are: layers from the nearest to the farthest, and the installation's own below them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Schedule {
    layers: Vec<Layer>,
    /// Of working days of which no layer says anything.
    pub(super) usual: WorkPeriods,
}

impl Schedule {
    pub(super) fn plain(usual: WorkPeriods) -> Self {
        Self {
            layers: Vec::new(),
            usual,
        }
    }

    /// The periods of a day; nothing for one on which nobody works.
    pub(super) fn of(&self, date: NaiveDate, kind: DayKind) -> Option<&WorkPeriods> {
        let said = self.layers.iter().find_map(|layer| layer.of(date, kind));
        said.or_else(|| kind.is_working().then_some(&self.usual))
    }
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Scope {
    Unit(String),
    /// What the codes of its divisions begin with; nothing for the installation.
    Area(String),
}

/// The calendars of everybody: one decree, and the hours of each unit, area and centre.
#[derive(Debug, Clone)]
pub struct Calendars {
    base: WorkCalendar,
    units: BTreeMap<String, WorkCalendar>,
    /// Centres by what the codes of their area begin with, the smallest area first.
    centres: Vec<(String, WorkCalendar)>,
    /// Posts of which a row says something, where it is other than the unit's own.
    posts: BTreeMap<Role, OfPost>,
}

/// The hours of a post, where rows say something about it.
#[derive(Debug, Clone, Default)]
struct OfPost {
    units: BTreeMap<String, WorkCalendar>,
    /// Of centres, as theirs.
    centres: Vec<(String, WorkCalendar)>,
}

impl Calendars {
    /// Of the installation's calendar, the rows about areas and units, and all units. Rows that overlap leave their days to the next scope.
    pub fn new<'u>(
        base: WorkCalendar,
        rules: &[HourRule],
        units: impl IntoIterator<Item = &'u Unit>,
    ) -> Self {
        let own = layers(rules.iter().filter(|rule| rule.post.is_none()));
        let posts: BTreeSet<Role> = rules.iter().filter_map(|rule| rule.post).collect();
        let mut all = Self {
            base,
            units: BTreeMap::new(),
            centres: Vec::new(),
            posts: BTreeMap::new(),
        };
        if own.is_empty() && posts.is_empty() {
            return all;
        }
        let units: BTreeMap<&str, &Unit> = units
            .into_iter()
            .map(|unit| (unit.code.as_str(), unit))
            .collect();
        // Who has the same hours shares one table of them.
        let mut made: BTreeMap<Vec<Scope>, WorkCalendar> = BTreeMap::new();
        for (code, unit) in &units {
            let scopes = scopes(unit, &units, &own);
            let calendar = made.entry(scopes).or_insert_with_key(|scopes| {
                let layers = scopes.iter().filter_map(|scope| own.get(scope)).cloned();
                all.base.with_layers(layers.collect())
            });
            if unit.level.is_centre() && unit.active {
                let area = place::prefix(&unit.region).to_owned();
                all.centres.push((area, calendar.clone()));
            }
            all.units.insert((*code).to_owned(), calendar.clone());
        }
        all.centres
            .sort_by_key(|(area, _)| std::cmp::Reverse(area.len()));
        for post in posts {
            let layers = layers(rules.iter().filter(|rule| rule.post == Some(post)));
            let of_post = OfPost::new(&all.base, (&layers, &own), &units);
            all.posts.insert(post, of_post);
        }
        all
    }

    /// That of the installation: what no unit and no area has.
    pub const fn base(&self) -> &WorkCalendar {
        &self.base
    }

    /// That of a unit: the clocks of what it has to do run in it.
    pub fn of_unit(&self, code: &str) -> &WorkCalendar {
        self.units.get(code).unwrap_or(&self.base)
    }

    /// That of the centre which is responsible for a place: the clock of a ticket from there runs in it.
    pub fn of_place(&self, region: &str) -> &WorkCalendar {
        let mut centres = self.centres.iter();
        let near = centres.find(|(area, _)| region.starts_with(area.as_str()));
        near.map_or(&self.base, |(_, calendar)| calendar)
    }

    /// That of a task which is a post's: in the unit that has to do it, or in the ticket's centre. Where nothing is said about the post, as without one.
    pub fn of_post(&self, post: Option<Role>, unit: Option<&str>, region: &str) -> &WorkCalendar {
        let said = post.and_then(|post| self.posts.get(&post));
        let said = said.and_then(|post| {
            if let Some(unit) = unit {
                return post.units.get(unit);
            }
            let mut centres = post.centres.iter();
            let near = centres.find(|(area, _)| region.starts_with(area.as_str()));
            near.map(|(_, calendar)| calendar)
        });
        said.unwrap_or_else(|| self.of_clock(unit, region))
    }

    /// That of a clock: of the assignment's unit where it is one's, or of the ticket's centre.
    pub fn of_clock(&self, unit: Option<&str>, region: &str) -> &WorkCalendar {
        unit.map_or_else(|| self.of_place(region), |unit| self.of_unit(unit))
    }
}

impl OfPost {
    /// Of the rows about it and those about everybody, which stand behind them; where no row about the post says anything, it is the unit's own.
    fn new(
        base: &WorkCalendar,
        (of_post, own): (&BTreeMap<Scope, Layer>, &BTreeMap<Scope, Layer>),
        units: &BTreeMap<&str, &Unit>,
    ) -> Self {
        let mut all = Self::default();
        let mut made: BTreeMap<(Vec<Scope>, Vec<Scope>), WorkCalendar> = BTreeMap::new();
        for (code, unit) in units {
            let near = scopes(unit, units, of_post);
            let behind = scopes(unit, units, own);
            let calendar = made
                .entry((near, behind))
                .or_insert_with_key(|(near, behind)| {
                    let near = near.iter().filter_map(|scope| of_post.get(scope));
                    let behind = behind.iter().filter_map(|scope| own.get(scope));
                    base.with_layers(near.chain(behind).cloned().collect())
                });
            if unit.level.is_centre() && unit.active {
                let area = place::prefix(&unit.region).to_owned();
                all.centres.push((area, calendar.clone()));
            }
            all.units.insert((*code).to_owned(), calendar.clone());
        }
        all.centres
            .sort_by_key(|(area, _)| std::cmp::Reverse(area.len()));
        all
    }
}

impl WorkCalendar {
    fn with_layers(&self, layers: Vec<Layer>) -> Self {
        self.with_schedule(Schedule {
            layers,
            usual: self.periods().clone(),
        })
    }
}

/// The days of a scope for which periods are given.
type OfDays = (Scope, HourDay, Option<Season>);

fn layers<'r>(rules: impl Iterator<Item = &'r HourRule>) -> BTreeMap<Scope, Layer> {
    let mut pairs: BTreeMap<OfDays, Vec<(u32, u32)>> = BTreeMap::new();
    for rule in rules {
        let scope = match (&rule.unit, &rule.region) {
            (Some(unit), _) => Scope::Unit(unit.clone()),
            (None, Some(region)) => Scope::Area(place::prefix(region).to_owned()),
            (None, None) => Scope::Area(String::new()),
        };
        let key = (scope, rule.day, rule.season);
        pairs.entry(key).or_default().push((rule.from, rule.to));
    }
    let mut layers: BTreeMap<Scope, Layer> = BTreeMap::new();
    for ((scope, day, season), pairs) in pairs {
        if let Some(periods) = WorkPeriods::new(pairs) {
            let hours = Hours {
                day,
                season,
                periods,
            };
            let layer = layers.entry(scope).or_insert_with(|| Layer(Vec::new()));
            layer.0.push(hours);
        }
    }
    layers
}

/// The scopes of a unit that say something, the nearest first. A centre's hours are those of its desk and not of the units below it.
fn scopes(
    unit: &Unit,
    units: &BTreeMap<&str, &Unit>,
    layers: &BTreeMap<Scope, Layer>,
) -> Vec<Scope> {
    let mut all = vec![Scope::Unit(unit.code.clone())];
    let above = unit.path.split('/').rev().filter(|code| !code.is_empty());
    let is_centre = |code: &&str| units.get(code).is_none_or(|unit| unit.level.is_centre());
    let below_centres = above
        .skip_while(|code| *code == unit.code)
        .take_while(|code| !is_centre(code));
    all.extend(below_centres.map(|code| Scope::Unit(code.to_owned())));
    let region = place::prefix(&unit.region);
    for length in (0..=region.len()).rev() {
        if let Some(area) = region.get(..length) {
            all.push(Scope::Area(area.to_owned()));
        }
    }
    all.retain(|scope| layers.contains_key(scope));
    all
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
