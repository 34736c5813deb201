//! How much people look at: each ticket page counts once in ten minutes, apart by whether it lies in the person's own queue.
//! Not here: rows of the audit about single looks (`watch`), the rule that is told (`alarms`).
//! What alarms hang on is counted in the database before it is shown, in the write of its row of the audit where it has one, so that neither a killed
//! process nor several servers lose a look. A ticket in the own queue and a search by a number are figures alone: in memory, written by a job.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use shared::access::{Actor, AuditLook, AuditLookCount, needs};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::{TicketId, UserId};
use shared::register::Rule;
use store::Tx;
use store::audit::reads::{self, OutsideLook, Read};
use store::record::TicketCase;

use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::jobs::Done;
use crate::tickets::rights;

const MINUTE: i64 = 60_000;
/// Milliseconds of a stretch.
const STRETCH: i64 = 10 * MINUTE;
/// The same ticket outside the own queue is written once in so many milliseconds by one server.
const AGAIN: i64 = MINUTE;
/// So long looks outside the own queue are kept, in milliseconds: longer than any window that an office may set.
const LOOKS_KEPT: i64 = 2 * 24 * 3_600_000;
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
    /// Looks outside the own queue that were written a moment ago.
    written: BTreeMap<(UserId, TicketId), Instant>,
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
            lately.seen.retain(|(seen, ..)| *seen >= at);
            lately
                .written
                .retain(|_, written| stretch(*written) >= at - 1);
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

/// What is counted of somebody's opening a ticket, in a transaction.
#[derive(Debug, Clone)]
pub(crate) struct Look {
    row: OutsideLook,
    is_outside: bool,
    is_discreet: bool,
}

impl Look {
    /// Counts it; a discreet ticket with the row of the audit that it has in this write.
    pub async fn count(&self, tx: &Tx, has_row: bool) -> Result<(), Failure> {
        let at = stretch(self.row.at);
        let mut kinds = Vec::new();
        if self.is_outside {
            let before = reads::look(tx, &self.row).await?;
            kinds.extend((before.map(stretch) != Some(at)).then_some(OUTSIDE));
        }
        kinds.extend((self.is_discreet && has_row).then_some(DISCREET));
        let row = |kind: &str| Read {
            person: self.row.person,
            stretch: at,
            kind: kind.to_owned(),
            who: self.row.who.clone(),
            counted: 1,
        };
        let rows: Vec<Read> = kinds.into_iter().map(row).collect();
        Ok(reads::add(tx, &rows).await?)
    }

    /// Whether it lies outside the own queue.
    pub const fn is_outside(&self) -> bool {
        self.is_outside
    }

    /// It was written: the same once more within a minute is no new write.
    pub fn remember(&self, services: &Services) {
        if !self.is_outside {
            return;
        }
        let key = (self.row.person, self.row.ticket_id);
        services.reads().with(|lately| {
            if lately.written.len() < MOST {
                lately.written.insert(key, self.row.at);
            }
        });
    }
}

/// What is to be counted of somebody's opening a ticket; nothing of one in the own queue that everybody there may see, which is a figure in memory,
/// and nothing of one that was counted a moment ago.
pub(crate) fn opened(ctx: &Ctx, case: &TicketCase) -> Option<Look> {
    let person = ctx.actor.user()?;
    let (id, now) = (case.ticket.id, ctx.now());
    let who = ctx.actor.username.as_str();
    let is_own = is_own(&ctx.actor, case);
    if is_own {
        let at = stretch(now);
        ctx.services.reads().ticket((person, who), at, id, &[OWN]);
    }
    let is_written = ctx.services.reads().with(|lately| {
        let at = lately.written.get(&(person, id));
        at.is_some_and(|at| now >= *at && now.0 - at.0 < AGAIN)
    });
    let look = Look {
        row: OutsideLook {
            person,
            ticket_id: id,
            who: who.to_owned(),
            at: now,
        },
        is_outside: !is_own && !is_written,
        is_discreet: rights::is_discreet(&case.ticket),
    };
    (look.is_outside || look.is_discreet).then_some(look)
}

/// What one person may look up, as the office has set it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LookUps {
    /// Within so many milliseconds.
    pub span: i64,
    /// So many are an alarm, and each time as many again; 0 is none.
    pub alarm: i64,
    /// Beyond so many further ones are refused.
    pub most: i64,
}

impl LookUps {
    /// As it is set now.
    pub async fn set(ctx: &Ctx) -> Result<Self, Fault> {
        Ok(Self {
            span: number(ctx, &Rule::LOOK_MINUTES).await?.max(1) * MINUTE,
            alarm: number(ctx, &Rule::LOOKUPS).await?,
            most: number(ctx, &Rule::LOOKUPS_MOST).await?.max(1),
        })
    }

    /// The fault of whoever looks up too much.
    pub fn refused(self) -> Fault {
        Fault::new(Code::RateLimited).fact("minutes", self.span / MINUTE)
    }
}

/// What a rule says now.
async fn number(ctx: &Ctx, rule: &Rule) -> Result<i64, Fault> {
    let db = ctx.services.store().reader();
    let said = store::settings::get(&db, rule.key).await;
    Ok(rule.number(said.settle(&ctx.services)?.as_deref()))
}

/// Counts that somebody looked a person up, in the transaction of the row of the audit.
pub(crate) async fn looked_up_in(ctx: &Ctx, tx: &Tx) -> Result<(), Failure> {
    let Some(person) = ctx.actor.user() else {
        return Ok(());
    };
    let row = Read {
        person,
        stretch: stretch(ctx.now()),
        kind: PEOPLE.to_owned(),
        who: ctx.actor.username.clone(),
        counted: 1,
    };
    Ok(reads::add(tx, &[row]).await?)
}

/// Counts that somebody searched the list by a number, of which the audit has no row.
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

/// Forgets figures that are older than ninety days, and looks outside the own queue that no window reaches.
pub(crate) async fn forget(services: &Services) -> Result<Done, Failure> {
    let now = services.now();
    let (before, looks) = (stretch(now) - KEPT, Instant(now.0 - LOOKS_KEPT));
    let gone = services.store().write::<_, Failure, _>(move |tx| {
        Box::pin(async move {
            let gone = reads::forget(tx, before).await?;
            Ok(gone + reads::forget_looks(tx, looks).await?)
        })
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
