//! Messages and signals under way between approvals, what running cases listen to, and the timers of definitions that start by themselves.
//! Not here: who gets what (services), the timers of running cases (`due`).
//! An event is taken away in the transaction that delivers it, so two servers deliver it once.

use shared::approval::{ApprovalStatus, EventKind};
use shared::calendar::Instant;
use shared::ids::{ApprovalId, UserId};
use uuid::Uuid;

use crate::record::{Delivery, Receiver, StartTimer};
use crate::sql::{Reader, Sql, vals};
use crate::{Conn, Seal, StoreError, Tx};

/// Where a sealed value belongs.
/// Where a sealed value belongs.
pub(crate) const PLACE: &str = "approval_deliveries.sealed";
const COLUMNS: &str = "id, sent_at, kind, name, sent_by, initiator, hops, approval_id, definition, definition_version, element, key_id, sealed";

/// Puts an event on its way.
pub async fn send(tx: &Tx, delivery: &Delivery) -> Result<(), StoreError> {
    let h = tx.handle();
    let sealed = h
        .seal()
        .seal(PLACE, delivery.id.as_bytes(), delivery.variables.as_bytes())?;
    let (case, start) = match &delivery.receiver {
        Receiver::Open => (None, None),
        Receiver::Case(id) => (Some(*id), None),
        Receiver::Start {
            definition,
            version,
            element,
        } => (None, Some((definition, *version, element))),
    };
    let sql = Sql::new(
        "insert into approval_deliveries (id, sent_at, kind, name, sent_by, initiator, hops, approval_id, definition, definition_version, element, key_id, sealed)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        vals![
            delivery.id,
            delivery.sent_at,
            delivery.kind,
            &delivery.name,
            delivery.sent_by,
            delivery.initiator,
            delivery.hops,
            case,
            start.map(|(definition, ..)| definition.clone()),
            start.map(|(_, version, _)| version),
            start.map(|(.., element)| element.clone()),
            h.seal().key_id(),
            sealed
        ],
    );
    h.run(sql).await.map(drop)
}

/// Events that can be delivered, oldest first; those for a case whose clocks stand wait.
pub async fn under_way(conn: &dyn Conn, limit: u32) -> Result<Vec<Uuid>, StoreError> {
    let sql = Sql::new(
        "select d.id from approval_deliveries d left join approvals a on a.id = d.approval_id
         where a.id is null or a.status not in (?, ?) order by d.sent_at, d.id limit ?",
        vals![ApprovalStatus::Correcting, ApprovalStatus::Suspended, limit],
    );
    conn.handle()
        .all(sql)
        .await?
        .iter()
        .map(|row| row.try_get_by_index(0).map_err(StoreError::from))
        .collect()
}

/// Takes an event away; `None` when another server has taken it.
pub async fn take(tx: &Tx, id: Uuid) -> Result<Option<Delivery>, StoreError> {
    let h = tx.handle();
    let mut sql = Sql::new(
        "delete from approval_deliveries where id = ? returning ",
        vals![id],
    );
    sql.text(COLUMNS);
    let row = h.one(sql).await?;
    row.map(|row| read(&mut Reader::new(&row), h.seal()))
        .transpose()
}

fn read(r: &mut Reader<'_>, seal: &Seal) -> Result<Delivery, StoreError> {
    let id: Uuid = r.get()?;
    let sent_at = r.at()?;
    let kind = r.code()?;
    let name = r.get()?;
    let (sent_by, initiator): (Option<Uuid>, Option<Uuid>) = (r.get()?, r.get()?);
    let hops = r.int()?;
    let case: Option<Uuid> = r.get()?;
    let (definition, version, element): (Option<String>, Option<i64>, Option<String>) =
        (r.get()?, r.get()?, r.get()?);
    let (key, sealed): (String, Vec<u8>) = (r.get()?, r.get()?);
    let variables = String::from_utf8(seal.open(&key, PLACE, id.as_bytes(), &sealed)?)
        .map_err(|e| StoreError::Broken(e.into()))?;
    let receiver = match (case, definition, version, element) {
        (Some(case), ..) => Receiver::Case(ApprovalId(case)),
        (None, Some(definition), Some(version), Some(element)) => Receiver::Start {
            definition,
            version: i32::try_from(version).map_err(|e| StoreError::Broken(e.into()))?,
            element,
        },
        _ => Receiver::Open,
    };
    Ok(Delivery {
        id,
        sent_at,
        kind,
        name,
        sent_by: sent_by.map(ApprovalId),
        initiator: initiator.map(UserId),
        hops,
        receiver,
        variables,
    })
}

/// Cases that listen, the sender left out, by their age; at most so many, behind `after`.
pub async fn listeners(
    conn: &dyn Conn,
    (kind, name): (EventKind, &str),
    but: Option<ApprovalId>,
    (after, limit): (Option<ApprovalId>, u32),
) -> Result<Vec<ApprovalId>, StoreError> {
    let mut sql = Sql::new(
        "select l.approval_id from approval_listeners l where l.kind = ? and l.name = ?",
        vals![kind, name],
    );
    if let Some(but) = but {
        sql.push(" and l.approval_id <> ?", vals![but]);
    }
    if let Some(after) = after {
        sql.push(" and l.approval_id > ?", vals![after]);
    }
    sql.push(" order by l.approval_id limit ?", vals![limit]);
    ids(conn, sql).await
}

/// The oldest case that listens to a message and is kin of a case: the one that started it, or one that it started.
pub async fn kin_listening(
    conn: &dyn Conn,
    name: &str,
    of: ApprovalId,
) -> Result<Option<ApprovalId>, StoreError> {
    let sql = Sql::new(
        "select l.approval_id from approval_listeners l where l.kind = 'M' and l.name = ? and l.approval_id in
         (select a.caused_by from approvals a where a.id = ? and a.caused_by is not null union all select a.id from approvals a where a.caused_by = ?)
         order by l.approval_id limit 1",
        vals![name, of, of],
    );
    Ok(ids(conn, sql).await?.pop())
}

/// The case with this number, if it listens to a message.
pub async fn listening(
    conn: &dyn Conn,
    name: &str,
    approval_no: &str,
) -> Result<Option<ApprovalId>, StoreError> {
    let sql = Sql::new(
        "select l.approval_id from approval_listeners l where l.kind = 'M' and l.name = ? and l.approval_id =
         (select a.id from approvals a where a.approval_no = ?)",
        vals![name, approval_no],
    );
    Ok(ids(conn, sql).await?.pop())
}

async fn ids(conn: &dyn Conn, sql: Sql) -> Result<Vec<ApprovalId>, StoreError> {
    conn.handle()
        .all(sql)
        .await?
        .iter()
        .map(|row| {
            row.try_get_by_index(0)
                .map(ApprovalId)
                .map_err(StoreError::from)
        })
        .collect()
}

/// Sets when new cases start on a version, in place of what was set for it.
pub async fn set_start_timers(
    tx: &Tx,
    (definition, version): (&str, i32),
    timers: &[StartTimer],
) -> Result<(), StoreError> {
    let h = tx.handle();
    h.run(Sql::new(
        "delete from process_timers where definition = ? and definition_version = ?",
        vals![definition, version],
    ))
    .await?;
    for timer in timers {
        put_start_timer(tx, timer).await?;
    }
    Ok(())
}

/// Sets one timer again.
pub async fn put_start_timer(tx: &Tx, timer: &StartTimer) -> Result<(), StoreError> {
    let sql = Sql::new(
        "insert into process_timers (definition, definition_version, element, kind, spec, due_at, initiator) values (?, ?, ?, ?, ?, ?, ?)",
        vals![
            &timer.definition,
            timer.version,
            &timer.element,
            &timer.kind,
            &timer.spec,
            timer.due_at,
            timer.initiator
        ],
    );
    tx.handle().run(sql).await.map(drop)
}

/// Timers at which cases are to start now, in the order of their times.
pub async fn start_timers_due(
    conn: &dyn Conn,
    now: Instant,
    limit: u32,
) -> Result<Vec<StartTimer>, StoreError> {
    let sql = Sql::new(
        "select definition, definition_version, element, kind, spec, due_at, initiator from process_timers where due_at <= ? order by due_at, definition, element limit ?",
        vals![now, limit],
    );
    conn.handle()
        .all(sql)
        .await?
        .iter()
        .map(|row| {
            let mut r = Reader::new(row);
            Ok(StartTimer {
                definition: r.get()?,
                version: r.int()?,
                element: r.get()?,
                kind: r.get()?,
                spec: r.get()?,
                due_at: r.at()?,
                initiator: UserId(r.get()?),
            })
        })
        .collect()
}

/// Takes a timer away; false when another server has.
pub async fn take_start_timer(tx: &Tx, timer: &StartTimer) -> Result<bool, StoreError> {
    let sql = Sql::new(
        "delete from process_timers where definition = ? and definition_version = ? and element = ? and due_at = ?",
        vals![
            &timer.definition,
            timer.version,
            &timer.element,
            timer.due_at
        ],
    );
    Ok(tx.handle().run(sql).await? == 1)
}
