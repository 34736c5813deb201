//! Messages and signals under way between cases of any kind, and who listens to them.
//! Not here: who gets what (services), definitions that start by themselves (`approvals::starts`).
//! An event is taken away in the transaction that delivers it, so two servers deliver it once.

use std::sync::LazyLock;

use sea_orm::Iterable as _;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{FromQueryResult as _, QueryTrait as _, Value};
use shared::approval::ApprovalStatus;
use shared::calendar::Instant;
use shared::ids::{CaseId, UserId};

use super::listeners;
use super::table::{self, code, small};
use crate::bulk::rows::Insert;
use crate::record::{CaseKind, Delivery, Receiver};
use crate::sql::{Bind as _, Sql, vals};
use crate::{Conn, Seal, StoreError, Tx};

/// Where a sealed value belongs. A word of its own, not the table's name: what is under way stays bound to it when the table is renamed.
pub(crate) const PLACE: &str = "approval_deliveries.sealed";

/// A row of `deliveries`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deliveries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub sent_at: i64,
    pub kind: String,
    pub name: String,
    pub sent_by: Option<Uuid>,
    pub initiator: Option<Uuid>,
    pub hops: i64,
    pub case_id: Option<Uuid>,
    pub case_kind: Option<String>,
    pub definition: Option<String>,
    pub definition_version: Option<i64>,
    pub element: Option<String>,
    pub key_id: String,
    pub sealed: Vec<u8>,
    pub rests_since: Option<i64>,
    pub keep_until: Option<i64>,
    pub incident: Option<i64>,
    pub area: Option<String>,
}

/// None is followed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

static INSERT: LazyLock<Insert> = LazyLock::new(|| table::insert::<Entity>(Column::iter()));

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
    let value = |column| match column {
        Column::Id => d.id.bind(),
        Column::SentAt => d.sent_at.bind(),
        Column::Kind => d.kind.bind(),
        Column::Name => d.name.as_str().bind(),
        Column::SentBy => d.sent_by.bind(),
        Column::Initiator => d.initiator.bind(),
        Column::Hops => d.hops.bind(),
        Column::CaseId => case.map(|(id, _)| id).bind(),
        Column::CaseKind => case.map(|(_, kind)| kind).bind(),
        Column::Definition => start.map(|(definition, ..)| definition).bind(),
        Column::DefinitionVersion => start.map(|(_, version, _)| version).bind(),
        Column::Element => start.map(|(.., element)| element).bind(),
        Column::KeyId => seal.key_id().bind(),
        Column::Sealed => sealed.as_slice().bind(),
        Column::RestsSince => d.rests_since.bind(),
        Column::KeepUntil => d.keep_until.bind(),
        Column::Incident => d.incident.bind(),
        Column::Area => d.area.as_deref().bind(),
    };
    Ok(Column::iter().map(value).collect())
}

fn delivery(m: Model, seal: &Seal) -> Result<Delivery, StoreError> {
    let variables = seal.open(&m.key_id, PLACE, m.id.as_bytes(), &m.sealed)?;
    let receiver = match (m.case_id, m.definition, m.definition_version, m.element) {
        (Some(case), ..) => {
            let kind = m.case_kind.as_deref().map(code).transpose()?;
            Receiver::Case(CaseId(case), kind.unwrap_or(CaseKind::Approval))
        }
        (None, Some(definition), Some(version), Some(element)) => Receiver::Start {
            definition,
            version: small(version)?,
            element,
        },
        _ => Receiver::Open,
    };
    Ok(Delivery {
        id: m.id,
        sent_at: Instant(m.sent_at),
        kind: code(&m.kind)?,
        name: m.name,
        sent_by: m.sent_by.map(CaseId),
        initiator: m.initiator.map(UserId),
        hops: small(m.hops)?,
        receiver,
        variables: String::from_utf8(variables).map_err(|e| StoreError::Broken(e.into()))?,
        rests_since: m.rests_since.map(Instant),
        keep_until: m.keep_until.map(Instant),
        incident: m.incident.map(small).transpose()?,
        area: m.area,
    })
}

/// Puts an event on its way.
pub async fn send(tx: &Tx, delivery: &Delivery) -> Result<(), StoreError> {
    let row = values(delivery, tx.handle().seal())?;
    table::put(tx, *INSERT, std::iter::once(row)).await
}

/// Events that can be delivered, oldest first; those for a case whose clocks stand wait.
pub async fn under_way(conn: &dyn Conn, limit: u32) -> Result<Vec<Uuid>, StoreError> {
    // Text: the order leads, and each row is looked up beside it.
    let sql = Sql::new(
        "select d.id from deliveries d left join approvals a on a.id = d.case_id
         where d.rests_since is null and d.incident is null and (a.id is null or a.status not in (?, ?)) order by d.sent_at, d.id limit ?",
        vals![ApprovalStatus::Correcting, ApprovalStatus::Suspended, limit],
    );
    let rows = conn.handle().all(sql).await?;
    rows.iter()
        .map(|row| row.try_get("", "id").map_err(StoreError::from))
        .collect()
}

/// Messages that rest are handed out again: those of these names, or all.
pub async fn wake(tx: &Tx, names: Option<&[&str]>) -> Result<u64, StoreError> {
    let mut awake = Entity::update_many()
        .col_expr(Column::RestsSince, Expr::value(None::<i64>))
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
        .filter(Column::KeepUntil.lte(now.0));
    let h = tx.handle();
    h.run(Sql::built(over.build(h.backend()))).await
}

/// How many messages rest, and whether the time of one is over.
pub async fn resting(conn: &dyn Conn) -> Result<i64, StoreError> {
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
        let of = Column::CaseId
            .eq(id.0)
            .and(Column::Incident.eq(i64::from(*n)));
        if released.contains(n) {
            let again = Entity::update_many()
                .col_expr(Column::Incident, Expr::value(None::<i64>))
                .filter(of);
            h.change(&again).await?;
        } else {
            let over = Entity::delete_many().filter(of);
            h.run(Sql::built(over.build(h.backend()))).await?;
        }
    }
    Ok(())
}

/// Takes an event away; `None` when another server has taken it.
pub async fn take(tx: &Tx, id: Uuid) -> Result<Option<Delivery>, StoreError> {
    let h = tx.handle();
    let sql = Sql::new("delete from deliveries where id = ? returning *", vals![id]);
    let Some(row) = h.one(sql).await? else {
        return Ok(None);
    };
    delivery(Model::from_query_result(&row, "")?, h.seal()).map(Some)
}

/// Cases that listen to an event, the sender left out, in its area, by their age; at most so many, behind `after`.
pub async fn listeners(
    conn: &dyn Conn,
    event: &Delivery,
    page: (Option<CaseId>, u32),
) -> Result<Vec<(CaseId, CaseKind)>, StoreError> {
    listeners::to(conn, event, page).await
}

/// The division code of a case.
pub async fn region_of(conn: &dyn Conn, id: CaseId) -> Result<Option<String>, StoreError> {
    let sql = Sql::new(
        "select region from approvals where id = ? union all select region from tickets where id = ?",
        vals![id, id],
    );
    let row = conn.handle().one(sql).await?;
    row.map(|row| row.try_get("", "region").map_err(StoreError::from))
        .transpose()
}

/// The oldest case that listens to a message and is kin of a case: the one that started it, or one that it started.
pub async fn kin_listening(
    conn: &dyn Conn,
    name: &str,
    of: CaseId,
) -> Result<Option<(CaseId, CaseKind)>, StoreError> {
    listeners::kin(conn, name, of).await
}

/// A case's number, as its events name it.
pub async fn number_of(conn: &dyn Conn, id: CaseId) -> Result<Option<String>, StoreError> {
    let sql = Sql::new(
        "select approval_no as no from approvals where id = ? union all select ticket_no from tickets where id = ?",
        vals![id, id],
    );
    let row = conn.handle().one(sql).await?;
    row.map(|row| row.try_get("", "no").map_err(StoreError::from))
        .transpose()
}

/// The case with this number, if it listens to a message.
pub async fn listening(
    conn: &dyn Conn,
    name: &str,
    number: &str,
) -> Result<Option<(CaseId, CaseKind)>, StoreError> {
    listeners::numbered(conn, name, number).await
}
