//! Open tickets follow a changed calendar always, and changed limits where that was chosen: each deadline that moves gets an entry in the
//! clock ledger. The clocks of tickets and of their assignments move; those of single steps (dispatch, signing, review) end soon by themselves.
//! A run begins anew after a stop and moves only what has not moved. Not here: the counting (`shared::calendar`).

use shared::calendar::{Calendars, Due, Instant};
use shared::ids::TicketId;
use shared::process::limit::{self, Limit, LimitQuery, LimitRule, Stage};
use shared::register::ListCode;
use store::StoreError;
use store::record::{ClockEntry, ClockKind};
use store::register::Revision;
use store::tickets::OpenClock;

use crate::context::Services;
use crate::fault::Failure;

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

/// Moves what has not followed a revision yet; how many clocks moved.
pub(super) async fn run(services: &Services, revision: Revision) -> Result<u64, Failure> {
    let began = services.now();
    let db = services.store().reader();
    let measure = Measure {
        list: revision.list,
        calendars: crate::reference::calendars(&db).await?,
        limits: store::limits::all(&db).await?,
        at: revision.valid_from.unwrap_or(began),
    };
    let mut count = 0;
    let mut after: Option<TicketId> = None;
    loop {
        let page = store::tickets::open_clocks(&db, after, BATCH).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.clock.ticket_id);
        let mut targets: Vec<Target> = page
            .iter()
            .filter_map(|clock| measure.target(clock))
            .collect();
        // A ticket's clock follows those of its assignments.
        targets.sort_by_key(|it| it.clock.clock.assignment_id.is_none());
        count += save(services, targets).await?;
    }
    let settled = revision
        .applied_at
        .is_none_or(|at| began.0 - at.0 >= SETTLED);
    if settled {
        over(services, revision).await?;
    }
    Ok(count)
}

async fn save(services: &Services, targets: Vec<Target>) -> Result<u64, Failure> {
    if targets.is_empty() {
        return Ok(0);
    }
    let now = services.now();
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let targets = targets.clone();
            Box::pin(async move {
                let mut count = 0;
                for Target { clock, due, rule } in targets {
                    let clock = clock.clock;
                    let Some(due) = store::tickets::move_clock(tx, &clock, due, rule).await? else {
                        continue;
                    };
                    let entry = ClockEntry {
                        case_id: clock.ticket_id.into(),
                        assignment_id: clock.assignment_id,
                        at: now,
                        kind: ClockKind::Recompute,
                        due_at: Some(due.at),
                        limit_rule: rule.map(|(id, _)| id).or(clock.limit_rule),
                        provisional: due.provisional,
                    };
                    store::host::add_clock(tx, &entry).await?;
                    count += 1;
                }
                Ok(count)
            })
        })
        .await
}

/// Nothing is left to follow.
async fn over(services: &Services, mut revision: Revision) -> Result<(), Failure> {
    let seen = revision.version;
    revision.version += 1;
    revision.followed_at = Some(services.now());
    let kept = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let revision = revision.clone();
            Box::pin(async move { Ok(store::register::save(tx, &revision, seen).await?) })
        })
        .await;
    match kept {
        Ok(()) | Err(Failure::Store(StoreError::Conflict { .. })) => Ok(()),
        Err(other) => Err(other),
    }
}
