//! Open tickets follow a changed calendar always, and changed limits where that was chosen: each deadline that moves gets an entry in the
//! clock ledger. The clocks of tickets and of their assignments move; those of single steps (dispatch, signing, review) end soon by themselves.
//! Not here: the job that moves them (`job`), the counting (`shared::calendar`).

mod job;

use shared::calendar::{Calendars, Due, Instant};
use shared::process::limit::{self, Limit, LimitQuery, LimitRule, Stage};
use shared::register::ListCode;
use store::tickets::OpenClock;

use crate::context::Services;
use crate::fault::Failure;

pub(crate) use job::FOLLOW;
pub(super) use job::{ask, begin, open, some_steps};

/// Tickets of one step.
const BATCH: u32 = 500;
/// Another server may count with a snapshot of half a minute ago; a run that begins later than this finds what it wrote meanwhile.
pub(super) const SETTLED: i64 = 45_000;
/// Clocks that a preview looks at.
const LOOKED_AT: usize = 100_000;

/// By what open clocks are measured.
pub(super) struct Measure {
    pub(super) list: ListCode,
    pub(super) calendars: Calendars,
    pub(super) limits: Vec<LimitRule>,
    /// From when the change holds.
    pub(super) at: Instant,
}

/// Where a clock goes.
#[derive(Clone)]
struct Target {
    clock: OpenClock,
    due: Due,
    rule: Option<(i64, Limit)>,
}

impl Measure {
    /// Where a clock would go; nothing for one that stays.
    fn target(&self, clock: &OpenClock) -> Option<Target> {
        let rule = match self.list {
            ListCode::Limits => Some(self.rule(clock)?),
            _ => None,
        };
        let limit = match rule {
            Some((_, limit)) => limit,
            None => Limit {
                value: clock.clock.limit_value?,
                unit: clock.clock.limit_unit?,
            },
        };
        let begin = clock.clock.from;
        let due = self
            .calendars
            .of_clock(clock.clock.unit.as_deref(), &clock.clock.region)
            .due_with(begin, limit, clock.clock.added);
        let moves =
            Some(due.at) != clock.clock.due_at || due.provisional != clock.clock.provisional;
        let renamed = rule.is_some_and(|(id, _)| Some(id) != clock.clock.limit_rule);
        (moves || renamed).then(|| Target {
            clock: clock.clone(),
            due,
            rule,
        })
    }

    /// The row of the limit table that the change brought for a clock; nothing where it is not about this clock, or about a redo, whose limit
    /// is half of the first.
    fn rule(&self, clock: &OpenClock) -> Option<(i64, Limit)> {
        let has = clock.clock.limit_rule?;
        let query = LimitQuery {
            stage: if clock.clock.assignment_id.is_some() {
                Stage::Handle
            } else {
                Stage::Ticket
            },
            channel: clock.channel,
            kind: clock.kind,
            category: clock.category.as_deref(),
            urgency: clock.urgency,
            region: &clock.clock.region,
            accepted: clock.accepted_at,
            at: self.at,
        };
        let chosen = limit::choose(&self.limits, &query)?;
        let was_ended = self
            .limits
            .iter()
            .any(|rule| rule.id == has && rule.open_until == Some(self.at.0));
        let is_new = chosen.open_from == Some(self.at.0);
        (chosen.id != has && (is_new || was_ended)).then_some((chosen.id, chosen.limit))
    }
}

/// How many open clocks would move, of tickets and of assignments; looks at a bounded number.
pub(super) async fn would_move(
    services: &Services,
    measure: &Measure,
) -> Result<(i64, i64), Failure> {
    let db = services.store().reader();
    let (mut tickets, mut assignments, mut looked) = (0, 0, 0);
    let mut after = None;
    loop {
        let page = store::tickets::open_clocks(&db, after, BATCH).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.clock.ticket_id);
        for clock in &page {
            if let Some(target) = measure.target(clock)
                && Some(target.due.at) != clock.clock.due_at
            {
                match clock.clock.assignment_id {
                    None => tickets += 1,
                    Some(_) => assignments += 1,
                }
            }
        }
        looked += page.len();
        if looked >= LOOKED_AT {
            break;
        }
    }
    Ok((tickets, assignments))
}
