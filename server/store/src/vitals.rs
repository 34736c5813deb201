//! Figures about the database itself, for whoever watches the server: what waits, since when, and how far the audit is signed.
//! Not here: free space, files (services and server).
//! Texts: each reads a bounded number of rows from an index, on any size of database.

use sea_orm::FromQueryResult;
use shared::calendar::Instant;

use crate::entity::Col;
use crate::sql::{Sql, only, vals};
use crate::{Conn, StoreError, audit};

/// More than this is not counted.
const MOST: i64 = 10_000;

/// What a look found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Vitals {
    /// Messages that wait for delivery, counted up to 10,000.
    pub messages_waiting: i64,
    /// When the oldest of them was written.
    pub oldest_message: Option<Instant>,
    /// Messages that were given up, counted up to 10,000.
    pub messages_failed: i64,
    /// Audit rows that are not linked yet, counted up to 10,000.
    pub audit_pending: i64,
    /// The newest position of the audit's chain.
    pub audit_sealed: i64,
    /// The newest signed position.
    pub audit_signed: i64,
    /// When it was signed.
    pub signed_at: Option<Instant>,
    /// Changes that have no number yet, counted up to 10,000.
    pub feed_waiting: i64,
    /// Numbered changes that the slowest consumer has not read.
    pub feed_unread: i64,
    /// When the oldest of them was numbered.
    pub feed_oldest: Option<Instant>,
    /// Changes that were removed before somebody had read them.
    pub feed_lost: i64,
    /// The time of the newest audit row: later than now when the clock was ahead.
    pub newest_row: Option<Instant>,
}

/// Tickets that were accepted later than an instant, counted up to 10,000: the clock was ahead then.
pub async fn tickets_after(conn: &dyn Conn, at: Instant) -> Result<i64, StoreError> {
    let sql = "select count(*) from (select 1 from tickets where id > ? limit ?) x";
    let sql = Sql::new(sql, vals![crate::migration::floor(at), MOST]);
    conn.handle().number(sql).await
}

#[derive(FromQueryResult)]
struct Waiting {
    n: i64,
    oldest: Col<Option<Instant>>,
}

/// Looks.
pub async fn read(conn: &dyn Conn) -> Result<Vitals, StoreError> {
    let h = conn.handle();
    let mut vitals = Vitals::default();
    let waiting = "select count(*) as n, min(created_at) as oldest from (select created_at from outbox where sent_at is null and failed_at is null order by next_try_at, id limit ?) x";
    if let Some(row) = h.row::<Waiting>(Sql::new(waiting, vals![MOST])).await? {
        vitals.messages_waiting = row.n;
        vitals.oldest_message = row.oldest.0;
    }
    let failed = "select count(*) from (select 1 from outbox where failed_at is not null and settled_at is null limit ?) x";
    vitals.messages_failed = h.number(Sql::new(failed, vals![MOST])).await?;
    let pending = "select count(*) from (select 1 from audit_pending limit ?) x";
    vitals.audit_pending = h.number(Sql::new(pending, vals![MOST])).await?;
    (vitals.audit_sealed, _) = audit::head(conn).await?;
    if let Some(signed) = audit::newest_checkpoint(conn).await? {
        vitals.audit_signed = signed.seq;
        vitals.signed_at = Some(signed.at);
    }
    let unnumbered = "select count(*) from (select 1 from feed where seq is null limit ?) x";
    vitals.feed_waiting = h.number(Sql::new(unnumbered, vals![MOST])).await?;
    let (reach, lost) = crate::feed::reach(conn).await?;
    vitals.feed_lost = lost;
    if let Some(slowest) = crate::feed::standings(conn).await?.first() {
        vitals.feed_unread = reach - slowest.position;
        vitals.feed_oldest = slowest.oldest_unread;
    }
    let newest = "select max(at) from audit";
    if let Some(row) = h.one(Sql::new(newest, vals![])).await? {
        vitals.newest_row = only::<Option<i64>>(&row)?.map(Instant);
    }
    Ok(vitals)
}
