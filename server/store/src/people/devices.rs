//! Devices that have proved something before, and tallies of what happens often; keys are HMACs, so that the table names nobody.
//! Not here: what is counted and what follows from it (services), wrong tries in a row (`lookups`).
//! Each tally is one statement, so that a hundred at once are counted as a hundred.

use shared::calendar::Instant;

use crate::sql::{Reader, Sql, vals};
use crate::{Conn, StoreError, Tx};

/// Whether the device has proved this subject before.
pub async fn is_known(conn: &dyn Conn, subject: &[u8], device: &[u8]) -> Result<bool, StoreError> {
    let sql = "select count(*) from known_devices where subject = ? and device = ?";
    Ok(conn
        .handle()
        .number(Sql::new(sql, vals![subject, device]))
        .await?
        == 1)
}

/// Remembers that the device has proved the subject.
pub async fn know(tx: &Tx, subject: &[u8], device: &[u8], now: Instant) -> Result<(), StoreError> {
    let sql = "insert into known_devices (subject, device, last_at) values (?, ?, ?)
         on conflict (subject, device) do update set last_at = excluded.last_at";
    tx.handle()
        .run(Sql::new(sql, vals![subject, device, now]))
        .await
        .map(drop)
}

/// Forgets every device of a subject; after somebody else has set the password, for example.
pub async fn forget(tx: &Tx, subject: &[u8]) -> Result<u64, StoreError> {
    let sql = "delete from known_devices where subject = ?";
    tx.handle().run(Sql::new(sql, vals![subject])).await
}

/// Counts one more and gives how many there were since the window began. A window ends after `window` milliseconds, or when the clock was
/// set back behind its beginning.
pub async fn tally(tx: &Tx, key: &[u8], window: i64, now: Instant) -> Result<i64, StoreError> {
    let over = Instant(now.0.saturating_sub(window));
    let sql = Sql::new(
        "insert into tallies (key, n, since) values (?, 1, ?) on conflict (key) do update set
         n = case when tallies.since <= ? or tallies.since > excluded.since then 1 else tallies.n + 1 end,
         since = case when tallies.since <= ? or tallies.since > excluded.since then excluded.since else tallies.since end
         returning n",
        vals![key, now, over, over],
    );
    let row = tx
        .handle()
        .one(sql)
        .await?
        .ok_or_else(|| StoreError::broken("a tally gave no number"))?;
    Reader::new(&row).get()
}

/// Forgets tallies and devices that were quiet since an instant.
pub async fn purge(tx: &Tx, tallies: Instant, devices: Instant) -> Result<u64, StoreError> {
    let h = tx.handle();
    let counted = h
        .run(Sql::new(
            "delete from tallies where since < ?",
            vals![tallies],
        ))
        .await?;
    let known = h
        .run(Sql::new(
            "delete from known_devices where last_at < ?",
            vals![devices],
        ))
        .await?;
    Ok(counted + known)
}
