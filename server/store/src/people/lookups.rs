//! Wrong tries under a key (an HMAC of a ticket number or a sign-in name), and until when the key is locked.
//! Not here: what a try is (services).
//! Counting locks the key's row, so that tries at once cannot pass each other.

use shared::calendar::Instant;

use crate::sql::{Reader, Sql, vals};
use crate::{Conn, StoreError, Tx};

/// No lock is longer, in milliseconds.
const LONGEST: i64 = 24 * 3_600_000;

/// What is known about a key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tries {
    /// Wrong tries in a row.
    pub wrong: i32,
    /// Locked until then.
    pub locked_until: Option<Instant>,
}

/// When wrong tries lock a key.
#[derive(Debug, Clone, Copy)]
pub struct Lock {
    /// So many wrong tries.
    pub after: i32,
    /// Lock it for so long.
    pub minutes: i64,
}

/// The same for tries that are counted before it is known whether they are right.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// So many tries are let through.
    pub tries: i32,
    /// Milliseconds of the lock.
    pub lock_ms: i64,
}

/// What is known about a key now; a lock that has ended is forgotten.
pub async fn get(conn: &dyn Conn, key: &[u8], now: Instant) -> Result<Tries, StoreError> {
    let row = conn
        .handle()
        .one(Sql::new(
            "select tries, locked_until from wrong_tries where key = ?",
            vals![key],
        ))
        .await?;
    let Some(row) = row else {
        return Ok(Tries::default());
    };
    let mut r = Reader::new(&row);
    let (wrong, locked_until) = (r.int()?, r.opt_at()?);
    Ok(match locked_until {
        // A lock that is longer than any was set while the clock was ahead.
        Some(until) if until <= now || until.0 > now.0.saturating_add(LONGEST) => Tries::default(),
        _ => Tries {
            wrong,
            locked_until,
        },
    })
}

/// Counts a wrong try and gives what is known then.
pub async fn wrong(tx: &Tx, key: &[u8], now: Instant, lock: Lock) -> Result<Tries, StoreError> {
    let lock_ms = lock.minutes * 60_000;
    // A lock that has ended, and tries that are older than a lock would be, count no more.
    let sql = Sql::new(
        "insert into wrong_tries (key, tries, last_at, locked_until) values (?, 1, ?, null) on conflict (key) do update set
         tries = case when wrong_tries.locked_until <= excluded.last_at or wrong_tries.last_at < excluded.last_at - ? then 1 else wrong_tries.tries + 1 end,
         locked_until = case when wrong_tries.locked_until > excluded.last_at then wrong_tries.locked_until end,
         last_at = excluded.last_at",
        vals![key, now, lock_ms],
    );
    tx.handle().run(sql).await?;
    let sql = "update wrong_tries set locked_until = ? where key = ? and tries >= ? and locked_until is null";
    tx.handle()
        .run(Sql::new(
            sql,
            vals![Instant(now.0 + lock_ms), key, lock.after],
        ))
        .await?;
    get(tx, key, now).await
}

/// Counts a try before its outcome is known: `Some(until)` when the key is locked and the try must not happen.
pub async fn count(
    tx: &Tx,
    key: &[u8],
    limit: Limit,
    now: Instant,
) -> Result<Option<Instant>, StoreError> {
    let known = get(tx, key, now).await?;
    if known.locked_until.is_some() {
        return Ok(known.locked_until);
    }
    let after = wrong(
        tx,
        key,
        now,
        Lock {
            after: limit.tries,
            minutes: limit.lock_ms / 60_000,
        },
    )
    .await?;
    // On PostgreSQL another try may have come between; the count tells.
    Ok(after.locked_until.filter(|_| after.wrong > limit.tries))
}

/// Forgets the tries of a key.
pub async fn clear(tx: &Tx, key: &[u8]) -> Result<(), StoreError> {
    tx.handle()
        .run(Sql::new(
            "delete from wrong_tries where key = ?",
            vals![key],
        ))
        .await
        .map(drop)
}

/// Forgets tries before an instant whose lock has ended.
pub async fn purge(tx: &Tx, before: Instant) -> Result<u64, StoreError> {
    let sql =
        "delete from wrong_tries where last_at < ? and (locked_until is null or locked_until < ?)";
    tx.handle().run(Sql::new(sql, vals![before, before])).await
}
