//! Sealing rows anew with the newest keys, a few at a time beside the day's work: after a key was renewed or the provider changed.
//! Where it stands is a row of `resealing`; without one nothing is to do, and a job that was killed goes on there.
//! Not here: which rows there are (`parts`, `pairs`), when it runs (`services::jobs`).
//! What verbs write meanwhile is sealed with the newest keys already, and a row that was changed under our hands keeps what was written.

mod pairs;
mod parts;

use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use crate::entity::installation::resealing::{ActiveModel, Entity, Model};
use crate::{Conn, StoreError, Tx};

use parts::PARTS;

/// The part after all others: rows with two keys, of which there are few.
const PAIRS: &str = "pairs";

/// How far sealing anew is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Resealing {
    /// So many rows are done.
    pub done: i64,
    /// Of so many.
    pub total: i64,
    /// Rows that did not open, and stay as they are.
    pub unopened: i64,
}

/// How far it is; nothing when every row is sealed with the newest keys.
pub async fn progress(conn: &dyn Conn) -> Result<Option<Resealing>, StoreError> {
    let stand = conn.handle().find_one(Entity::find()).await?;
    Ok(stand.map(|stand| Resealing {
        done: stand.done,
        total: stand.total,
        unopened: stand.unopened,
    }))
}

/// Has everything sealed anew from the beginning; nothing when nothing is sealed yet.
pub async fn begin(tx: &Tx) -> Result<(), StoreError> {
    let h = tx.handle();
    h.change(&Entity::delete_many()).await?;
    let mut total = pairs::count(h).await?;
    for part in PARTS {
        total += part.count(h).await?;
    }
    let Some(first) = PARTS.first().filter(|_| total > 0) else {
        return Ok(());
    };
    let stand = Model {
        id: 1,
        key_id: h.seal().key_id().to_owned(),
        part: first.name.to_owned(),
        upto: None,
        done: 0,
        total,
        unopened: 0,
    };
    h.add_row(stand, "resealing").await.map(drop)
}

/// Seals the next `limit` rows anew; gives how many were looked at, nothing when there was nothing to do. A process that still has the keys of
/// before does nothing: it would take its own key for the newest.
pub async fn step(tx: &Tx, limit: u32) -> Result<Option<u64>, StoreError> {
    let h = tx.handle();
    let Some(stand) = h.find_one(Entity::find()).await? else {
        return Ok(None);
    };
    if stand.key_id != h.seal().key_id() {
        return Ok(None);
    }
    let Some(at) = PARTS.iter().position(|part| part.name == stand.part) else {
        let count = pairs::step(h, limit).await?;
        if count == 0 {
            h.change(&Entity::delete_many()).await?;
        } else {
            save(tx, &stand, (PAIRS, None), (count, 0)).await?;
        }
        return Ok(Some(count));
    };
    let part = &PARTS[at];
    let rows = part.rows(h, stand.upto, limit).await?;
    let mut unopened = 0;
    for row in &rows {
        if !part.renew(h, row).await? {
            unopened += 1;
        }
    }
    let count = u64::try_from(rows.len()).unwrap_or_default();
    let next = match rows.last() {
        Some(last) if count >= u64::from(limit) => (part.name, Some(last.id)),
        _ => (PARTS.get(at + 1).map_or(PAIRS, |next| next.name), None),
    };
    save(tx, &stand, next, (count, unopened)).await?;
    Ok(Some(count))
}

async fn save(
    tx: &Tx,
    stand: &Model,
    (part, upto): (&str, Option<Uuid>),
    (count, unopened): (u64, i64),
) -> Result<(), StoreError> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let update = Entity::update_many().set(ActiveModel {
        part: Set(part.to_owned()),
        upto: Set(upto),
        done: Set(stand.done.saturating_add(count)),
        unopened: Set(stand.unopened.saturating_add(unopened)),
        ..Default::default()
    });
    tx.handle().change(&update).await.map(drop)
}
