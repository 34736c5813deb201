//! The escalation ladder (督办阶梯): what a running clock passes on its way to its deadline and beyond it, when, and what comes next.
//! Rungs are rows of a list (`register::lists::ladder`); what is computed here follows from them, the clock and the calendar alone.
//! Not here: which row counts at a place (`register::Held`), keeping what was reached (`store::tickets::ladder`), telling people (services).
//! Rules: `domain.md` 3.4, "Escalation ladder".

mod alarm;

pub use alarm::{Alarm, AlarmCount, AlarmPage, AlarmRow};

use crate::application::DirectiveLevel;
use crate::calendar::{Instant, WorkCalendar};
use crate::ticket::LimitUnit;

codes! {
    /// What a rung looks like (灯色).
    Colour {
        Blue = "blue", "blue", "蓝", "Blue";
        Yellow = "yellow", "yellow", "黄", "Yellow";
        Orange = "orange", "orange", "橙", "Orange";
        Red = "red", "red", "红", "Red";
    }
}

codes! {
    /// When a rung is reached.
    Trigger {
        Percent = "percent", "percent", "已用时限的百分比", "Percent of the limit used";
        HoursLeft = "hours_left", "hours_left", "剩余工作小时", "Working hours left";
        DaysLeft = "days_left", "days_left", "剩余工作日", "Working days left";
        DaysAfter = "days_after", "days_after", "超期后工作日", "Working days after the deadline";
    }
}

codes! {
    /// Who is told.
    Receiver {
        Assigned = "assigned", "assigned", "经办人", "Who has the task";
        Liaison = "liaison", "liaison", "单位联络员", "Unit liaison";
        Reviewer = "reviewer", "reviewer", "单位审核人", "Unit reviewer";
        Above = "above", "above", "上级单位审核人", "Reviewer of the unit above";
        Supervisor = "supervisor", "supervisor", "中心督办员", "Supervisor";
        Leader = "leader", "leader", "中心领导", "Centre leader";
    }
}

codes! {
    /// What a rung gives the centre to do, beside telling people.
    RungAct {
        Call = "call", "call", "电话催办待办", "Urge by telephone";
        Order = "order", "order", "预备督办单（一般督办）", "Prepare a directive, level 1";
        Listed = "listed", "listed", "预备督办单（挂牌督办）", "Prepare a directive, level 3";
    }
}

impl RungAct {
    /// Under which alarm it is listed.
    pub const fn alarm(self) -> Alarm {
        match self {
            Self::Call => Alarm::Phone,
            Self::Order | Self::Listed => Alarm::Order,
        }
    }

    /// How serious the directive is that it prepares; nothing where it prepares none.
    pub const fn level(self) -> Option<DirectiveLevel> {
        match self {
            Self::Call => None,
            Self::Order => Some(DirectiveLevel::First),
            Self::Listed => Some(DirectiveLevel::Third),
        }
    }
}

/// One rung.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// Its permanent code.
    pub code: String,
    /// Its name.
    pub zh: String,
    pub en: String,
    pub trigger: Trigger,
    /// How many of what the trigger counts.
    pub value: i32,
    /// Only of limits that are at least so many working days long.
    pub least: i32,
    pub colour: Colour,
    pub receivers: Vec<Receiver>,
    /// What the receivers are told.
    pub text_zh: String,
    pub text_en: String,
    /// What it gives the centre to do; nothing where it only tells.
    pub act: Option<RungAct>,
    /// Whether it is used.
    pub is_on: bool,
}

impl Rung {
    /// Whether it stands at the deadline or behind it.
    pub const fn is_late(&self) -> bool {
        matches!(self.trigger, Trigger::DaysAfter)
    }
}

/// A clock that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunningClock {
    /// When it began.
    pub from: Instant,
    /// When it ends.
    pub due: Instant,
    /// How its limit is counted; working days where it has none.
    pub unit: LimitUnit,
    /// Minutes for which it stood still, as its deadline has them.
    pub paused: i64,
    /// Rungs are reached at any hour: of what is urgent.
    pub at_once: bool,
}

impl RunningClock {
    const fn is_natural(&self) -> bool {
        matches!(self.unit, LimitUnit::Hours | LimitUnit::Minutes)
    }

    /// Where a clock would have begun that never stood still: shares of the limit are counted from there.
    fn start(&self, calendar: &WorkCalendar) -> Instant {
        if self.paused <= 0 {
            self.from
        } else if self.is_natural() {
            Instant(self.from.0 + self.paused * MINUTE)
        } else {
            calendar.after_working_minutes(self.from, self.paused)
        }
    }

    /// Whether its limit is at least so many working days long; of a limit by the hour a day is one of the clock, or one of working hours.
    fn is_long(&self, days: i32, calendar: &WorkCalendar) -> bool {
        let days = i64::from(days);
        match self.unit {
            LimitUnit::WorkingDays => {
                calendar.working_days_between(self.from.date(), self.due.date()) >= days
            }
            LimitUnit::WorkingHours | LimitUnit::WorkingMinutes => {
                calendar.working_minutes_between(self.from, self.due)
                    >= days * calendar.periods().minutes_per_day()
            }
            LimitUnit::Hours | LimitUnit::Minutes => self.due.0 - self.from.0 >= days * DAY,
        }
    }

    /// When a rung is reached by the calendar alone; nothing where this clock has no such moment.
    fn moment(&self, rung: &Rung, calendar: &WorkCalendar) -> Option<Instant> {
        let value = i64::from(rung.value.max(0));
        let total = calendar.working_minutes_between(self.from, self.due);
        let at = match (rung.trigger, self.is_natural()) {
            (Trigger::Percent, true) => {
                let start = self.start(calendar);
                Instant(start.0 + (self.due.0 - start.0) * value / 100)
            }
            (Trigger::Percent, false) => {
                calendar.after_share(self.start(calendar), self.due, value)
            }
            (Trigger::HoursLeft, true) => Instant(self.due.0 - value * HOUR),
            (Trigger::HoursLeft, false) if total > value * 60 => {
                calendar.after_working_minutes(self.from, total - value * 60)
            }
            (Trigger::HoursLeft, false) => return None,
            (Trigger::DaysLeft, true) => Instant(self.due.0 - value * DAY),
            (Trigger::DaysLeft, false) => {
                let all = calendar.working_days_between(self.from.date(), self.due.date());
                calendar.day_closes(self.from, u32::try_from(all - value).ok()?)?
            }
            (Trigger::DaysAfter, _) if value == 0 => return Some(self.due),
            (Trigger::DaysAfter, _) => {
                return calendar.day_closes(self.due, u32::try_from(value).ok()?);
            }
        };
        (at > self.from && at < self.due).then_some(at)
    }

    /// When what falls on a moment is told: at once where that is working time or its end, else at the next opening.
    fn rings(&self, at: Instant, calendar: &WorkCalendar) -> Instant {
        if self.at_once || calendar.is_open(at) || calendar.is_open(Instant(at.0 - 1)) {
            at
        } else {
            calendar.next_open(at)
        }
    }
}

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A rung on the way of one clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step<'r> {
    /// Which.
    pub rung: &'r Rung,
    /// When it is reached.
    pub at: Instant,
}

/// The rungs of a clock in the order in which it reaches them. Before the deadline several rungs of one colour are conditions of one step: the
/// earliest counts.
pub fn steps<'r>(
    rungs: &'r [Rung],
    clock: &RunningClock,
    calendar: &WorkCalendar,
) -> Vec<Step<'r>> {
    let used = rungs.iter().filter(|rung| rung.is_on);
    let long = used.filter(|rung| rung.least == 0 || clock.is_long(rung.least, calendar));
    let mut all: Vec<Step<'r>> = long
        .filter_map(|rung| {
            let at = clock.moment(rung, calendar)?;
            Some(Step { rung, at })
        })
        .collect();
    all.sort_by_key(|step| step.at);
    let mut seen: Vec<Colour> = Vec::new();
    all.retain(|step| {
        let is_first = step.rung.is_late() || !seen.contains(&step.rung.colour);
        seen.push(step.rung.colour);
        is_first
    });
    for step in &mut all {
        step.at = clock.rings(step.at, calendar);
    }
    all
}

/// How a clock stands on its ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing<'r> {
    /// The rungs that it has reached and that nobody was told of.
    pub new: Vec<Step<'r>>,
    /// The highest that it has reached.
    pub reached: Option<Step<'r>>,
    /// The next one.
    pub next: Option<Step<'r>>,
}

/// How a clock stands now. `known` is the rung that it had reached when it was looked at last; what lies before `since` was never to be told.
/// A deadline that moved away takes rungs back, which are then reached once more.
pub fn standing<'r>(
    steps: &[Step<'r>],
    known: Option<(&str, Instant)>,
    since: Instant,
    now: Instant,
) -> Standing<'r> {
    let passed = steps.partition_point(|step| step.at <= now);
    let place = known.and_then(|(code, _)| steps.iter().position(|step| step.rung.code == code));
    // A rung that the list has no more: what came before it has been told.
    let told = match (known, place) {
        (Some((_, at)), None) => since.max(at),
        _ => since,
    };
    let first = place.map_or(0, |place| place + 1);
    let new = steps.iter().take(passed).skip(first);
    Standing {
        new: new.filter(|step| step.at > told).copied().collect(),
        reached: passed
            .checked_sub(1)
            .and_then(|last| steps.get(last))
            .copied(),
        next: steps.get(passed).copied(),
    }
}

#[cfg(test)]
mod tests;
