//! Where files hang: entered, found, listed and counted by their case.
//! Not here: who may see a case; the caller has loaded it inside a scope before.
//! A name is sealed to its reference, since it may say anything of anybody.

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use shared::calendar::Instant;
use shared::file::{FileCase, FilePlace, Hook};
use shared::ids::{BlobId, DraftId, FileId, IncomingId, JobId, TicketId, UserId};
use uuid::Uuid;

use super::{Blob, Freed, Reference, blobs};
use crate::entity::file::blob;
use crate::entity::file::file_reference::{ActiveModel, Column, Entity, Model};
use crate::{Conn, Seal, StoreError, Tx};

/// Place of the sealed name.
pub(crate) const PLACE: &str = "file_references.name";

/// What a case has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Files.
    pub count: i64,
    /// Bytes of those that are not destroyed.
    pub bytes: i64,
}

fn read(seal: &Seal, row: Model) -> Result<Reference, StoreError> {
    let broken = |what: &str| StoreError::broken(format!("unknown {what} of a file reference"));
    // Of an earlier release, until the job that seals its bytes seals it as well.
    let name = if row.key_id.is_empty() {
        row.name
    } else {
        seal.open(&row.key_id, PLACE, row.id.as_bytes(), &row.name)?
    };
    let case = FileCase::parse(&row.case_kind).ok_or_else(|| broken("case"))?;
    let place = FilePlace::parse(&row.place).ok_or_else(|| broken("place"))?;
    let event = row.event.map(i32::try_from).transpose();
    Ok(Reference {
        id: FileId(row.id),
        blob: BlobId(row.blob),
        hook: Hook {
            case,
            id: row.case_id,
            assignment: row.assignment,
            slot: row.slot,
            task: row.task,
            event: event.map_err(|_| broken("line"))?,
            photo: place == FilePlace::Photo,
        },
        version: i32::try_from(row.version).map_err(|_| broken("version"))?,
        name: String::from_utf8(name).map_err(|_| broken("name"))?,
        by: row.by_user.map(UserId),
        by_name: row.by_name,
        at: Instant(row.at),
    })
}

/// Hangs bytes on a case.
pub async fn refer(tx: &Tx, file: &Reference) -> Result<(), StoreError> {
    let h = tx.handle();
    let row = Model {
        id: file.id.0,
        blob: file.blob.0,
        case_kind: file.hook.case.code().to_owned(),
        case_id: file.hook.id,
        place: file.hook.place().code().to_owned(),
        assignment: file.hook.assignment,
        slot: file.hook.slot.clone(),
        version: i64::from(file.version),
        key_id: h.seal().key_id().to_owned(),
        name: h
            .seal()
            .seal(PLACE, file.id.0.as_bytes(), file.name.as_bytes())?,
        by_user: file.by.map(|user| user.0),
        by_name: file.by_name.clone(),
        at: file.at.0,
        task: file.hook.task,
        event: file.hook.event.map(i64::from),
    };
    h.add_row(row, "file reference").await.map(drop)
}

async fn with_blobs(
    conn: &dyn Conn,
    rows: Vec<Model>,
) -> Result<Vec<(Reference, Blob)>, StoreError> {
    let h = conn.handle();
    let ids = rows.iter().map(|row| row.blob);
    let found = h
        .find(blob::Entity::find().filter(blob::Column::Id.is_in(ids)))
        .await?;
    let mut known = std::collections::BTreeMap::new();
    for row in found {
        known.insert(row.id, blobs::read(row)?);
    }
    rows.into_iter()
        .map(|row| {
            let bytes = known.get(&row.blob).cloned();
            let bytes = bytes.ok_or_else(|| StoreError::broken("a file without its bytes"))?;
            Ok((read(h.seal(), row)?, bytes))
        })
        .collect()
}

/// A file with its bytes' row; whether somebody may see it follows from its case.
pub async fn find(conn: &dyn Conn, id: FileId) -> Result<Option<(Reference, Blob)>, StoreError> {
    let rows = conn
        .handle()
        .find(Entity::find().filter(Column::Id.eq(id.0)))
        .await?;
    Ok(with_blobs(conn, rows).await?.pop())
}

fn hung_on(case: FileCase, id: Uuid) -> sea_orm::Select<Entity> {
    Entity::find()
        .filter(Column::CaseId.eq(id))
        .filter(Column::CaseKind.eq(case.code()))
        .order_by_asc(Column::At)
        .order_by_asc(Column::Id)
}

/// The files of a case, oldest first.
pub async fn of_case(
    conn: &dyn Conn,
    case: FileCase,
    id: Uuid,
) -> Result<Vec<(Reference, Blob)>, StoreError> {
    let rows = conn.handle().find(hung_on(case, id)).await?;
    with_blobs(conn, rows).await
}

/// The photos of a ticket or of a form, oldest first.
pub async fn pictures(
    conn: &dyn Conn,
    case: FileCase,
    id: Uuid,
) -> Result<Vec<(Reference, Blob)>, StoreError> {
    let photos = hung_on(case, id).filter(Column::Place.eq(FilePlace::Photo.code()));
    let rows = conn.handle().find(photos).await?;
    with_blobs(conn, rows).await
}

/// Moves the photos of a form to its ticket, at most `most` of them; how many there were. The caller has locked the form in this transaction.
pub async fn rehang(
    tx: &Tx,
    form: DraftId,
    ticket: TicketId,
    most: usize,
) -> Result<usize, StoreError> {
    let h = tx.handle();
    let rows = h.find(hung_on(FileCase::Form, form.0)).await?;
    let moved = Entity::update_many()
        .set(ActiveModel {
            case_kind: Set(FileCase::Ticket.code().to_owned()),
            case_id: Set(ticket.0),
            ..Default::default()
        })
        .filter(Column::Id.is_in(rows.iter().take(most).map(|row| row.id)));
    h.change(&moved).await?;
    Ok(rows.len())
}

/// The files of messages that came in, oldest first.
pub async fn of_messages(
    conn: &dyn Conn,
    messages: &[IncomingId],
) -> Result<Vec<(Reference, Blob)>, StoreError> {
    if messages.is_empty() {
        return Ok(Vec::new());
    }
    let all = Entity::find()
        .filter(Column::CaseId.is_in(messages.iter().map(|message| message.0)))
        .filter(Column::CaseKind.eq(FileCase::Message.code()))
        .order_by_asc(Column::At)
        .order_by_asc(Column::Id);
    let rows = conn.handle().find(all).await?;
    with_blobs(conn, rows).await
}

/// Moves the files of a message to the ticket that it belongs to, to a line of its history where one is named; how many. The caller has locked the
/// message in this transaction.
pub async fn pass_over(
    tx: &Tx,
    message: IncomingId,
    (ticket, line): (TicketId, Option<i32>),
) -> Result<u64, StoreError> {
    let place = match line {
        Some(_) => FilePlace::Event,
        None => FilePlace::Case,
    };
    let moved = Entity::update_many()
        .set(ActiveModel {
            case_kind: Set(FileCase::Ticket.code().to_owned()),
            case_id: Set(ticket.0),
            place: Set(place.code().to_owned()),
            event: Set(line.map(i64::from)),
            ..Default::default()
        })
        .filter(Column::CaseId.eq(message.0))
        .filter(Column::CaseKind.eq(FileCase::Message.code()));
    tx.handle().change(&moved).await
}

/// Everything that refers to these bytes.
pub async fn of_blob(conn: &dyn Conn, id: BlobId) -> Result<Vec<Reference>, StoreError> {
    let h = conn.handle();
    let rows = h.find(Entity::find().filter(Column::Blob.eq(id.0))).await?;
    rows.into_iter().map(|row| read(h.seal(), row)).collect()
}

/// How many files a case has, and how many bytes; the same bytes are counted once.
pub async fn totals(conn: &dyn Conn, case: FileCase, id: Uuid) -> Result<Totals, StoreError> {
    let all = of_case(conn, case, id).await?;
    let mut seen = std::collections::BTreeSet::new();
    let fresh = all
        .iter()
        .filter(|(_, blob)| blob.sha256.is_some() && seen.insert(blob.id));
    Ok(Totals {
        bytes: fresh.map(|(_, blob)| blob.size).sum(),
        count: i64::try_from(all.len()).unwrap_or(i64::MAX),
    })
}

/// Which version of a material comes next.
pub async fn next_version(
    conn: &dyn Conn,
    case: FileCase,
    id: Uuid,
    slot: &str,
) -> Result<i32, StoreError> {
    let rows = conn
        .handle()
        .find(hung_on(case, id).filter(Column::Slot.eq(slot)))
        .await?;
    let newest = rows.iter().map(|row| row.version).max().unwrap_or(0);
    i32::try_from(newest + 1).map_err(|_| StoreError::broken("too many versions"))
}

/// Takes a file off its place; false when it does not hang there any more. Its bytes are for `release`.
pub async fn drop_one(tx: &Tx, file: &Reference) -> Result<bool, StoreError> {
    let gone = Entity::delete_many()
        .filter(Column::Id.eq(file.id.0))
        .filter(Column::CaseId.eq(file.hook.id))
        .filter(Column::CaseKind.eq(file.hook.case.code()));
    Ok(tx.handle().change(&gone).await? == 1)
}

/// Takes away the results of these jobs; gives their objects.
pub async fn drop_results(tx: &Tx, jobs: &[JobId]) -> Result<Freed, StoreError> {
    let ids: Vec<Uuid> = jobs.iter().map(|job| job.0).collect();
    let results = drop_all(tx, FileCase::Job, &ids).await?;
    blobs::release(tx, &results).await
}

/// Takes everything off these forms or jobs; the bytes are for `release`.
pub(crate) async fn drop_all(
    tx: &Tx,
    case: FileCase,
    ids: &[Uuid],
) -> Result<Vec<BlobId>, StoreError> {
    let h = tx.handle();
    let on = || {
        sea_orm::Condition::all()
            .add(Column::CaseId.is_in(ids.iter().copied()))
            .add(Column::CaseKind.eq(case.code()))
    };
    let rows = h.find(Entity::find().filter(on())).await?;
    h.change(&Entity::delete_many().filter(on())).await?;
    Ok(rows.into_iter().map(|row| BlobId(row.blob)).collect())
}

/// Seals the names under which bytes of an earlier release hang.
pub(super) async fn seal_names(tx: &Tx, id: BlobId) -> Result<(), StoreError> {
    let h = tx.handle();
    let clear = Entity::find()
        .filter(Column::Blob.eq(id.0))
        .filter(Column::KeyId.eq(""));
    for row in h.find(clear).await? {
        let name = h.seal().seal(PLACE, row.id.as_bytes(), &row.name)?;
        let sealed = Entity::update_many()
            .filter(Column::Id.eq(row.id))
            .set(ActiveModel {
                key_id: Set(h.seal().key_id().to_owned()),
                name: Set(name),
                ..Default::default()
            });
        h.change(&sealed).await?;
    }
    Ok(())
}

/// Takes the files of a case off it; their bytes go with the next sweep, unless something else refers to them.
pub async fn drop_of_case(tx: &Tx, case: FileCase, id: Uuid) -> Result<u64, StoreError> {
    let gone = Entity::delete_many()
        .filter(Column::CaseId.eq(id))
        .filter(Column::CaseKind.eq(case.code()));
    tx.handle().change(&gone).await
}
