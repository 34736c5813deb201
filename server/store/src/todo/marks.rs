//! What somebody has to do with a case beside its tasks: the last act follows from the history that is written, stars and copies are put.
//! Not here: the lists (`list`).
//! Whether the case is under way stands in each mark, so that the list of what is under way reads along an index of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use shared::calendar::Instant;
use shared::ids::{CaseId, UserId};
use shared::todo::Mark;

use crate::bulk::rows::Insert;
use crate::entity::todo::case_mark::{ActiveModel, Beside, CaseMark, Column, Entity, moves};
use crate::entity::{Col, table};
use crate::record::{
    ApprovalCase, Assignment, CaseKind, CasePerson, Event, Involved, Ticket, TicketCase,
};
use crate::{Conn, StoreError, Tx};

/// The statement that puts marks.
pub(crate) static PUT: LazyLock<Insert> = LazyLock::new(|| table::upsert::<Entity>(moves()));

/// Puts marks; one that is there is made anew.
pub async fn put(tx: &Tx, marks: &[CaseMark]) -> Result<(), StoreError> {
    let rows = marks.iter().map(|mark| mark.values(Beside {}));
    table::put(tx, *PUT, rows).await
}

/// Takes a mark away.
pub async fn take(tx: &Tx, (user, mark): (UserId, Mark), case: CaseId) -> Result<(), StoreError> {
    let gone = Entity::delete_by_id((Col(user), Col(mark), Col(case)));
    tx.handle().change(&gone).await.map(drop)
}

/// Whether somebody has the mark on a case.
pub async fn has(
    conn: &dyn Conn,
    (user, mark): (UserId, Mark),
    case: CaseId,
) -> Result<bool, StoreError> {
    let one = Entity::find_by_id((Col(user), Col(mark), Col(case)));
    Ok(conn.handle().find_one(one).await?.is_some())
}

/// Marks an approval for whoever reads along from now on.
pub(crate) async fn copied(
    tx: &Tx,
    before: &ApprovalCase,
    (after, is_open): (&ApprovalCase, bool),
) -> Result<(), StoreError> {
    let known = |person: &CasePerson| before.hung.people.contains(person);
    let people = after.hung.people.iter();
    let fresh = people.filter(|it| it.part == Involved::Reader && !known(it));
    let mark = |person: &CasePerson| CaseMark {
        user_id: person.user,
        mark: Mark::Copied,
        case_id: after.approval.id.into(),
        case_kind: CaseKind::Approval,
        marked_at: after.approval.updated_at,
        is_open,
    };
    let marks: Vec<CaseMark> = fresh.map(mark).collect();
    put(tx, &marks).await
}

/// Marks a ticket for whoever is responsible for an open part of it, and takes the mark from whoever no longer is.
pub(crate) async fn responsible(
    tx: &Tx,
    before: &TicketCase,
    after: &TicketCase,
) -> Result<(), StoreError> {
    let (was, is) = (
        answering(&before.assignments),
        answering(&after.assignments),
    );
    let ticket = &after.ticket;
    for user in was.difference(&is) {
        take(tx, (*user, Mark::Responsible), ticket.id.into()).await?;
    }
    let fresh = is.difference(&was);
    let marks: Vec<CaseMark> = fresh.map(|user| answers(*user, ticket)).collect();
    put(tx, &marks).await
}

/// The mark of whoever answers for an open part.
fn answers(user: UserId, ticket: &Ticket) -> CaseMark {
    CaseMark {
        user_id: user,
        mark: Mark::Responsible,
        case_id: ticket.id.into(),
        case_kind: CaseKind::Ticket,
        marked_at: ticket.updated_at,
        is_open: ticket.state.is_open(),
    }
}

/// Who answers for an open part.
fn answering(parts: &[Assignment]) -> BTreeSet<UserId> {
    let open = parts.iter().filter(|part| part.ended_at.is_none());
    open.filter_map(|part| part.responsible).collect()
}

/// The rows of these marks, as a bulk door writes them.
pub(crate) fn rows_of(ticket: &Ticket, parts: &[Assignment]) -> Vec<Vec<sea_orm::Value>> {
    let all = answering(parts).into_iter();
    all.map(|user| answers(user, ticket).values(Beside {}))
        .collect()
}

/// Follows what a case's history says: who acted last did something, and whether the case is under way stands in all its marks.
pub(crate) async fn follow<V, S, T>(
    tx: &Tx,
    kind: CaseKind,
    (was_open, is_open): (bool, bool),
    events: &[Event<V, S, T>],
) -> Result<(), StoreError> {
    let Some(case_id) = events.first().map(|event| event.case_id) else {
        return Ok(());
    };
    if was_open != is_open {
        let update = Entity::update_many()
            .set(ActiveModel {
                is_open: Set(Col(is_open)),
                ..Default::default()
            })
            .filter(Column::CaseId.eq(Col(case_id)));
        tx.handle().change(&update).await?;
    }
    let mut acted: BTreeMap<UserId, Instant> = BTreeMap::new();
    for event in events {
        if let Some(user) = event.by {
            let last = acted.entry(user).or_insert(event.at);
            *last = event.at.max(*last);
        }
    }
    let mark = |(user_id, marked_at): (UserId, Instant)| CaseMark {
        user_id,
        mark: Mark::Did,
        case_id,
        case_kind: kind,
        marked_at,
        is_open,
    };
    let marks: Vec<CaseMark> = acted.into_iter().map(mark).collect();
    Box::pin(put(tx, &marks)).await
}
