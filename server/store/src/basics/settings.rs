//! Small values of the installation (the one-time set-up token's hash, data versions) and leases for jobs.
//! Not here: the configuration file (server).
//! A lease makes sure that of several processes one runs a job; it ends by itself.

use shared::calendar::Instant;

use crate::sql::{Reader, Sql, vals};
use crate::{Conn, StoreError, Tx};

/// No lease is longer, in milliseconds; one that is was taken while the clock was ahead.
const LONGEST: i64 = 24 * 3_600_000;

/// A value.
pub async fn get(conn: &dyn Conn, key: &str) -> Result<Option<String>, StoreError> {
    let row = conn
        .handle()
        .one(Sql::new(
            "select value from settings where key = ?",
            vals![key],
        ))
        .await?;
    row.map(|row| Reader::new(&row).get()).transpose()
}

/// Sets a value.
pub async fn set(tx: &Tx, key: &str, value: &str) -> Result<(), StoreError> {
    let sql = Sql::new(
        "insert into settings (key, value) values (?, ?) on conflict (key) do update set value = excluded.value",
        vals![key, value],
    );
    tx.handle().run(sql).await.map(drop)
}

/// Removes a value; whether it was there with exactly this content. Of two callers one gets true.
pub async fn take(tx: &Tx, key: &str, value: &str) -> Result<bool, StoreError> {
    Ok(tx
        .handle()
        .run(Sql::new(
            "delete from settings where key = ? and value = ?",
            vals![key, value],
        ))
        .await?
        == 1)
}

/// Takes or prolongs a lease; false while another holder has it.
pub async fn lease(
    tx: &Tx,
    name: &str,
    holder: &str,
    now: Instant,
    until: Instant,
) -> Result<bool, StoreError> {
    let sql = Sql::new(
        "insert into leases (name, holder, until_at) values (?, ?, ?) on conflict (name) do update
         set holder = excluded.holder, until_at = excluded.until_at where leases.holder = excluded.holder or leases.until_at < ? or leases.until_at > ?",
        vals![name, holder, until, now, Instant(now.0.saturating_add(LONGEST))],
    );
    Ok(tx.handle().run(sql).await? == 1)
}
