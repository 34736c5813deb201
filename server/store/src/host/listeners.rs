//! What running cases listen to: messages and signals by name.
//! Not here: events under way (`deliveries`).

use std::collections::BTreeSet;
use std::sync::LazyLock;

use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, Value};
use shared::approval::EventKind;
use shared::ids::CaseId;

use super::deliveries;
use crate::bulk::rows::Insert;
use crate::database::Handle;
use crate::entity::case::listener::{Beside, Column, Entity, Listener};
use crate::entity::{Col, table};
use crate::record::{CaseKind, Delivery};
use crate::scope::above;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

static INSERT: LazyLock<Insert> = LazyLock::new(table::insert::<Entity>);

/// Kind and name of each.
pub(crate) type Listens = BTreeSet<(EventKind, String)>;

fn values((case_id, case_kind): (CaseId, CaseKind), kind: EventKind, name: &str) -> Vec<Value> {
    let listener = Listener {
        case_id,
        kind,
        name: name.to_owned(),
        case_kind,
    };
    listener.values(Beside {})
}

/// What a case listens to.
pub(crate) async fn of_case(h: Handle<'_>, id: CaseId) -> Result<Listens, StoreError> {
    let select = Entity::find().filter(Column::CaseId.eq(Col(id)));
    let rows = h.find(select).await?;
    Ok(rows.into_iter().map(|m| (m.kind.0, m.name.0)).collect())
}

/// What some cases listen to.
pub(crate) async fn of_cases(
    h: Handle<'_>,
    ids: &[CaseId],
) -> Result<Vec<(CaseId, (EventKind, String))>, StoreError> {
    let select = Entity::find().filter(Column::CaseId.is_in(ids.iter().map(|id| Col(*id))));
    let rows = h.find(select).await?.into_iter();
    Ok(rows.map(|m| (m.case_id.0, (m.kind.0, m.name.0))).collect())
}

/// Writes the difference.
pub(crate) async fn save(
    tx: &Tx,
    case: (CaseId, CaseKind),
    before: &Listens,
    after: &Listens,
) -> Result<(), StoreError> {
    let h = tx.handle();
    for (kind, name) in before.difference(after) {
        let gone = Entity::delete_by_id((Col(case.0), Col(*kind), Col(name.clone())));
        h.change(&gone).await?;
    }
    let heard: Vec<&str> = after
        .difference(before)
        .filter(|(kind, _)| *kind == EventKind::Message)
        .map(|(_, name)| name.as_str())
        .collect();
    if !heard.is_empty() {
        deliveries::wake(tx, Some(&heard)).await?;
    }
    let fresh = after.difference(before);
    table::put(
        tx,
        *INSERT,
        fresh.map(|(kind, name)| values(case, *kind, name)),
    )
    .await
}

/// Cases that listen to an event, the sender left out, in its area, by their age; at most so many, behind `after`.
pub(super) async fn to(
    conn: &dyn Conn,
    event: &Delivery,
    (after, limit): (Option<CaseId>, u32),
) -> Result<Vec<(CaseId, CaseKind)>, StoreError> {
    // Text: one walk along the index of names, whatever is asked for beside it.
    let mut sql = Sql::new(
        "select l.case_id, l.case_kind from listeners l where l.kind = ? and l.name = ?",
        vals![event.kind, event.name.as_str()],
    );
    if let Some(but) = event.sent_by {
        sql.push(" and l.case_id <> ?", vals![but]);
    }
    if let Some(area) = event.area.as_deref() {
        let (from, to) = (area, above(area));
        sql.push(
            " and (exists (select 1 from approvals a where a.id = l.case_id and a.region >= ? and a.region < ?)
             or exists (select 1 from tickets t where t.id = l.case_id and t.region >= ? and t.region < ?)
             or exists (select 1 from applications q where q.id = l.case_id and q.region >= ? and q.region < ?))",
            vals![from, &to, from, &to, from, &to],
        );
    }
    if let Some(after) = after {
        sql.push(" and l.case_id > ?", vals![after]);
    }
    sql.push(" order by l.case_id limit ?", vals![limit]);
    cases(conn, sql).await
}

/// The oldest case that listens to a message and is kin of a case: the one that started it, or one that it started.
pub(super) async fn kin(
    conn: &dyn Conn,
    name: &str,
    of: CaseId,
) -> Result<Option<(CaseId, CaseKind)>, StoreError> {
    let sql = Sql::new(
        "select l.case_id, l.case_kind from listeners l where l.kind = 'M' and l.name = ? and l.case_id in
         (select a.caused_by from approvals a where a.id = ? and a.caused_by is not null union all select a.id from approvals a where a.caused_by = ?)
         order by l.case_id limit 1",
        vals![name, of, of],
    );
    Ok(cases(conn, sql).await?.pop())
}

/// The case with this number, if it listens to a message: an approval's, a ticket's or an application's.
pub(super) async fn numbered(
    conn: &dyn Conn,
    name: &str,
    number: &str,
) -> Result<Option<(CaseId, CaseKind)>, StoreError> {
    let sql = Sql::new(
        "select l.case_id, l.case_kind from listeners l where l.kind = 'M' and l.name = ? and l.case_id in
         (select a.id from approvals a where a.approval_no = ? union all select t.ticket_id from ticket_keys t where t.ticket_no = ?
          union all select q.id from applications q where q.application_no = ?)",
        vals![name, number, number, number],
    );
    Ok(cases(conn, sql).await?.pop())
}

#[derive(FromQueryResult)]
struct Found {
    case_id: Col<CaseId>,
    case_kind: Col<CaseKind>,
}

async fn cases(conn: &dyn Conn, sql: Sql) -> Result<Vec<(CaseId, CaseKind)>, StoreError> {
    let rows = conn.handle().rows::<Found>(sql).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.case_id.0, row.case_kind.0))
        .collect())
}
