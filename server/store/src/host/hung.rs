//! Everything that hangs on a case, loaded and saved at once, for every kind in the same way.
//! Not here: the single tables (beside this file), the heads (`tickets::case`, `approvals`), the history, whose words are those of the kind.
//! One look says which tables hold anything of a case: most hold nothing, and are then not asked.

use sea_orm::FromQueryResult;
use shared::ids::CaseId;

use super::places::{self, Stand};
use super::{calls, candidates, clock, deliveries, incidents, listeners, people, tasks, timers};
use crate::database::Handle;
use crate::record::{CaseKind, Change, Hung, Incident, Kept};
use crate::sql::{Sql, vals};
use crate::{StoreError, Tx, audit, outbox};

/// Which case, of which kind, on which version of which definition.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Of<'a> {
    pub(crate) id: CaseId,
    pub(crate) kind: CaseKind,
    pub(crate) definition: &'a str,
    pub(crate) version: i32,
}

impl<'a> Of<'a> {
    const fn case(self) -> (CaseId, CaseKind) {
        (self.id, self.kind)
    }

    fn stand(self, hung: &'a Hung) -> Stand<'a> {
        Stand {
            definition: self.definition,
            version: self.version,
            places: &hung.places,
        }
    }

    const fn stopped(self) -> incidents::Of<'a> {
        incidents::Of {
            id: self.id,
            kind: self.kind,
            definition: self.definition,
        }
    }
}

/// What hangs on a case, but for the places, which stand with the head of kinds that have any.
pub(crate) async fn of_case(h: Handle<'_>, id: CaseId) -> Result<Hung, StoreError> {
    let mut hung = Hung {
        tasks: tasks::of_case(h, id).await?,
        ..Hung::default()
    };
    // Text: six looks along indexes in one call.
    let sql = Sql::new(
        "select (select count(*) from task_candidates where case_id = ?) as candidates, (select count(*) from timers where case_id = ?) as timers,
         (select count(*) from calls where case_id = ?) as calls, (select count(*) from incidents where case_id = ?) as incidents,
         (select count(*) from case_people where case_id = ?) as people, (select count(*) from listeners where case_id = ?) as listeners",
        vals![id, id, id, id, id, id],
    );
    let Some(held) = h.row::<Held>(sql).await? else {
        return Ok(hung);
    };
    if held.candidates > 0 {
        hung.candidates = candidates::of_case(h, id).await?;
    }
    if held.timers > 0 {
        hung.timers = timers::of_case(h, id).await?;
    }
    if held.calls > 0 {
        hung.calls = calls::of_case(h, id).await?;
    }
    if held.incidents > 0 {
        hung.incidents = incidents::of_case(h, id).await?;
    }
    if held.people > 0 {
        hung.people = people::of_case(h, id).await?;
    }
    if held.listeners > 0 {
        hung.listens = listeners::of_case(h, id).await?;
    }
    Ok(hung)
}

/// How many rows of a case stand in each table.
#[derive(FromQueryResult)]
struct Held {
    candidates: i64,
    timers: i64,
    calls: i64,
    incidents: i64,
    people: i64,
    listeners: i64,
}

/// Saves the difference of what hangs on a case, and what only grows but for the history. The head is saved before, with its version compared.
pub(crate) async fn save<C: Kept>(
    tx: &Tx,
    (was, is): (Of<'_>, Of<'_>),
    change: &Change<C>,
) -> Result<(), StoreError> {
    let empty = Hung::default();
    let before = change.before.as_ref().map_or(&empty, Kept::hung);
    let after = change.after.hung();
    places::save(tx, is.id, was.stand(before), is.stand(after)).await?;
    tasks::save(tx, &before.tasks, &after.tasks).await?;
    candidates::save(tx, is.id, &before.candidates, &after.candidates).await?;
    timers::save(tx, is.case(), &before.timers, &after.timers).await?;
    calls::save(tx, is.case(), &before.calls, &after.calls).await?;
    incidents::save(tx, is.stopped(), &before.incidents, &after.incidents).await?;
    let is_open = |n: i32| {
        let mut known = before.incidents.iter();
        known.any(|was| was.n == n && was.settled_at.is_none())
    };
    let settled: Vec<i32> = after
        .incidents
        .iter()
        .filter(|incident| incident.settled_at.is_some() && is_open(incident.n))
        .map(|incident| incident.n)
        .collect();
    deliveries::settle(tx, is.id, &settled, &change.released).await?;
    people::save(tx, is.id, &before.people, &after.people).await?;
    listeners::save(tx, is.case(), &before.listens, &after.listens).await?;
    clock::append(tx, &change.clock).await?;
    for thrown in &change.thrown {
        deliveries::send(tx, thrown).await?;
    }
    for message in &change.outbox {
        outbox::put(tx, message).await?;
    }
    audit::append(tx, &change.audit).await
}

/// Notes what stopped a verb that is not saved itself; the same trouble again only counts its tries. Its number.
pub(crate) async fn note(
    tx: &Tx,
    of: Of<'_>,
    hung: &Hung,
    incident: Incident,
) -> Result<i32, StoreError> {
    incidents::note(tx, of.stopped(), &hung.incidents, incident).await
}
