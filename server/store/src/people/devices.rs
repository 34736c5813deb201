//! Devices that have proved something before, and tallies of what happens often; keys are HMACs, so that the table names nobody.
//! Not here: what is counted and what follows from it (services), wrong tries in a row (`lookups`).
//! Each tally is one statement, so that a hundred at once are counted as a hundred.

use sea_orm::IntoActiveModel as _;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use shared::calendar::Instant;

use crate::entity::Col;
use crate::entity::people::known_device::{Column, Entity, Model};
use crate::entity::people::tally;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

/// Whether the device has proved this subject before.
pub async fn is_known(conn: &dyn Conn, subject: &[u8], device: &[u8]) -> Result<bool, StoreError> {
    let key = (Col(subject.to_vec()), Col(device.to_vec()));
    let known = conn.handle().find_one(Entity::find_by_id(key)).await?;
    Ok(known.is_some())
}

/// Remembers that the device has proved the subject.
pub async fn know(tx: &Tx, subject: &[u8], device: &[u8], now: Instant) -> Result<(), StoreError> {
    let row = Model {
        subject: subject.to_vec().into(),
        device: device.to_vec().into(),
        last_at: now.into(),
    };
    let newer = OnConflict::columns([Column::Subject, Column::Device])
        .update_column(Column::LastAt)
        .to_owned();
    let known = Entity::insert(row.into_active_model().reset_all()).on_conflict(newer);
    tx.handle().change(&known).await.map(drop)
}

/// Forgets every device of a subject; after somebody else has set the password, for example.
pub async fn forget(tx: &Tx, subject: &[u8]) -> Result<u64, StoreError> {
    let gone = Entity::delete_many().filter(Column::Subject.eq(subject));
    tx.handle().change(&gone).await
}

/// Counts one more and gives how many there were since the window began. A window ends after `window` milliseconds, or when the clock was
/// set back behind its beginning.
pub async fn tally(tx: &Tx, key: &[u8], window: i64, now: Instant) -> Result<i64, StoreError> {
    let window = Window {
        length: window,
        now,
    };
    tally_many(tx, key, 1, window).await
}

/// A span of time in which something is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// In milliseconds.
    pub length: i64,
    /// The present.
    pub now: Instant,
}

/// The same with so many more at once.
pub async fn tally_many(tx: &Tx, key: &[u8], many: i64, window: Window) -> Result<i64, StoreError> {
    let over = Instant(window.now.0.saturating_sub(window.length));
    // Text: one statement counts, however many come at once.
    let sql = Sql::new(
        "insert into tallies (key, n, since) values (?, ?, ?) on conflict (key) do update set
         n = case when tallies.since <= ? or tallies.since > excluded.since then excluded.n else tallies.n + excluded.n end,
         since = case when tallies.since <= ? or tallies.since > excluded.since then excluded.since else tallies.since end
         returning n",
        vals![key, many, window.now, over, over],
    );
    tx.handle().number(sql).await
}

/// Forgets tallies and devices that were quiet since an instant.
pub async fn purge(tx: &Tx, tallies: Instant, devices: Instant) -> Result<u64, StoreError> {
    let h = tx.handle();
    let old = tally::Entity::delete_many().filter(tally::Column::Since.lt(Col(tallies)));
    let counted = h.change(&old).await?;
    let quiet = Entity::delete_many().filter(Column::LastAt.lt(Col(devices)));
    Ok(counted + h.change(&quiet).await?)
}
