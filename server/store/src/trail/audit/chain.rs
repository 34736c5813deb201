//! Linking committed audit rows into the hash chain, and signing positions of it.
//! Not here: the rows (`row`), checking (`verify`).
//! Rows wait in `audit_pending`, written by their own transaction, so only committed rows are seen. One sealer works at a time
//! (SQLite's writer; an advisory lock on PostgreSQL) and takes what it sees in the order of `n`. A transaction that commits later with
//! a smaller `n` is linked by the next run: the chain's order is the order in which rows became visible, never a clock's.

use std::collections::BTreeMap;

use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, QueryOrder as _, QuerySelect as _};
use shared::calendar::Instant;

use crate::bulk::rows::insert_rows;
use crate::entity::table;
use crate::entity::trail::audit::chain::{Column, Entity, Model};
use crate::entity::trail::audit::{checkpoint as audit_checkpoint, pending as audit_pending};
use crate::seal::{sha256, sha256_of};
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

pub use crate::entity::trail::audit::checkpoint::Checkpoint;

/// The advisory lock of the sealer on PostgreSQL.
const SEALER: i64 = 0x4d53_4155_4449;

/// The setting that says up to which position the checkpoints are copied outside the database.
const COPIED: &str = "audit.outside";

/// What a checkpoint signs.
pub(super) fn message(seq: i64, link: &[u8], at: Instant) -> Vec<u8> {
    [
        b"minsheng-audit-checkpoint-1".as_slice(),
        &seq.to_be_bytes(),
        link,
        &at.0.to_be_bytes(),
    ]
    .concat()
}

/// What ties a checkpoint to the one before it.
pub(super) fn message_before(seq: i64, link: &[u8], before: i64) -> Vec<u8> {
    [
        b"minsheng-audit-checkpoint-before-1".as_slice(),
        &seq.to_be_bytes(),
        link,
        &before.to_be_bytes(),
    ]
    .concat()
}

/// The hash behind a row: the hash before it, its position, its digest.
pub(super) fn next_link(before: &[u8], seq: i64, digest: &[u8]) -> Vec<u8> {
    sha256(&[before, &seq.to_be_bytes(), digest].concat())
}

/// Whether a link is the hash behind another one; in a buffer that is used for position after position.
pub(super) fn is_next(
    input: &mut Vec<u8>,
    (before, link): (&[u8], &[u8]),
    seq: i64,
    digest: &[u8],
) -> bool {
    input.clear();
    input.extend(before);
    input.extend(seq.to_be_bytes());
    input.extend(digest);
    sha256_of(input).as_ref() == link
}

/// Whether rows wait to be linked.
pub async fn is_pending(conn: &dyn Conn) -> Result<bool, StoreError> {
    let waiting = conn
        .handle()
        .find_one(audit_pending::Entity::find().limit(1))
        .await?;
    Ok(waiting.is_some())
}

/// Links up to `batch` waiting rows and says how many.
pub async fn seal(tx: &Tx, batch: u32) -> Result<u32, StoreError> {
    let h = tx.handle();
    if h.locks_rows() {
        h.all(Sql::new(
            "select cast(pg_advisory_xact_lock(?) as text)",
            vals![SEALER],
        ))
        .await?;
    }
    // Text: a walk along the waiting numbers that looks each row up.
    let waiting =
        "select a.n, a.digest from audit_pending p join audit a on a.n = p.n order by p.n limit ?";
    let waiting = h.rows::<Waiting>(Sql::new(waiting, vals![batch])).await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let (mut seq, mut link) = head(tx).await?;
    let mut rows = Vec::with_capacity(waiting.len());
    for row in &waiting {
        seq += 1;
        link = next_link(&link, seq, &row.digest);
        rows.push(table::values(&Model {
            seq,
            n: row.n,
            link: link.clone(),
        }));
    }
    let count = u32::try_from(rows.len()).unwrap_or(batch);
    insert_rows(tx, table::insert::<Entity>(), rows.into_iter()).await?;
    let gone = audit_pending::Entity::delete_many()
        .filter(audit_pending::Column::N.is_in(waiting.iter().map(|row| row.n)));
    h.change(&gone).await?;
    Ok(count)
}

/// A row that waits to be linked.
#[derive(FromQueryResult)]
struct Waiting {
    n: i64,
    digest: Vec<u8>,
}

/// Position and hash of the newest link; 0 and an empty hash before the first.
pub async fn head(conn: &dyn Conn) -> Result<(i64, Vec<u8>), StoreError> {
    let newest = Entity::find().order_by_desc(Column::Seq).limit(1);
    let newest = conn.handle().find_one(newest).await?;
    Ok(newest.map_or((0, Vec::new()), |row| (row.seq, row.link)))
}

/// The chain's hash at a position.
pub async fn link(conn: &dyn Conn, seq: i64) -> Result<Option<Vec<u8>>, StoreError> {
    let row = conn.handle().find_one(Entity::find_by_id(seq)).await?;
    Ok(row.map(|row| row.link))
}

/// The chain's hashes at these positions, as far as it has them.
pub async fn links(conn: &dyn Conn, seqs: &[i64]) -> Result<BTreeMap<i64, Vec<u8>>, StoreError> {
    let found = Entity::find().filter(Column::Seq.is_in(seqs.iter().copied()));
    let rows = conn.handle().find(found).await?;
    Ok(rows.into_iter().map(|row| (row.seq, row.link)).collect())
}

/// The newest checkpoint.
pub(crate) async fn newest_checkpoint(conn: &dyn Conn) -> Result<Option<Checkpoint>, StoreError> {
    let newest = audit_checkpoint::Entity::find()
        .order_by_desc(audit_checkpoint::Column::Seq)
        .limit(1);
    Ok(conn.handle().find_one(newest).await?.map(Into::into))
}

/// The position that should be signed now: the newest one, when it is not signed and the last signature is `every` milliseconds away, in
/// either direction: a clock that was ahead once must not stop the signing until then.
pub async fn checkpoint_due(
    conn: &dyn Conn,
    now: Instant,
    every: i64,
) -> Result<Option<i64>, StoreError> {
    let (seq, _) = head(conn).await?;
    let last = newest_checkpoint(conn).await?;
    let (signed, at) = last.map_or((0, i64::MIN), |last| (last.seq, last.at.0));
    let away = now.0.abs_diff(at) >= every.unsigned_abs();
    Ok((seq > signed && away).then_some(seq))
}

/// Signs a position; `None` when it does not exist or is signed already.
pub async fn checkpoint(tx: &Tx, seq: i64, now: Instant) -> Result<Option<Checkpoint>, StoreError> {
    let Some(link) = link(tx, seq).await? else {
        return Ok(None);
    };
    let h = tx.handle();
    let before = newest_checkpoint(tx).await?.map_or(0, |last| last.seq);
    let (key_id, signature) = h.seal().sign_audit(&message(seq, &link, now));
    let (_, before_signature) = h.seal().sign_audit(&message_before(seq, &link, before));
    let made = Checkpoint {
        seq,
        link,
        at: now,
        key_id,
        signature,
        before: Some(before),
        before_signature: Some(before_signature),
    };
    let mut sql = Sql::new(table::insert::<audit_checkpoint::Entity>().head, vals![]);
    sql.list(made.values(audit_checkpoint::Beside {}))
        .text(" on conflict (seq) do nothing");
    Ok((h.run(sql).await? == 1).then_some(made))
}

/// Whether the newest checkpoint was signed with the key at hand; `None` before the first.
pub(crate) async fn newest_signature_holds(conn: &dyn Conn) -> Result<Option<bool>, StoreError> {
    let Some(newest) = newest_checkpoint(conn).await? else {
        return Ok(None);
    };
    let signed = message(newest.seq, &newest.link, newest.at);
    let seal = conn.handle().seal();
    Ok(Some(seal.audit_signature_holds(
        &newest.key_id,
        &signed,
        &newest.signature,
    )))
}

/// Up to which position the checkpoints are copied outside the database; `None` when nobody has said so yet.
pub async fn copied(conn: &dyn Conn) -> Result<Option<i64>, StoreError> {
    let text = crate::settings::get(conn, COPIED).await?;
    Ok(text.and_then(|text| text.parse().ok()))
}

/// Says that the checkpoints up to a position are copied.
pub async fn mark_copied(tx: &Tx, seq: i64) -> Result<(), StoreError> {
    if copied(tx).await?.is_none_or(|known| known < seq) {
        crate::settings::set(tx, COPIED, &seq.to_string()).await?;
    }
    Ok(())
}

/// The setting that says up to which position the checkpoints are at another place.
fn copied_at(place: &str) -> String {
    format!("{COPIED}:{place}")
}

/// Up to which position the checkpoints are at another place, such as a second folder; 0 when none was brought there.
pub async fn copied_to(conn: &dyn Conn, place: &str) -> Result<i64, StoreError> {
    let text = crate::settings::get(conn, &copied_at(place)).await?;
    Ok(text.and_then(|text| text.parse().ok()).unwrap_or(0))
}

/// Says that the checkpoints up to a position are at another place.
pub async fn mark_copied_to(tx: &Tx, place: &str, seq: i64) -> Result<(), StoreError> {
    if copied_to(tx, place).await? < seq {
        crate::settings::set(tx, &copied_at(place), &seq.to_string()).await?;
    }
    Ok(())
}

/// Checkpoints behind a position, in order.
pub async fn checkpoints_after(
    conn: &dyn Conn,
    seq: i64,
    limit: u32,
) -> Result<Vec<Checkpoint>, StoreError> {
    let behind = audit_checkpoint::Entity::find()
        .filter(audit_checkpoint::Column::Seq.gt(seq))
        .order_by_asc(audit_checkpoint::Column::Seq)
        .limit(u64::from(limit));
    conn.handle().records(behind).await
}

/// The waiting rows, for `verify`.
pub(super) async fn pending(conn: &dyn Conn) -> Result<i64, StoreError> {
    conn.handle().count(audit_pending::Entity::find()).await
}
