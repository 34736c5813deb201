//! Linking committed audit rows into the hash chain, and signing positions of it.
//! Not here: the rows (`row`), checking (`verify`).
//! Rows wait in `audit_pending`, written by their own transaction, so only committed rows are seen. One sealer works at a time
//! (SQLite's writer; an advisory lock on PostgreSQL) and takes what it sees in the order of `n`. A transaction that commits later with
//! a smaller `n` is linked by the next run: the chain's order is the order in which rows became visible, never a clock's.

use shared::calendar::Instant;

use super::row::Digested;
use crate::bulk::rows::{Insert, insert_rows};
use crate::seal::sha256;
use crate::sql::{Bind, Reader, Sql, vals};
use crate::{Conn, StoreError, Tx};

/// The advisory lock of the sealer on PostgreSQL.
const SEALER: i64 = 0x4d53_4155_4449;

/// A signed position of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Position.
    pub seq: i64,
    /// The chain's hash there.
    pub link: Vec<u8>,
    /// When it was signed.
    pub at: Instant,
    /// The signing key.
    pub key_id: String,
    /// Ed25519 over `message`.
    pub signature: Vec<u8>,
    /// The checkpoint before; 0 for the first, nothing in those of earlier releases.
    pub before: Option<i64>,
    /// Ed25519 over `message_before`.
    pub before_signature: Option<Vec<u8>>,
}

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

/// Whether rows wait to be linked.
pub async fn is_pending(conn: &dyn Conn) -> Result<bool, StoreError> {
    Ok(conn
        .handle()
        .number(Sql::new(
            "select count(*) from (select 1 from audit_pending limit 1) x",
            vals![],
        ))
        .await?
        > 0)
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
    let waiting = h.all(Sql::new("select a.n, a.digest from audit_pending p join audit a on a.n = p.n order by p.n limit ?", vals![batch])).await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let (mut seq, mut link) = head(tx).await?;
    let (mut rows, mut done) = (
        Vec::with_capacity(waiting.len()),
        Vec::with_capacity(waiting.len()),
    );
    for row in &waiting {
        let mut r = Reader::new(row);
        let (n, digest): (i64, Vec<u8>) = (r.get()?, r.get()?);
        seq += 1;
        link = next_link(&link, seq, &digest);
        rows.push(vals![seq, n, &link]);
        done.push(n.bind());
    }
    let count = u32::try_from(rows.len()).unwrap_or(batch);
    insert_rows(
        tx,
        Insert::plain("insert into audit_chain (seq, n, link) values ", 3),
        rows.into_iter(),
    )
    .await?;
    let mut gone = Sql::new("delete from audit_pending where n in ", vals![]);
    gone.list(done);
    h.run(gone).await?;
    Ok(count)
}

/// Position and hash of the newest link; 0 and an empty hash before the first.
pub async fn head(conn: &dyn Conn) -> Result<(i64, Vec<u8>), StoreError> {
    let row = conn
        .handle()
        .one(Sql::new(
            "select seq, link from audit_chain order by seq desc limit 1",
            vals![],
        ))
        .await?;
    row.map_or(Ok((0, Vec::new())), |row| {
        let mut r = Reader::new(&row);
        Ok((r.get()?, r.get()?))
    })
}

/// The chain's hash at a position.
pub async fn link(conn: &dyn Conn, seq: i64) -> Result<Option<Vec<u8>>, StoreError> {
    let row = conn
        .handle()
        .one(Sql::new(
            "select link from audit_chain where seq = ?",
            vals![seq],
        ))
        .await?;
    row.map(|row| Reader::new(&row).get()).transpose()
}

/// The position that should be signed now: the newest one, when it is not signed and the last signature is `every` milliseconds away, in
/// either direction: a clock that was ahead once must not stop the signing until then.
pub async fn checkpoint_due(
    conn: &dyn Conn,
    now: Instant,
    every: i64,
) -> Result<Option<i64>, StoreError> {
    let (seq, _) = head(conn).await?;
    let last = conn
        .handle()
        .one(Sql::new(
            "select seq, at from audit_checkpoints order by seq desc limit 1",
            vals![],
        ))
        .await?;
    let (signed, at) = match &last {
        Some(row) => {
            let mut r = Reader::new(row);
            (r.get::<i64>()?, r.get::<i64>()?)
        }
        None => (0, i64::MIN),
    };
    let away = now.0.abs_diff(at) >= every.unsigned_abs();
    Ok((seq > signed && away).then_some(seq))
}

/// Signs a position; `None` when it does not exist or is signed already.
pub async fn checkpoint(tx: &Tx, seq: i64, now: Instant) -> Result<Option<Checkpoint>, StoreError> {
    let Some(link) = link(tx, seq).await? else {
        return Ok(None);
    };
    let h = tx.handle();
    let last = Sql::new("select max(seq) from audit_checkpoints", vals![]);
    let before = h.number(last).await?;
    let (key_id, signature) = h.seal().sign_audit(&message(seq, &link, now));
    let (_, before_signature) = h.seal().sign_audit(&message_before(seq, &link, before));
    let sql = Sql::new(
        "insert into audit_checkpoints (seq, link, at, key_id, signature, before_seq, before_signature) values (?, ?, ?, ?, ?, ?, ?) on conflict (seq) do nothing",
        vals![
            seq,
            &link,
            now,
            &key_id,
            &signature,
            before,
            &before_signature
        ],
    );
    let made = tx.handle().run(sql).await? == 1;
    Ok(made.then_some(Checkpoint {
        seq,
        link,
        at: now,
        key_id,
        signature,
        before: Some(before),
        before_signature: Some(before_signature),
    }))
}

/// Whether the newest checkpoint was signed with the key at hand; `None` before the first.
pub(crate) async fn newest_signature_holds(conn: &dyn Conn) -> Result<Option<bool>, StoreError> {
    let h = conn.handle();
    let sql =
        "select seq, link, at, key_id, signature from audit_checkpoints order by seq desc limit 1";
    let Some(row) = h.one(Sql::new(sql, vals![])).await? else {
        return Ok(None);
    };
    let mut r = Reader::new(&row);
    let (seq, link, at): (i64, Vec<u8>, Instant) = (r.get()?, r.get()?, r.at()?);
    let (key, signature): (String, Vec<u8>) = (r.get()?, r.get()?);
    let signed = message(seq, &link, at);
    Ok(Some(
        h.seal().audit_signature_holds(&key, &signed, &signature),
    ))
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

/// Checkpoints behind a position, in order.
pub async fn checkpoints_after(
    conn: &dyn Conn,
    seq: i64,
    limit: u32,
) -> Result<Vec<Checkpoint>, StoreError> {
    let sql = "select seq, link, at, key_id, signature, before_seq, before_signature from audit_checkpoints where seq > ? order by seq limit ?";
    let rows = conn.handle().all(Sql::new(sql, vals![seq, limit])).await?;
    rows.iter()
        .map(|row| {
            let mut r = Reader::new(row);
            Ok(Checkpoint {
                seq: r.get()?,
                link: r.get()?,
                at: r.at()?,
                key_id: r.get()?,
                signature: r.get()?,
                before: r.get()?,
                before_signature: r.get()?,
            })
        })
        .collect()
}

/// The waiting rows, for `verify`.
pub(super) async fn pending(conn: &dyn Conn) -> Result<i64, StoreError> {
    conn.handle()
        .number(Sql::new("select count(*) from audit_pending", vals![]))
        .await
}

/// A page of the chain with its rows, from a position on.
pub(super) async fn page(
    conn: &dyn Conn,
    after: i64,
    limit: u32,
) -> Result<Vec<(i64, Vec<u8>, Option<Digested>)>, StoreError> {
    let mut sql = Sql::new("select c.seq, c.link, ", vals![]);
    sql.text(super::row::COLUMNS).push(
        " from audit_chain c left join audit a on a.n = c.n where c.seq > ? order by c.seq limit ?",
        vals![after, limit],
    );
    let rows = conn.handle().all(sql).await?;
    rows.iter()
        .map(|row| {
            let mut r = Reader::new(row);
            let (seq, link) = (r.get()?, r.get()?);
            let there: Option<i64> = row.try_get_by_index(2).map_err(StoreError::from)?;
            Ok((
                seq,
                link,
                if there.is_some() {
                    Some(Digested::from(&mut r)?)
                } else {
                    None
                },
            ))
        })
        .collect()
}
