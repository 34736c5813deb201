//! The escalation ladder of running clocks (督办阶梯): where each stands, its rungs as they are reached (`ring`), who is told (`receivers`, `tell`),
//! what the ticket's page shows (`show`), and the alarm of a centre (`alarm`).
//! Not here: when a rung is reached (`shared::ladder`), the rows (`store::tickets::ladder`), the list (`register`).
//! A clock starts, moves and ends where its deadline is written; the job finds its row due and says when the next rung comes.

mod alarm;
mod merged;
pub(crate) mod push;
mod receivers;
pub(crate) mod red;
mod ring;
mod show;
mod tell;

use shared::calendar::Instant;
use shared::ladder::{Rung, RunningClock, Standing, standing, steps};
use shared::ticket::{LimitUnit, Urgency};
use store::record::LadderClock;
use store::tickets::ladder::{AS_IT_STANDS, Armed};

use crate::reference::Reference;

pub use alarm::{ALARM_PAGE, AlarmQuery, alarm_count, alarms};
pub(crate) use receivers::{at_work, of_centre};
pub(crate) use ring::{run, take_over};
pub(crate) use show::{reached, views};
pub(crate) use tell::words;

/// Where a clock stands; nothing for one that runs no more.
fn stands<'r>(
    reference: &Reference,
    rungs: &'r [Rung],
    armed: &Armed,
    now: Instant,
) -> Option<Standing<'r>> {
    let unit = armed.limit_unit.filter(|_| armed.extended_days == 0);
    let clock = RunningClock {
        from: armed.from,
        due: armed.due?,
        unit: unit.unwrap_or(LimitUnit::WorkingDays),
        paused: armed.paused_minutes,
        at_once: armed.urgency != Urgency::Normal,
    };
    let unit = armed.unit.as_deref();
    let calendar = reference.hours.of_clock(unit, &armed.region);
    let way = steps(rungs, &clock, calendar);
    let row = &armed.clock;
    let known = row.rung.as_deref().zip(row.reached_at);
    Some(standing(&way, known, since(row, now), now))
}

/// What lies before is told to nobody.
fn since(row: &LadderClock, now: Instant) -> Instant {
    if row.since == AS_IT_STANDS {
        now
    } else {
        row.since
    }
}

/// The clock's row after a look at it.
fn after(standing: &Standing<'_>, armed: &Armed, now: Instant) -> LadderClock {
    let reached = standing.reached.as_ref();
    LadderClock {
        since: since(&armed.clock, now),
        due_at: armed.due.unwrap_or(armed.clock.due_at),
        at: standing.next.as_ref().map(|step| step.at),
        rung: reached.map(|step| step.rung.code.clone()),
        reached_at: reached.map(|step| step.at),
        ..armed.clock.clone()
    }
}
