//! Wrong tries under a key (an HMAC of a ticket number or a sign-in name), and until when the key is locked.
//! Not here: what a try is (services).
//! Counting locks the key's row, so that tries at once cannot pass each other.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait as _;
use shared::calendar::Instant;

use crate::entity::Col;
use crate::entity::people::wrong_try::{ActiveModel, Column, Entity};
use crate::sql::{Sql, vals};
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
    let known = conn
        .handle()
        .find_one(Entity::find_by_id(Col(key.to_vec())))
        .await?;
    let Some(known) = known else {
        return Ok(Tries::default());
    };
    let (wrong, locked_until) = (known.tries.0, known.locked_until.0);
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
    // Text: one statement counts, so that tries at once cannot pass each other. A lock that has ended, and tries that are older than a lock would be, count no more.
    let sql = Sql::new(
        "insert into wrong_tries (key, tries, last_at, locked_until) values (?, 1, ?, null) on conflict (key) do update set
         tries = case when wrong_tries.locked_until <= excluded.last_at or wrong_tries.locked_until > excluded.last_at + ?
           or wrong_tries.last_at < excluded.last_at - ? or wrong_tries.last_at > excluded.last_at + ? then 1 else wrong_tries.tries + 1 end,
         locked_until = case when wrong_tries.locked_until > excluded.last_at and wrong_tries.locked_until <= excluded.last_at + ?
           then wrong_tries.locked_until end,
         last_at = excluded.last_at",
        vals![key, now, LONGEST, lock_ms, LONGEST, LONGEST],
    );
    tx.handle().run(sql).await?;
    let locked = Entity::update_many()
        .set(ActiveModel {
            locked_until: Set(Some(Instant(now.0 + lock_ms)).into()),
            ..Default::default()
        })
        .filter(Column::Key.eq(key))
        .filter(Column::Tries.gte(Col(lock.after)))
        .filter(Column::LockedUntil.is_null());
    tx.handle().change(&locked).await?;
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
    let gone = Entity::delete_by_id(Col(key.to_vec()));
    tx.handle().change(&gone).await.map(drop)
}

/// Forgets tries before an instant whose lock has ended.
pub async fn purge(tx: &Tx, before: Instant) -> Result<u64, StoreError> {
    let ended = Column::LockedUntil
        .is_null()
        .or(Column::LockedUntil.lt(Col(before)));
    let gone = Entity::delete_many()
        .filter(Column::LastAt.lt(Col(before)))
        .filter(ended);
    tx.handle().change(&gone).await
}
