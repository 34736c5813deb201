//! Small values of the installation (the one-time set-up token's hash, data versions) and leases for jobs.
//! Not here: the configuration file (server).
//! A lease makes sure that of several processes one runs a job; it ends by itself.

use sea_orm::IntoActiveModel as _;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use shared::calendar::Instant;

use crate::entity::basics::setting::{ActiveModel, Column, Entity, Model};
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

/// No lease is longer, in milliseconds; one that is was taken while the clock was ahead.
const LONGEST: i64 = 24 * 3_600_000;

/// A value.
pub async fn get(conn: &dyn Conn, key: &str) -> Result<Option<String>, StoreError> {
    let setting = conn.handle().find_one(Entity::find_by_id(key)).await?;
    Ok(setting.map(|setting| setting.value))
}

/// Sets a value.
pub async fn set(tx: &Tx, key: &str, value: &str) -> Result<(), StoreError> {
    let newer = OnConflict::column(Column::Key)
        .update_column(Column::Value)
        .to_owned();
    let set = insert(key, value).on_conflict(newer);
    tx.handle().change(&set).await.map(drop)
}

/// Sets a value that is not set yet.
pub(crate) async fn set_first(tx: &Tx, key: &str, value: &str) -> Result<(), StoreError> {
    let known = OnConflict::column(Column::Key).do_nothing().to_owned();
    let set = insert(key, value).on_conflict(known);
    tx.handle().change(&set).await.map(drop)
}

fn insert(key: &str, value: &str) -> sea_orm::Insert<ActiveModel> {
    let row = Model {
        key: key.to_owned(),
        value: value.to_owned(),
    };
    Entity::insert(row.into_active_model().reset_all())
}

/// Removes a value; whether it was there with exactly this content. Of two callers one gets true.
pub async fn take(tx: &Tx, key: &str, value: &str) -> Result<bool, StoreError> {
    let taken = Entity::delete_by_id(key).filter(Column::Value.eq(value));
    Ok(tx.handle().change(&taken).await? == 1)
}

/// Takes or prolongs a lease; false while another holder has it.
pub async fn lease(
    tx: &Tx,
    name: &str,
    holder: &str,
    now: Instant,
    until: Instant,
) -> Result<bool, StoreError> {
    // Text: one statement takes it, or finds another holder.
    let sql = Sql::new(
        "insert into leases (name, holder, until_at) values (?, ?, ?) on conflict (name) do update
         set holder = excluded.holder, until_at = excluded.until_at where leases.holder = excluded.holder or leases.until_at < ? or leases.until_at > ?",
        vals![name, holder, until, now, Instant(now.0.saturating_add(LONGEST))],
    );
    Ok(tx.handle().run(sql).await? == 1)
}
