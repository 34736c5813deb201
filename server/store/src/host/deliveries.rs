//! Messages and signals under way between cases of any kind, and who listens to them.
//! Not here: who gets what (services), definitions that start by themselves (`approvals::starts`).
//! An event is taken away in the transaction that delivers it, so two servers deliver it once.

use std::sync::LazyLock;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait as _;
use sea_orm::{FromQueryResult, Value};
use shared::approval::ApprovalStatus;
use shared::calendar::Instant;
use shared::ids::CaseId;

use super::listeners;
use crate::bulk::rows::Insert;
use crate::entity::case::delivery::{ActiveModel, Column, Entity, Model};
use crate::entity::{Col, table};
use crate::record::{CaseKind, Delivery, Receiver};
use crate::sql::{Bind as _, Sql, vals};
use crate::{Conn, Seal, StoreError, Tx};

/// Where a sealed value belongs. A word of its own, not the table's name: what is under way stays bound to it when the table is renamed.
pub(crate) const PLACE: &str = "approval_deliveries.sealed";

static INSERT: LazyLock<Insert> = LazyLock::new(table::insert::<Entity>);

fn values(d: &Delivery, seal: &Seal) -> Result<Vec<Value>, StoreError> {
    let sealed = seal.seal(PLACE, d.id.as_bytes(), d.variables.as_bytes())?;
    let (case, start) = match &d.receiver {
        Receiver::Open => (None, None),
        Receiver::Case(id, kind) => (Some((*id, *kind)), None),
        Receiver::Start {
            definition,
            version,
            element,
        } => (None, Some((definition, *version, element))),
    };
    let row = Model {
        id: d.id,
        sent_at: d.sent_at.into(),
        kind: d.kind.into(),
        name: d.name.clone(),
        sent_by: d.sent_by.into(),
        initiator: d.initiator.into(),
        hops: d.hops.into(),
        case_id: case.map(|(id, _)| id).into(),
        case_kind: case.map(|(_, kind)| kind).into(),
        definition: start.map(|(definition, ..)| definition.clone()),
        definition_version: start.map(|(_, version, _)| version).into(),
        element: start.map(|(.., element)| element.clone()),
        key_id: seal.key_id().to_owned(),
        sealed,
        rests_since: d.rests_since.into(),
        keep_until: d.keep_until.into(),
        incident: d.incident.into(),
        area: d.area.clone(),
    };
    Ok(table::values(&row))
}

fn delivery(m: Model, seal: &Seal) -> Result<Delivery, StoreError> {
    let variables = seal.open(&m.key_id, PLACE, m.id.as_bytes(), &m.sealed)?;
    let receiver = match (m.case_id.0, m.definition, m.definition_version.0, m.element) {
        (Some(case), ..) => Receiver::Case(case, m.case_kind.0.unwrap_or(CaseKind::Approval)),
        (None, Some(definition), Some(version), Some(element)) => Receiver::Start {
            definition,
            version,
            element,
        },
        _ => Receiver::Open,
    };
    Ok(Delivery {
        id: m.id,
        sent_at: m.sent_at.0,
        kind: m.kind.0,
        name: m.name,
        sent_by: m.sent_by.0,
        initiator: m.initiator.0,
        hops: m.hops.0,
        receiver,
        variables: String::from_utf8(variables).map_err(|e| StoreError::Broken(e.into()))?,
        rests_since: m.rests_since.0,
        keep_until: m.keep_until.0,
        incident: m.incident.0,
        area: m.area,
    })
}

/// Puts an event on its way.
pub async fn send(tx: &Tx, delivery: &Delivery) -> Result<(), StoreError> {
    let row = values(delivery, tx.handle().seal())?;
    table::put(tx, *INSERT, std::iter::once(row)).await
}

#[derive(FromQueryResult)]
struct UnderWay {
    id: Uuid,
}

/// Events that can be delivered, oldest first; those for a case whose clocks stand wait.
pub async fn under_way(conn: &dyn Conn, limit: u32) -> Result<Vec<Uuid>, StoreError> {
    // Text: the order leads, and each row is looked up beside it.
    let sql = Sql::new(
        "select d.id from deliveries d left join approvals a on a.id = d.case_id
         where d.rests_since is null and d.incident is null and (a.id is null or a.status not in (?, ?)) order by d.sent_at, d.id limit ?",
        vals![ApprovalStatus::Correcting, ApprovalStatus::Suspended, limit],
    );
    let rows = conn.handle().rows::<UnderWay>(sql).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Messages that rest are handed out again: those of these names, or all.
pub async fn wake(tx: &Tx, names: Option<&[&str]>) -> Result<u64, StoreError> {
    let mut awake = Entity::update_many()
        .set(ActiveModel {
            rests_since: Set(None.into()),
            ..Default::default()
        })
        .filter(Column::RestsSince.is_not_null());
    if let Some(names) = names {
        awake = awake.filter(Column::Name.is_in(names.iter().copied()));
    }
    tx.handle().change(&awake).await
}

/// Messages whose time is over are gone; how many.
pub async fn expire(tx: &Tx, now: Instant) -> Result<u64, StoreError> {
    let over = Entity::delete_many()
        .filter(Column::RestsSince.is_not_null())
        .filter(Column::KeepUntil.lte(Col(now)));
    tx.handle().change(&over).await
}

/// How many messages rest.
pub async fn resting(conn: &dyn Conn) -> Result<i64, StoreError> {
    // Text: a count along a small index.
    let sql = Sql::new(
        "select count(*) from deliveries where rests_since is not null",
        vals![],
    );
    conn.handle().number(sql).await
}

/// Events that stopped at incidents: delivered once more, or over.
pub(super) async fn settle(
    tx: &Tx,
    id: CaseId,
    settled: &[i32],
    released: &[i32],
) -> Result<(), StoreError> {
    let h = tx.handle();
    for n in settled {
        let of = Column::CaseId.eq(Col(id)).and(Column::Incident.eq(Col(*n)));
        if released.contains(n) {
            let again = Entity::update_many()
                .set(ActiveModel {
                    incident: Set(None.into()),
                    ..Default::default()
                })
                .filter(of);
            h.change(&again).await?;
        } else {
            h.change(&Entity::delete_many().filter(of)).await?;
        }
    }
    Ok(())
}

/// Takes an event away; `None` when another server has taken it.
pub async fn take(tx: &Tx, id: Uuid) -> Result<Option<Delivery>, StoreError> {
    let h = tx.handle();
    // Text: the row that goes is given back.
    let sql = Sql::new("delete from deliveries where id = ? returning *", vals![id]);
    let taken = h.row::<Model>(sql).await?;
    taken.map(|row| delivery(row, h.seal())).transpose()
}

/// Cases that listen to an event, the sender left out, in its area, by their age; at most so many, behind `after`.
pub async fn listeners(
    conn: &dyn Conn,
    event: &Delivery,
    page: (Option<CaseId>, u32),
) -> Result<Vec<(CaseId, CaseKind)>, StoreError> {
    listeners::to(conn, event, page).await
}

#[derive(FromQueryResult)]
struct Word {
    word: String,
}

async fn word_of(
    conn: &dyn Conn,
    sql: &'static str,
    id: CaseId,
) -> Result<Option<String>, StoreError> {
    let row = conn
        .handle()
        .row::<Word>(Sql::new(sql, vec![id.bind(); sql.matches('?').count()]))
        .await?;
    Ok(row.map(|row| row.word))
}

/// The division code of a case.
pub async fn region_of(conn: &dyn Conn, id: CaseId) -> Result<Option<String>, StoreError> {
    // Text: of whatever kind it is.
    let sql = "select region as word from approvals where id = ? union all select region from tickets where id = ?
         union all select region from applications where id = ?";
    word_of(conn, sql, id).await
}

/// A case's number, as its events name it.
pub async fn number_of(conn: &dyn Conn, id: CaseId) -> Result<Option<String>, StoreError> {
    // Text: of whatever kind it is.
    let sql = "select approval_no as word from approvals where id = ? union all select ticket_no from tickets where id = ?
         union all select application_no from applications where id = ?";
    word_of(conn, sql, id).await
}

/// The oldest case that listens to a message and is kin of a case: the one that started it, or one that it started.
pub async fn kin_listening(
    conn: &dyn Conn,
    name: &str,
    of: CaseId,
) -> Result<Option<(CaseId, CaseKind)>, StoreError> {
    listeners::kin(conn, name, of).await
}

/// The case with this number, if it listens to a message.
pub async fn listening(
    conn: &dyn Conn,
    name: &str,
    number: &str,
) -> Result<Option<(CaseId, CaseKind)>, StoreError> {
    listeners::numbered(conn, name, number).await
}
