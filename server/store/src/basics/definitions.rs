//! Process definitions with their versions; a version never changes once cases may stand on it.
//! Not here: reading BPMN (`bpmn`), the check before deployment (services), decision tables (`decisions`).
//! New tickets start on the newest version, new approvals on the newest that is active.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{Iterable as _, QueryOrder as _, QuerySelect as _};
use shared::calendar::Instant;

use crate::entity::basics::definition::{ActiveModel, Beside, Column, Entity};
use crate::entity::{Col, table};
use crate::seal::sha256;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

pub use crate::entity::basics::definition::Definition;

impl Definition {
    /// Whether new cases may start on it at an instant.
    pub fn is_active(&self, now: Instant) -> bool {
        self.active_from.is_some_and(|from| from <= now)
            && self.withdrawn_at.is_none_or(|until| now < until)
    }
}

/// The digest that is kept beside a text: its SHA-256.
pub fn digest(xml: &str) -> Vec<u8> {
    sha256(xml.as_bytes())
}

/// What is deployed.
#[derive(Debug, Clone)]
pub struct New {
    pub key: String,
    pub xml: String,
    pub at: Instant,
    pub active_from: Option<Instant>,
    pub by: Option<String>,
}

/// Every version of a definition, oldest first.
pub async fn all(conn: &dyn Conn, key: &str) -> Result<Vec<Definition>, StoreError> {
    let versions = Entity::find()
        .filter(Column::Key.eq(key))
        .order_by_asc(Column::Version);
    conn.handle().records(versions).await
}

/// Every version of every definition without its text, by key and version.
pub async fn heads(conn: &dyn Conn) -> Result<Vec<Definition>, StoreError> {
    let h = conn.handle();
    let heads = Entity::find()
        .select_only()
        .columns(Column::iter().filter(|column| !matches!(column, Column::Xml)))
        .expr_as(Expr::val(""), "xml")
        .order_by_asc(Column::Key)
        .order_by_asc(Column::Version);
    h.records(heads).await
}

/// One version.
pub async fn get(
    conn: &dyn Conn,
    key: &str,
    version: i32,
) -> Result<Option<Definition>, StoreError> {
    let one = Entity::find_by_id((Col(key.to_owned()), Col(version)));
    Ok(conn.handle().find_one(one).await?.map(Into::into))
}

/// Deploys the next version and gives its number, and whether it is new; the same text as the newest version is not deployed again.
pub async fn deploy(tx: &Tx, new: &New) -> Result<(i32, bool), StoreError> {
    let digest = digest(&new.xml);
    let newest = all(tx, &new.key).await?.pop();
    if let Some(newest) = &newest
        && newest.digest == digest
    {
        return Ok((newest.version, false));
    }
    let version = newest.map_or(1, |n| n.version + 1);
    let row = Definition {
        key: new.key.clone(),
        version,
        xml: new.xml.clone(),
        digest,
        deployed_at: new.at,
        active_from: new.active_from,
        withdrawn_at: None,
        deployed_by: new.by.clone(),
    };
    let mut sql = Sql::new(table::insert::<Entity>().head, vals![]);
    sql.list(row.values(Beside {}));
    tx.handle().insert(sql, "definition").await?;
    Ok((version, true))
}

/// Sets from when new cases start on a version; false when there is none.
pub async fn activate(tx: &Tx, key: &str, version: i32, from: Instant) -> Result<bool, StoreError> {
    let set = ActiveModel {
        active_from: Set(Some(from).into()),
        withdrawn_at: Set(Col(None)),
        ..Default::default()
    };
    change(tx, (key, version), set).await
}

/// No new case starts on a version from an instant on; those under way stay. False when there is none.
pub async fn withdraw(tx: &Tx, key: &str, version: i32, at: Instant) -> Result<bool, StoreError> {
    let set = ActiveModel {
        withdrawn_at: Set(Some(at).into()),
        ..Default::default()
    };
    change(tx, (key, version), set).await
}

async fn change(
    tx: &Tx,
    (key, version): (&str, i32),
    set: ActiveModel,
) -> Result<bool, StoreError> {
    let update = Entity::update_many()
        .set(set)
        .filter(Column::Key.eq(key))
        .filter(Column::Version.eq(Col(version)));
    Ok(tx.handle().change(&update).await? == 1)
}
