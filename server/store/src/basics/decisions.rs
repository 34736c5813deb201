//! Decision tables with their versions, asked by business-rule tasks.
//! Not here: reading DMN (`bpmn::decision`).
//! A running case stays on the version that was the newest when it was filed.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QuerySelect as _};
use shared::calendar::Instant;

use crate::entity::Col;
use crate::entity::basics::decision::{Column, Entity, Model};
use crate::seal::sha256;
use crate::{Conn, StoreError, Tx};

/// The newest version of a table: number and text.
pub async fn newest(conn: &dyn Conn, key: &str) -> Result<Option<(i32, String)>, StoreError> {
    let newest = Entity::find()
        .filter(Column::Key.eq(key))
        .order_by_desc(Column::Version)
        .limit(1);
    let newest = conn.handle().find_one(newest).await?;
    Ok(newest.map(|row| (row.version.0, row.xml)))
}

/// The text of one version.
pub async fn get(conn: &dyn Conn, key: &str, version: i32) -> Result<Option<String>, StoreError> {
    let one = Entity::find_by_id((key.to_owned(), Col(version)));
    Ok(conn.handle().find_one(one).await?.map(|row| row.xml))
}

/// The text of one version and its digest, as they were kept when it was deployed.
pub async fn deployed(
    conn: &dyn Conn,
    key: &str,
    version: i32,
) -> Result<Option<(String, Vec<u8>)>, StoreError> {
    let one = Entity::find_by_id((key.to_owned(), Col(version)));
    let found = conn.handle().find_one(one).await?;
    Ok(found.map(|row| (row.xml, row.digest)))
}

/// Deploys the next version of a table; the same text is not deployed again.
pub async fn deploy(tx: &Tx, key: &str, xml: &str, at: Instant) -> Result<(i32, bool), StoreError> {
    let newest = newest(tx, key).await?;
    if let Some((version, text)) = &newest
        && text == xml
    {
        return Ok((*version, false));
    }
    let version = newest.map_or(1, |(version, _)| version + 1);
    let row = Model {
        key: key.to_owned(),
        version: version.into(),
        xml: xml.to_owned(),
        digest: sha256(xml.as_bytes()),
        deployed_at: at.into(),
    };
    tx.handle().add_row(row, "decision").await?;
    Ok((version, true))
}
