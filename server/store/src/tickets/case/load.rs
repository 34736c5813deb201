//! Loading a case inside a scope, in a constant number of queries.
//! Not here: saving (`save`).
//! Inside a write transaction on PostgreSQL the ticket's row is locked, so that two verbs on one ticket follow each other.

use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder as _};
use shared::access::Scope;
use shared::ids::{AssignmentId, CaseId, TicketId};
use shared::ticket::TicketNo;

use super::many::with_assignments;
use crate::database::Handle;
use crate::entity::Col;
use crate::entity::ticket::{
    assignment, contact, follow_up, instance, questionnaire, rating, site_record, ticket_key,
    ticket_link, transfer,
};
use crate::host::{events, hung, listeners, tasks, timers};
use crate::record::{Event, Instance, Ticket, TicketCase};
use crate::scope::reaches;
use crate::sql::{Sql, vals};
use crate::tickets::{merged, row};
use crate::{Conn, StoreError, Warrant, applications};

/// A case inside the scope; `None` outside of it.
pub async fn load(
    conn: &dyn Conn,
    scope: &Scope,
    id: TicketId,
) -> Result<Option<TicketCase>, StoreError> {
    let mut condition = Sql::new(" where t.id = ?", vals![id]);
    condition.append(reaches(scope));
    Box::pin(find(conn.handle(), " from tickets t", condition)).await
}

/// The case of an assignment, inside the scope.
pub async fn load_by_assignment(
    conn: &dyn Conn,
    scope: &Scope,
    id: AssignmentId,
) -> Result<Option<TicketCase>, StoreError> {
    let mut condition = Sql::new(
        " where t.id = (select a.ticket_id from assignments a where a.id = ?)",
        vals![id],
    );
    condition.append(reaches(scope));
    Box::pin(find(conn.handle(), " from tickets t", condition)).await
}

/// The citizen's own case by number and the hash of number and code (`Seal::query_code_hash`).
pub async fn load_public(
    conn: &dyn Conn,
    no: &TicketNo,
    code_hash: &[u8],
) -> Result<Option<TicketCase>, StoreError> {
    match own(conn, no, code_hash).await? {
        Some(id) => load(conn, &Scope::All, id).await,
        None => Ok(None),
    }
}

/// Whether the hash of number and code is the ticket's; compared in constant time, and a missing number takes as long.
pub async fn code_fits(
    conn: &dyn Conn,
    no: &TicketNo,
    code_hash: &[u8],
) -> Result<bool, StoreError> {
    Ok(own(conn, no, code_hash).await?.is_some())
}

async fn own(
    conn: &dyn Conn,
    no: &TicketNo,
    code_hash: &[u8],
) -> Result<Option<TicketId>, StoreError> {
    let key = ticket_key::Entity::find_by_id(Col(no.as_str().to_owned()));
    let (id, kept) = match conn.handle().find_one(key).await? {
        Some(key) => (Some(key.ticket_id.0), key.query_code_hash.0),
        None => (None, vec![0; code_hash.len()]),
    };
    let same = aws_lc_rs::constant_time::verify_slices_are_equal(&kept, code_hash).is_ok();
    Ok(id.filter(|_| same))
}

/// Any case, for jobs of the system itself; never on behalf of a person.
pub async fn load_unscoped(
    conn: &dyn Conn,
    _: &Warrant,
    id: TicketId,
) -> Result<Option<TicketCase>, StoreError> {
    load(conn, &Scope::All, id).await
}

/// Any case, for the consistency check.
pub(crate) async fn load_for_check(
    conn: &dyn Conn,
    id: TicketId,
) -> Result<Option<TicketCase>, StoreError> {
    load(conn, &Scope::All, id).await
}

/// Running cases for the consistency check, many in six queries: ticket, assignments, tasks, timers, listeners and process, nothing else of them.
pub(crate) async fn load_running_for_check(
    conn: &dyn Conn,
    ids: &[TicketId],
) -> Result<Vec<TicketCase>, StoreError> {
    let h = conn.handle();
    let mut cases = with_assignments(h, ids).await?;
    let all: Vec<CaseId> = ids.iter().map(|id| (*id).into()).collect();
    for task in tasks::of_cases(h, &all).await? {
        if let Some(case) = cases.get_mut(&TicketId(task.case_id.0)) {
            case.hung.tasks.push(task);
        }
    }
    for (id, timer) in timers::of_cases(h, &all).await? {
        if let Some(case) = cases.get_mut(&TicketId(id.0)) {
            case.hung.timers.push(timer);
        }
    }
    for (id, heard) in listeners::of_cases(h, &all).await? {
        if let Some(case) = cases.get_mut(&TicketId(id.0)) {
            case.hung.listens.insert(heard);
        }
    }
    let known = ids.iter().map(|id| Col(*id));
    let processes = instance::Entity::find().filter(instance::Column::TicketId.is_in(known));
    for process in h.records::<_, Instance>(processes).await? {
        if let Some(case) = cases.get_mut(&process.ticket_id) {
            case.instance = Some(process);
        }
    }
    Ok(cases.into_values().collect())
}

/// The history of a ticket; the caller has loaded the case inside a scope before.
pub async fn history(conn: &dyn Conn, id: TicketId) -> Result<Vec<Event>, StoreError> {
    events::of_case(conn, id.into()).await
}

pub(super) async fn find(
    h: Handle<'_>,
    from: &'static str,
    condition: Sql,
) -> Result<Option<TicketCase>, StoreError> {
    // Text: the scope is one, and the row is locked.
    let mut sql = Sql::new("select ", vals![]);
    sql.text(*row::COLUMNS).text(from).append(condition);
    if h.locks_rows() {
        sql.text(" for update of t");
    }
    match h.one(sql).await? {
        Some(found) => {
            let ticket = row::read(&found, h.seal())?;
            // What hangs on a ticket that was found is asked for by its id alone.
            Ok(Some(Box::pin(complete(h.beside(), ticket)).await?))
        }
        None => Ok(None),
    }
}

async fn complete(h: Handle<'_>, ticket: Ticket) -> Result<TicketCase, StoreError> {
    let id = Col(ticket.id);
    let assignments = assignment::Entity::find()
        .filter(assignment::Column::TicketId.eq(id))
        .order_by_asc(assignment::Column::DispatchedAt)
        .order_by_asc(assignment::Column::Id);
    let contacts = contact::Entity::find()
        .filter(contact::Column::TicketId.eq(id))
        .order_by_asc(contact::Column::At)
        .order_by_asc(contact::Column::Id);
    let site_records = site_record::Entity::find()
        .filter(site_record::Column::TicketId.eq(id))
        .order_by_asc(site_record::Column::At)
        .order_by_asc(site_record::Column::Id);
    let transfers = transfer::Entity::find()
        .filter(transfer::Column::TicketId.eq(id))
        .order_by_asc(transfer::Column::N);
    let either = Condition::any()
        .add(ticket_link::Column::TicketId.eq(id))
        .add(ticket_link::Column::OtherId.eq(id));
    let links = ticket_link::Entity::find()
        .filter(either)
        .order_by_asc(ticket_link::Column::At)
        .order_by_asc(ticket_link::Column::TicketId)
        .order_by_asc(ticket_link::Column::N);
    let follow_ups = follow_up::Entity::find()
        .filter(follow_up::Column::TicketId.eq(id))
        .order_by_asc(follow_up::Column::At)
        .order_by_asc(follow_up::Column::Id);
    let ratings = rating::Entity::find()
        .filter(rating::Column::TicketId.eq(id))
        .order_by_asc(rating::Column::At)
        .order_by_asc(rating::Column::Id);
    let questionnaires = questionnaire::Entity::find()
        .filter(questionnaire::Column::TicketId.eq(id))
        .order_by_asc(questionnaire::Column::MadeAt)
        .order_by_asc(questionnaire::Column::Id);
    let case = CaseId::from(ticket.id);
    let (merged, joined) = Box::pin(merged::of_case(h, ticket.id)).await?;
    Ok(TicketCase {
        assignments: h.records(assignments).await?,
        applications: applications::of_ticket(h, ticket.id).await?,
        contacts: h.records(contacts).await?,
        site_records: h.records(site_records).await?,
        transfers: h.records(transfers).await?,
        links: h.records(links).await?,
        follow_ups: h.records(follow_ups).await?,
        ratings: h.records(ratings).await?,
        questionnaires: h.records(questionnaires).await?,
        merged,
        joined,
        hung: hung::of_case(h, case).await?,
        instance: h
            .find_one(instance::Entity::find_by_id(id))
            .await?
            .map(Into::into),
        last_seq: i32::try_from(events::last_seq(h, case).await?).unwrap_or(i32::MAX),
        ticket,
    })
}
