//! Loading a case inside a scope, in a constant number of queries.
//! Not here: saving (`save`).
//! Inside a write transaction on PostgreSQL the ticket's row is locked, so that two verbs on one ticket follow each other.

use std::collections::BTreeMap;

use shared::access::Scope;
use shared::ids::{AssignmentId, CaseId, TicketId, UserId};
use shared::ticket::TicketNo;
use uuid::Uuid;

use super::assignments;
use crate::database::Handle;
use crate::host::{events, hung, tasks};
use crate::record::{Application, Case, Event, FollowUp, Instance, Rating, Ticket};
use crate::scope::reaches;
use crate::sql::{Bind as _, Reader, Sql, vals};
use crate::tickets::row;
use crate::{Conn, StoreError};

/// A case inside the scope; `None` outside of it.
pub async fn load(
    conn: &dyn Conn,
    scope: &Scope,
    id: TicketId,
) -> Result<Option<Case>, StoreError> {
    let mut condition = Sql::new(" where t.id = ?", vals![id]);
    condition.append(reaches(scope));
    find(conn.handle(), " from tickets t", condition).await
}

/// The case of an assignment, inside the scope.
pub async fn load_by_assignment(
    conn: &dyn Conn,
    scope: &Scope,
    id: AssignmentId,
) -> Result<Option<Case>, StoreError> {
    let mut condition = Sql::new(
        " where t.id = (select a.ticket_id from assignments a where a.id = ?)",
        vals![id],
    );
    condition.append(reaches(scope));
    find(conn.handle(), " from tickets t", condition).await
}

/// The citizen's own case by number and the hash of number and code (`Seal::query_code_hash`).
pub async fn load_public(
    conn: &dyn Conn,
    no: &TicketNo,
    code_hash: &[u8],
) -> Result<Option<Case>, StoreError> {
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
    let sql = "select ticket_id, query_code_hash from ticket_keys where ticket_no = ?";
    let row = conn.handle().one(Sql::new(sql, vals![no.as_str()])).await?;
    let (id, kept) = match row {
        Some(row) => {
            let mut r = Reader::new(&row);
            (Some(TicketId(r.get()?)), r.get::<Vec<u8>>()?)
        }
        None => (None, vec![0; code_hash.len()]),
    };
    let same = aws_lc_rs::constant_time::verify_slices_are_equal(&kept, code_hash).is_ok();
    Ok(id.filter(|_| same))
}

/// Any case, for the consistency check and for jobs of the system itself; never on behalf of a person.
pub async fn load_unscoped_for_check(
    conn: &dyn Conn,
    id: TicketId,
) -> Result<Option<Case>, StoreError> {
    load(conn, &Scope::All, id).await
}

/// Running cases for the consistency check, many in four queries: ticket, assignments, tasks and process, nothing else of them.
pub(crate) async fn load_running_for_check(
    conn: &dyn Conn,
    ids: &[TicketId],
) -> Result<Vec<Case>, StoreError> {
    let h = conn.handle();
    let of = |columns: &'static str, from: &'static str, order: &'static str| {
        let mut sql = Sql::new("select ", vals![]);
        sql.text(columns)
            .text(from)
            .list(ids.iter().map(|id| id.bind()).collect())
            .text(order);
        sql
    };
    let mut cases = BTreeMap::new();
    for row in h
        .all(of(row::COLUMNS, " from tickets t where t.id in ", ""))
        .await?
    {
        let ticket = row::read(&row, h.seal())?;
        cases.insert(ticket.id, Case::of(ticket));
    }
    let units = of(
        assignments::ASSIGNMENT_COLUMNS,
        " from assignments where ticket_id in ",
        " order by dispatched_at, id",
    );
    for row in h.all(units).await? {
        let assignment = assignments::read(&row)?;
        if let Some(case) = cases.get_mut(&assignment.ticket_id) {
            case.assignments.push(assignment);
        }
    }
    let all: Vec<CaseId> = ids.iter().map(|id| (*id).into()).collect();
    for task in tasks::of_cases(h, &all).await? {
        if let Some(case) = cases.get_mut(&TicketId(task.case_id.0)) {
            case.hung.tasks.push(task);
        }
    }
    let processes = of(
        "ticket_id, definition, definition_version, state",
        " from instances where ticket_id in ",
        "",
    );
    for row in h.all(processes).await? {
        let mut r = Reader::new(&row);
        let id = TicketId(r.get()?);
        let instance = read_instance(&mut r, id)?;
        if let Some(case) = cases.get_mut(&id) {
            case.instance = Some(instance);
        }
    }
    Ok(cases.into_values().collect())
}

/// The history of a ticket; the caller has loaded the case inside a scope before.
pub async fn history(conn: &dyn Conn, id: TicketId) -> Result<Vec<Event>, StoreError> {
    events::of_case(conn, id.into()).await
}

async fn find(
    h: Handle<'_>,
    from: &'static str,
    condition: Sql,
) -> Result<Option<Case>, StoreError> {
    let mut sql = Sql::new("select ", vals![]);
    sql.text(row::COLUMNS).text(from).append(condition);
    if h.locks_rows() {
        sql.text(" for update of t");
    }
    match h.one(sql).await? {
        Some(found) => Ok(Some(complete(h, row::read(&found, h.seal())?).await?)),
        None => Ok(None),
    }
}

async fn complete(h: Handle<'_>, ticket: Ticket) -> Result<Case, StoreError> {
    let id = ticket.id;
    Ok(Case {
        assignments: assignments::of_ticket(h, id).await?,
        applications: applications(h, id).await?,
        follow_ups: follow_ups(h, id).await?,
        ratings: ratings(h, id).await?,
        hung: hung::of_case(h, id.into()).await?,
        instance: instance(h, id).await?,
        last_seq: i32::try_from(events::last_seq(h, id.into()).await?).unwrap_or(i32::MAX),
        ticket,
    })
}

async fn instance(h: Handle<'_>, id: TicketId) -> Result<Option<Instance>, StoreError> {
    let row = h
        .one(Sql::new(
            "select definition, definition_version, state from instances where ticket_id = ?",
            vals![id],
        ))
        .await?;
    row.map(|row| read_instance(&mut Reader::new(&row), id))
        .transpose()
}

fn read_instance(r: &mut Reader<'_>, ticket_id: TicketId) -> Result<Instance, StoreError> {
    Ok(Instance {
        ticket_id,
        definition: r.get()?,
        definition_version: r.int()?,
        state: r.get()?,
    })
}

async fn applications(h: Handle<'_>, id: TicketId) -> Result<Vec<Application>, StoreError> {
    let sql = "select id, assignment_id, reason, explanation, suggested_unit, asked_at, asked_by, status, decided_at, decided_by, opinion
         from applications where ticket_id = ? order by asked_at, id";
    let rows = h.all(Sql::new(sql, vals![id])).await?;
    rows.iter()
        .map(|row| {
            let mut r = Reader::new(row);
            Ok(Application {
                id: r.get()?,
                ticket_id: id,
                assignment_id: AssignmentId(r.get()?),
                reason: r.code()?,
                explanation: r.get()?,
                suggested_unit: r.get()?,
                asked_at: r.at()?,
                asked_by: r.get::<Option<Uuid>>()?.map(UserId),
                status: r.code()?,
                decided_at: r.opt_at()?,
                decided_by: r.get::<Option<Uuid>>()?.map(UserId),
                opinion: r.get()?,
            })
        })
        .collect()
}

async fn follow_ups(h: Handle<'_>, id: TicketId) -> Result<Vec<FollowUp>, StoreError> {
    let sql = "select id, cycle_no, at, by_user, by_name, channel, connected, staff_contacted, report_true, solved, satisfaction, opinion
         from follow_ups where ticket_id = ? order by at, id";
    let rows = h.all(Sql::new(sql, vals![id])).await?;
    rows.iter()
        .map(|row| {
            let mut r = Reader::new(row);
            Ok(FollowUp {
                id: r.get()?,
                ticket_id: id,
                cycle_no: r.int()?,
                at: r.at()?,
                by: r.get::<Option<Uuid>>()?.map(UserId),
                by_name: r.get()?,
                channel: r.code()?,
                connected: r.get()?,
                staff_contacted: r.get()?,
                report_true: r.get()?,
                solved: r.opt_code()?,
                satisfaction: r.opt_code()?,
                opinion: r.get()?,
            })
        })
        .collect()
}

async fn ratings(h: Handle<'_>, id: TicketId) -> Result<Vec<Rating>, StoreError> {
    let sql = "select id, cycle_no, at, source, satisfaction, solved, words from ratings where ticket_id = ? order by at, id";
    let rows = h.all(Sql::new(sql, vals![id])).await?;
    rows.iter()
        .map(|row| {
            let mut r = Reader::new(row);
            Ok(Rating {
                id: r.get()?,
                ticket_id: id,
                cycle_no: r.int()?,
                at: r.at()?,
                source: r.code()?,
                satisfaction: r.code()?,
                solved: r.opt_code()?,
                words: r.get()?,
            })
        })
        .collect()
}
