//! How much people look at: each ticket page counts once in ten minutes, apart by whether it lies in the person's own queue.
//! Not here: rows of the audit about single looks (`watch`), the rule that is told (`alarms`).
//! Counted in memory and written by a job each few seconds, so that no page waits for it: what a killed process had not written yet is lost.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use shared::access::{Actor, AuditLook, AuditLookCount, needs};
use shared::calendar::Instant;
use shared::fault::Fault;
use shared::ids::{TicketId, UserId};
use store::audit::reads::{self, Read};
use store::record::TicketCase;

use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::jobs::Done;
use crate::tickets::rights;

/// Milliseconds of a stretch.
const STRETCH: i64 = 10 * 60_000;
/// So long rows are kept, in stretches: ninety days.
const KEPT: i64 = 90 * 24 * 6;
/// A day, in stretches.
const DAY: i64 = 24 * 6;
/// People of each kind of look that are shown.
const SHOWN: i64 = 5;
/// Looks that are told apart at a time; more of a stretch count each time.
const MOST: usize = 50_000;

/// A ticket in one's own queue.
pub(crate) const OWN: &str = "own";
/// A ticket on which neither the person nor the person's unit or team has a task.
pub(crate) const OUTSIDE: &str = "outside";
/// A confidential ticket or a tip-off.
pub(crate) const DISCREET: &str = "discreet";
/// A person looked up: revealed, or searched for by a number.
pub(crate) const PEOPLE: &str = "people";

/// The ten minutes of a time.
pub(crate) fn stretch(at: Instant) -> i64 {
    at.0.div_euclid(STRETCH)
}

/// What was looked at lately, of one process.
#[derive(Default)]
pub(crate) struct Reads(Mutex<Lately>);

#[derive(Default)]
struct Lately {
    /// Counted already, so that a page that is loaded again is one look.
    seen: BTreeSet<(i64, UserId, TicketId)>,
    /// Not written yet, with the sign-in name.
    waiting: BTreeMap<(UserId, i64, &'static str), (String, i64)>,
}

impl Lately {
    fn add(&mut self, (person, at, kind): (UserId, i64, &'static str), who: &str) {
        let row = self.waiting.entry((person, at, kind));
        let (_, counted) = row.or_insert_with(|| (who.to_owned(), 0));
        *counted += 1;
    }
}

impl Reads {
    fn with<T>(&self, act: impl FnOnce(&mut Lately) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Counts a ticket, once a person and stretch.
    fn ticket(&self, (person, who): (UserId, &str), at: i64, id: TicketId, kinds: &[&'static str]) {
        self.with(|lately| {
            let look = (at, person, id);
            if lately.seen.contains(&look) {
                return;
            }
            if lately.seen.len() < MOST {
                lately.seen.insert(look);
            }
            for kind in kinds {
                lately.add((person, at, *kind), who);
            }
        });
    }

    /// What has to be written; forgets stretches that are over.
    fn take(&self, at: i64) -> Vec<Read> {
        self.with(|lately| {
            lately.seen.retain(|(stretch, ..)| *stretch >= at);
            let waiting = std::mem::take(&mut lately.waiting).into_iter();
            let row = |((person, stretch, kind), (who, counted)): (
                (UserId, i64, &str),
                (String, i64),
            )| Read {
                person,
                stretch,
                kind: kind.to_owned(),
                who,
                counted,
            };
            waiting.map(row).collect()
        })
    }

    /// What could not be written waits again.
    fn put_back(&self, rows: Vec<Read>) {
        self.with(|lately| {
            for row in rows {
                let kind = [OWN, OUTSIDE, DISCREET, PEOPLE];
                let Some(kind) = kind.into_iter().find(|kind| *kind == row.kind) else {
                    continue;
                };
                let waiting = lately.waiting.entry((row.person, row.stretch, kind));
                waiting.or_insert((row.who, 0)).1 += row.counted;
            }
        });
    }
}

/// Whether somebody has a task on the ticket: the person or whom it stands in for, a mate of a team, or the unit.
fn is_own(actor: &Actor, case: &TicketCase) -> bool {
    let scope = needs::TICKETS.scope(actor);
    let at_unit = scope.is_none_or(|scope| rights::is_unit_view(&scope, case));
    let mates = actor.posts.iter().flat_map(|post| post.place.team.iter());
    let people: BTreeSet<UserId> = actor.users().chain(mates.copied()).collect();
    let mut open = case.hung.tasks.iter().filter(|task| task.active);
    open.any(|task| {
        let named = task.assignee.is_some_and(|user| people.contains(&user));
        let candidates = case.hung.candidates.get(&task.task_no);
        let one_of = candidates.is_some_and(|all| all.iter().any(|user| people.contains(user)));
        let of_place = task.unit.as_deref().map_or(!at_unit, |unit| {
            let path = task.unit_path.as_deref();
            // A centre stands above every unit of its city: what they work on is not its own.
            actor.is_at(unit) || (at_unit && path.is_some_and(|path| actor.is_above(path)))
        });
        named || one_of || of_place
    })
}

/// Counts that somebody opened a ticket.
pub(crate) fn opened(ctx: &Ctx, case: &TicketCase) {
    let Some(person) = ctx.actor.user() else {
        return;
    };
    let queue = if is_own(&ctx.actor, case) {
        OWN
    } else {
        OUTSIDE
    };
    let kinds = [queue, DISCREET];
    let kinds = if rights::is_discreet(&case.ticket) {
        &kinds[..]
    } else {
        &kinds[..1]
    };
    let at = stretch(ctx.now());
    let who = (person, ctx.actor.username.as_str());
    ctx.services.reads().ticket(who, at, case.ticket.id, kinds);
}

/// Counts that somebody looked a person up.
pub(crate) fn looked_up(ctx: &Ctx) {
    if let Some(person) = ctx.actor.user() {
        let key = (person, stretch(ctx.now()), PEOPLE);
        let reads = ctx.services.reads();
        reads.with(|lately| lately.add(key, &ctx.actor.username));
    }
}

/// Writes what was counted since the last time.
pub(crate) async fn run(services: &Services) -> Result<Done, Failure> {
    let rows = services.reads().take(stretch(services.now()));
    if rows.is_empty() {
        return Ok(Done::default());
    }
    let count = rows.len() as u64;
    let kept = rows.clone();
    let written = services.store().write::<_, Failure, _>(move |tx| {
        let rows = rows.clone();
        Box::pin(async move { Ok(reads::add(tx, &rows).await?) })
    });
    if let Err(failure) = written.await {
        services.reads().put_back(kept);
        return Err(failure);
    }
    Ok(Done { count, more: false })
}

/// Whoever looked at most within a day, a few of each kind.
///
/// # Errors
/// Of the store.
pub(super) async fn most(ctx: &Ctx) -> Result<Vec<AuditLookCount>, Fault> {
    let db = ctx.services.store().report_reader();
    let since = stretch(ctx.now()) - DAY;
    let mut looks = Vec::new();
    for look in AuditLook::ALL.iter().copied() {
        let found = reads::most(&db, look.code(), since, SHOWN).await;
        let found = found.settle(&ctx.services)?.into_iter();
        looks.extend(found.map(|it| AuditLookCount {
            look,
            who: it.who,
            counted: it.counted,
        }));
    }
    Ok(looks)
}

/// Forgets what is older than ninety days.
pub(crate) async fn forget(services: &Services) -> Result<Done, Failure> {
    let before = stretch(services.now()) - KEPT;
    let gone = services.store().write::<_, Failure, _>(move |tx| {
        Box::pin(async move { Ok(reads::forget(tx, before).await?) })
    });
    let count = gone.await?;
    Ok(Done { count, more: false })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_ticket_counts_once_in_ten_minutes_and_what_was_not_written_stays() {
        let reads = Reads::default();
        let person = UserId(Uuid::from_u128(1));
        let id = |n| TicketId(Uuid::from_u128(n));
        for n in [1, 2, 1, 1] {
            reads.ticket((person, "wang"), 5, id(n), &[OUTSIDE]);
        }
        let rows = reads.take(5);
        assert_eq!((rows.len(), rows[0].counted), (1, 2));
        reads.put_back(rows);
        reads.ticket((person, "wang"), 5, id(3), &[OUTSIDE, DISCREET]);
        let rows = reads.take(6);
        let counted: Vec<(&str, i64)> = rows
            .iter()
            .map(|row| (row.kind.as_str(), row.counted))
            .collect();
        assert_eq!(counted, [("discreet", 1), ("outside", 3)]);
        reads.ticket((person, "wang"), 6, id(1), &[OWN]);
        assert_eq!(reads.take(6).len(), 1, "a new stretch counts anew");
        assert!(reads.take(6).is_empty());
    }
}
