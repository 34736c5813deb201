//! Where platforms differ from our accounts, as the last look at each found it.
//! Not here: looking (services).
//! A look replaces what the one before found.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{IntoActiveModel as _, QueryOrder as _, QuerySelect as _};
use shared::account::platform::DriftKind;
use shared::calendar::Instant;

use crate::entity::scim::drift::{Column, Entity, Model};
use crate::entity::scim::look;
use crate::entity::table;
use crate::{Conn, StoreError, Tx};

/// An account that a platform has otherwise than we.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// Code of the platform.
    pub platform: String,
    /// Sign-in name.
    pub username: String,
    /// How it differs.
    pub kind: DriftKind,
    /// When it was found.
    pub found_at: Instant,
}

/// A look at a platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Code of the platform.
    pub platform: String,
    /// When.
    pub at: Instant,
    /// How many users it had.
    pub users: i64,
    /// Why it came to nothing, else empty.
    pub said: String,
}

/// Keeps a look; what it found stands instead of what the one before did, unless it came to nothing.
pub async fn keep_look(tx: &Tx, look: &Look, found: &[Drift]) -> Result<(), StoreError> {
    let h = tx.handle();
    if look.said.is_empty() {
        let old = Entity::delete_many().filter(Column::Platform.eq(look.platform.as_str()));
        h.change(&old).await?;
        let rows = found.iter().map(|drift| {
            table::values(&Model {
                platform: drift.platform.clone(),
                username: drift.username.clone(),
                kind: drift.kind.into(),
                found_at: drift.found_at.into(),
            })
        });
        table::put(tx, table::insert::<Entity>(), rows).await?;
    }
    let row = look::Model {
        platform: look.platform.clone(),
        at: look.at.into(),
        users: look.users,
        said: look.said.clone(),
    };
    let newer = OnConflict::column(look::Column::Platform)
        .update_columns([look::Column::At, look::Column::Users, look::Column::Said])
        .to_owned();
    let set = look::Entity::insert(row.into_active_model().reset_all()).on_conflict(newer);
    h.change(&set).await.map(drop)
}

/// The last look at each platform.
pub async fn looks(conn: &dyn Conn) -> Result<Vec<Look>, StoreError> {
    let rows = conn.handle().find(look::Entity::find()).await?;
    Ok(rows
        .into_iter()
        .map(|row| Look {
            platform: row.platform,
            at: row.at.0,
            users: row.users,
            said: row.said,
        })
        .collect())
}

/// Where platforms differ, some at most, by platform and name.
pub async fn drifts(conn: &dyn Conn, limit: u64) -> Result<Vec<Drift>, StoreError> {
    let some = Entity::find()
        .order_by_asc(Column::Platform)
        .order_by_asc(Column::Username)
        .limit(limit);
    let rows = conn.handle().find(some).await?;
    Ok(rows
        .into_iter()
        .map(|row| Drift {
            platform: row.platform,
            username: row.username,
            kind: row.kind.0,
            found_at: row.found_at.0,
        })
        .collect())
}
