//! What ties a database to its keys and its data folder: which keys seal it, the installation's id, restores from backups.
//! Not here: the key file (`seal::file`), what is done about a misfit (services).
//! `reseal` seals rows anew after the keys changed; `proof` opens one row of each sealed kind, for databases that do not know their keys yet and for the doctor.

mod proof;
pub mod reseal;
mod restores;

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{IntoActiveModel as _, QueryOrder as _};
use shared::calendar::Instant;

use crate::database::Handle;
use crate::entity::installation::sealing_key::{Column, Entity, Model};
use crate::sql::{Sql, vals};
use crate::{Conn, KeyMark, Seal, StoreError, Tx, settings};

pub use proof::{Proof, prove};
pub use restores::{Restore, add as add_restore, list as restores};

/// The setting with the installation's id.
const ID: &str = "installation";

/// Whether a database file is absent or empty; a server's database is never absent.
///
/// # Errors
/// `Unfit` for an address that is none.
pub fn is_missing(url: &str) -> Result<bool, StoreError> {
    Ok(crate::database::sqlite_path(url)?
        .is_some_and(|path| std::fs::metadata(path).map_or(true, |file| file.len() == 0)))
}

/// The file of an SQLite database; `None` for a server's.
///
/// # Errors
/// `Unfit` for an address that is none.
pub fn sqlite_file(url: &str) -> Result<Option<std::path::PathBuf>, StoreError> {
    crate::database::sqlite_path(url)
}

/// The keys that the database says it needs; empty when nobody has recorded them.
pub async fn known_keys(conn: &dyn Conn) -> Result<Vec<KeyMark>, StoreError> {
    let h = conn.handle();
    if !has_table(h, "sealing_keys").await? {
        return Ok(Vec::new());
    }
    let known = Entity::find()
        .order_by_asc(Column::Kind)
        .order_by_asc(Column::Id);
    let mark = |row: Model| KeyMark {
        kind: row.kind,
        id: row.id,
        fingerprint: row.fingerprint,
    };
    Ok(h.find(known).await?.into_iter().map(mark).collect())
}

/// The known keys that are not among those at hand, or are others of the same name.
pub fn lacking(known: &[KeyMark], seal: &Seal) -> Vec<KeyMark> {
    let mut lacking = known.to_vec();
    lacking.retain(|mark| !seal.marks().contains(mark));
    lacking
}

/// Records the keys at hand; those that are recorded already stay. Where a newer one seals or finds from now on, what is there is sealed anew.
pub async fn record_keys(tx: &Tx, at: Instant) -> Result<u64, StoreError> {
    let h = tx.handle();
    let before = known_keys(tx).await?;
    let is_new = |kind: &str, id: &str| {
        let is_known = |mark: &KeyMark| mark.kind == kind && mark.id == id;
        !before.is_empty() && !before.iter().any(is_known)
    };
    if is_new("data", h.seal().key_id()) || is_new("lookup", h.seal().lookup_id()) {
        reseal::begin(tx).await?;
    }
    let mut count = 0;
    for mark in h.seal().marks() {
        let row = Model {
            kind: mark.kind.clone(),
            id: mark.id.clone(),
            fingerprint: mark.fingerprint.clone(),
            recorded_at: at.into(),
        };
        let known = OnConflict::columns([Column::Kind, Column::Id])
            .do_nothing()
            .to_owned();
        let row = Entity::insert(row.into_active_model().reset_all()).on_conflict(known);
        count += h.change(&row).await?;
    }
    Ok(count)
}

/// The installation's id; `None` for a database of an earlier release.
pub async fn id(conn: &dyn Conn) -> Result<Option<String>, StoreError> {
    if !has_table(conn.handle(), "settings").await? {
        return Ok(None);
    }
    settings::get(conn, ID).await
}

/// Gives the installation its id, unless it has one; the one it has afterwards.
pub async fn name(tx: &Tx, id: &str) -> Result<String, StoreError> {
    settings::set_first(tx, ID, id).await?;
    Ok(settings::get(tx, ID).await?.unwrap_or_default())
}

/// Whether a table of ours is there; an older schema may not have it yet.
pub(crate) async fn has_table(h: Handle<'_>, table: &'static str) -> Result<bool, StoreError> {
    let sql = if h.is_sqlite() {
        "select count(*) from sqlite_schema where type = 'table' and name = ?"
    } else {
        "select count(*) from information_schema.tables where table_schema = current_schema() and table_name = ?"
    };
    Ok(h.number(Sql::new(sql, vals![table])).await? > 0)
}
