//! Archived tickets: which are due, what of them is sealed, and their seals.
//! Not here: what is digested, and how it is written down (`services::tickets::archive`).
//! Reading what is sealed takes five queries for many tickets, since a night reads all of them.

use std::collections::BTreeMap;

use sea_orm::FromQueryResult;
use sea_orm::QueryOrder as _;
use sea_orm::entity::prelude::*;
use shared::calendar::Instant;
use shared::file::FileCase;
use shared::ids::{CaseId, FileId, TicketId};

use super::case::heads;
use crate::entity::Col;
use crate::entity::file::{blob, file_reference};
use crate::entity::table;
use crate::entity::ticket::archive;
use crate::host::events;
use crate::record::{Archive, Event, Ticket};
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

#[derive(FromQueryResult)]
struct Due {
    id: Uuid,
}

/// Tickets that were closed before then, about which nothing is asked any more, and which no import has brought since; the oldest first.
pub async fn due(
    conn: &dyn Conn,
    before: Instant,
    limit: u32,
) -> Result<Vec<TicketId>, StoreError> {
    // Text: the condition of the partial index.
    let sql = Sql::new(
        "select t.id from tickets t where t.state = 'CL' and t.closed_at < ?
         and not exists (select 1 from applications a where a.ticket_id = t.id and a.status = 'O')
         and not exists (select 1 from batches b where b.id = t.batch_id and b.started_at >= ?)
         order by t.closed_at, t.id limit ?",
        vals![before, before, limit],
    );
    let rows = conn.handle().rows::<Due>(sql).await?;
    Ok(rows.into_iter().map(|row| TicketId(row.id)).collect())
}

/// Archived tickets that were closed before then and in which the citizen still stands; the oldest first.
pub async fn to_erase(
    conn: &dyn Conn,
    before: Instant,
    limit: u32,
) -> Result<Vec<TicketId>, StoreError> {
    // Text: the condition of the partial index.
    let sql = Sql::new(
        "select t.id from tickets t where t.state = 'AR' and t.citizen is not null and t.closed_at < ?
         order by t.closed_at, t.id limit ?",
        vals![before, limit],
    );
    let rows = conn.handle().rows::<Due>(sql).await?;
    Ok(rows.into_iter().map(|row| TicketId(row.id)).collect())
}

/// A file as it is sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedFile {
    pub id: FileId,
    /// Word of the place.
    pub place: String,
    pub assignment: Option<Uuid>,
    pub version: i64,
    pub at: Instant,
    pub size: i64,
    /// Digest of the clear bytes; absent once they are destroyed.
    pub sha256: Option<Vec<u8>>,
}

/// What of a ticket is sealed.
#[derive(Debug, Clone, PartialEq)]
pub struct Matter {
    pub ticket: Ticket,
    /// Oldest first.
    pub events: Vec<Event>,
    /// In the order of their ids.
    pub files: Vec<SealedFile>,
}

/// What of these tickets is sealed, or is to be.
pub async fn matters(
    conn: &dyn Conn,
    ids: &[TicketId],
) -> Result<BTreeMap<TicketId, Matter>, StoreError> {
    let h = conn.handle();
    let mut found = BTreeMap::new();
    for ticket in heads(h, ids).await? {
        let matter = Matter {
            ticket,
            events: Vec::new(),
            files: Vec::new(),
        };
        found.insert(matter.ticket.id, matter);
    }
    let cases: Vec<CaseId> = ids.iter().map(|id| (*id).into()).collect();
    let history: Vec<Event> = events::of_cases(conn, &cases).await?;
    for event in history {
        if let Some(matter) = found.get_mut(&TicketId(event.case_id.0)) {
            matter.events.push(event);
        }
    }
    for (ticket, file) in files(conn, ids).await? {
        if let Some(matter) = found.get_mut(&ticket) {
            matter.files.push(file);
        }
    }
    Ok(found)
}

async fn files(
    conn: &dyn Conn,
    ids: &[TicketId],
) -> Result<Vec<(TicketId, SealedFile)>, StoreError> {
    let h = conn.handle();
    let hung = file_reference::Entity::find()
        .filter(file_reference::Column::CaseId.is_in(ids.iter().map(|id| id.0)))
        .filter(file_reference::Column::CaseKind.eq(FileCase::Ticket.code()))
        .order_by_asc(file_reference::Column::Id);
    let rows = h.find(hung).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let blobs =
        blob::Entity::find().filter(blob::Column::Id.is_in(rows.iter().map(|row| row.blob)));
    let mut known = BTreeMap::new();
    for blob in h.find(blobs).await? {
        known.insert(blob.id, (blob.size, blob.sha256));
    }
    let file = |row: file_reference::Model| {
        let (size, sha256) = known.get(&row.blob).cloned().unwrap_or_default();
        let file = SealedFile {
            id: FileId(row.id),
            place: row.place,
            assignment: row.assignment,
            version: row.version,
            at: Instant(row.at),
            size,
            sha256,
        };
        (TicketId(row.case_id), file)
    };
    Ok(rows.into_iter().map(file).collect())
}

/// The seals of these tickets, as far as they are archived.
pub async fn seals(conn: &dyn Conn, ids: &[TicketId]) -> Result<Vec<Archive>, StoreError> {
    let known = ids.iter().map(|id| Col(*id));
    let select = archive::Entity::find().filter(archive::Column::TicketId.is_in(known));
    conn.handle().records::<_, Archive>(select).await
}

/// The seals behind a ticket, in the order of ids.
pub async fn seals_behind(
    conn: &dyn Conn,
    (after, last): (Option<TicketId>, Option<TicketId>),
    limit: u64,
) -> Result<Vec<Archive>, StoreError> {
    use sea_orm::QuerySelect as _;
    let after = after.unwrap_or(TicketId(Uuid::nil()));
    let mut select = archive::Entity::find()
        .filter(archive::Column::TicketId.gt(Col(after)))
        .order_by_asc(archive::Column::TicketId)
        .limit(limit);
    if let Some(last) = last {
        select = select.filter(archive::Column::TicketId.lte(Col(last)));
    }
    conn.handle().records::<_, Archive>(select).await
}

/// Keeps the seal of a ticket that is archived in this transaction.
pub async fn keep(tx: &Tx, seal: &Archive) -> Result<(), StoreError> {
    let rows = std::iter::once(seal.values(archive::Beside {}));
    table::put(tx, table::insert::<archive::Entity>(), rows).await
}

/// Keeps what a seal has become once the place of its ticket is erased.
pub async fn replace(tx: &Tx, seal: &Archive) -> Result<(), StoreError> {
    let update = archive::Entity::update_many()
        .set(seal.moved())
        .filter(archive::Column::TicketId.eq(Col(seal.ticket_id)));
    tx.handle().change(&update).await.map(drop)
}

/// What is signed of an erasure: whose it is, the seal that stays, and when.
fn erasure(seal: &Archive, at: Instant) -> Vec<u8> {
    [
        b"minsheng-archive-erasure-1".as_slice(),
        seal.ticket_id.0.as_bytes(),
        seal.seal.as_bytes(),
        &at.0.to_be_bytes(),
    ]
    .concat()
}

/// Signs with the key of the audit that the place of an archived ticket is erased.
#[must_use]
pub fn erased(conn: &dyn Conn, seal: Archive, at: Instant) -> Archive {
    let (key, signature) = conn.handle().seal().sign_audit(&erasure(&seal, at));
    Archive {
        erased_at: Some(at),
        erased_key: Some(key),
        erased_signature: Some(signature),
        ..seal
    }
}

/// Whether a key of the audit signed that the place is erased.
#[must_use]
pub fn erasure_holds(conn: &dyn Conn, seal: &Archive) -> bool {
    let (Some(at), Some(key)) = (seal.erased_at, &seal.erased_key) else {
        return false;
    };
    let message = erasure(seal, at);
    seal.erased_signature.as_deref().is_some_and(|signature| {
        conn.handle()
            .seal()
            .audit_signature_holds(key, &message, signature)
    })
}
