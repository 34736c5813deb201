//! What stopped a case, until its owner settles it.
//! Not here: lists of open ones in a scope (`approvals::owner`), what is to be done about them (services).

use std::sync::LazyLock;

use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, QueryOrder as _, QueryResult, Value};
use shared::access::Scope;
use shared::ids::{ApplicationId, CaseId, TicketId};

use crate::bulk::rows::Insert;
use crate::database::Handle;
use crate::entity::case::incident::{Beside, Column, Entity, Model, moves};
use crate::entity::{Col, table};
use crate::record::{CaseKind, Incident};
use crate::scope::reaches;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

/// Whose incident: the case, its kind, and the definition on which it runs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Of<'a> {
    pub(crate) id: CaseId,
    pub(crate) kind: CaseKind,
    pub(crate) definition: &'a str,
}

static PUT: LazyLock<Insert> = LazyLock::new(|| table::upsert::<Entity>(moves()));

/// All columns for a text with the alias `k`, to be read by `read`.
pub(crate) static NAMED: LazyLock<&str> = LazyLock::new(table::named::<Entity>);

fn values(of: Of<'_>, incident: &Incident) -> Vec<Value> {
    incident.values(Beside {
        case_id: of.id,
        case_kind: of.kind,
        definition: of.definition.to_owned(),
    })
}

/// An incident out of a row that was asked for with `NAMED`.
pub(crate) fn read(row: &QueryResult) -> Result<Incident, StoreError> {
    Ok(Model::from_query_result(row, "k_")?.into())
}

/// The incidents of a case, settled ones included.
pub(crate) async fn of_case(h: Handle<'_>, id: CaseId) -> Result<Vec<Incident>, StoreError> {
    let select = Entity::find()
        .filter(Column::CaseId.eq(Col(id)))
        .order_by_asc(Column::N);
    h.records(select).await
}

/// On which kind of case there is an incident.
pub async fn kind_of(conn: &dyn Conn, id: CaseId) -> Result<Option<CaseKind>, StoreError> {
    let select = Entity::find().filter(Column::CaseId.eq(Col(id)));
    let found = conn.handle().find_one(select).await?;
    Ok(found.map(|m| m.case_kind.0))
}

/// What tells whose incident a row is.
#[derive(FromQueryResult)]
struct Whose {
    ticket: Col<TicketId>,
    no: String,
    version: Col<i32>,
}

/// Open incidents of tickets in a scope, oldest first, with id, number and version of their tickets.
pub async fn of_tickets(
    conn: &dyn Conn,
    scope: &Scope,
    limit: u32,
) -> Result<Vec<(TicketId, String, i32, Incident)>, StoreError> {
    // Text: incidents lead, few as they are.
    let mut sql = Sql::new(
        "select t.id as ticket, t.ticket_no as no, t.version as version, ",
        vals![],
    );
    sql.text(*NAMED)
        .push(
            " from incidents k cross join tickets t where k.settled_at is null and k.case_kind = ? and t.id = k.case_id",
            vals![CaseKind::Ticket],
        )
        .append(reaches(scope))
        .push(" order by k.opened_at, k.case_id, k.n limit ?", vals![limit]);
    let rows = conn.handle().all(sql).await?;
    rows.iter()
        .map(|row| {
            let whose = Whose::from_query_result(row, "")?;
            Ok((whose.ticket.0, whose.no, whose.version.0, read(row)?))
        })
        .collect()
}

/// An open incident of an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoppedApplication {
    pub application: ApplicationId,
    /// The application's number.
    pub no: String,
    /// The application's version.
    pub version: i32,
    pub ticket: TicketId,
    pub incident: Incident,
}

/// What tells whose incident of an application a row is.
#[derive(FromQueryResult)]
struct WhoseApplication {
    application: Col<ApplicationId>,
    no: String,
    version: Col<i32>,
    ticket: Col<TicketId>,
}

/// Open incidents of applications whose ticket is in a scope, oldest first.
pub async fn of_applications(
    conn: &dyn Conn,
    scope: &Scope,
    limit: u32,
) -> Result<Vec<StoppedApplication>, StoreError> {
    // Text: incidents lead, few as they are.
    let mut sql = Sql::new(
        "select q.id as application, q.application_no as no, q.version as version, q.ticket_id as ticket, ",
        vals![],
    );
    sql.text(*NAMED)
        .push(
            " from incidents k cross join applications q cross join tickets t where k.settled_at is null and k.case_kind = ? and q.id = k.case_id and t.id = q.ticket_id",
            vals![CaseKind::Application],
        )
        .append(reaches(scope))
        .push(" order by k.opened_at, k.case_id, k.n limit ?", vals![limit]);
    let rows = conn.handle().all(sql).await?;
    rows.iter()
        .map(|row| {
            let whose = WhoseApplication::from_query_result(row, "")?;
            Ok(StoppedApplication {
                application: whose.application.0,
                no: whose.no,
                version: whose.version.0,
                ticket: whose.ticket.0,
                incident: read(row)?,
            })
        })
        .collect()
}

/// Writes what is new or has changed.
pub(crate) async fn save(
    tx: &Tx,
    of: Of<'_>,
    before: &[Incident],
    after: &[Incident],
) -> Result<(), StoreError> {
    let changed = after.iter().filter(|incident| !before.contains(incident));
    table::put(tx, *PUT, changed.map(|incident| values(of, incident))).await
}

/// Notes what stopped a verb that is not saved itself; the same trouble again only counts its tries. Its number.
pub(crate) async fn note(
    tx: &Tx,
    of: Of<'_>,
    known: &[Incident],
    incident: Incident,
) -> Result<i32, StoreError> {
    let about = |i: &Incident| (i.kind, i.element.clone(), i.task_no, i.timer_no);
    let same = known
        .iter()
        .find(|i| i.settled_at.is_none() && about(i) == about(&incident));
    let noted = match same {
        Some(known) => Incident {
            n: known.n,
            tries: known.tries + 1,
            opened_at: known.opened_at,
            ..incident
        },
        None => Incident {
            n: known.iter().map(|i| i.n).max().unwrap_or(0) + 1,
            ..incident
        },
    };
    table::put(tx, *PUT, std::iter::once(values(of, &noted))).await?;
    Ok(noted.n)
}
