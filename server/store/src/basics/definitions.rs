//! Process definitions with their versions; a version never changes once cases may stand on it.
//! Not here: reading BPMN (`bpmn`), the check before deployment (services).
//! New cases start on the newest version.

use shared::calendar::Instant;

use crate::seal::sha256;
use crate::sql::{Reader, Sql, vals};
use crate::{Conn, StoreError, Tx};

/// A deployed definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// `ticket-main`.
    pub key: String,
    /// From 1.
    pub version: i32,
    /// BPMN 2.0.
    pub xml: String,
    /// SHA-256 of the XML.
    pub digest: Vec<u8>,
    /// When it was deployed.
    pub deployed_at: Instant,
}

/// Every version of a definition, oldest first.
pub async fn all(conn: &dyn Conn, key: &str) -> Result<Vec<Definition>, StoreError> {
    let sql = Sql::new(
        "select key, version, xml, digest, deployed_at from definitions where key = ? order by version",
        vals![key],
    );
    conn.handle().all(sql).await?.iter().map(read).collect()
}

/// One version.
pub async fn get(
    conn: &dyn Conn,
    key: &str,
    version: i32,
) -> Result<Option<Definition>, StoreError> {
    let sql = Sql::new(
        "select key, version, xml, digest, deployed_at from definitions where key = ? and version = ?",
        vals![key, version],
    );
    conn.handle().one(sql).await?.as_ref().map(read).transpose()
}

/// Deploys the next version and gives its number; the same text as the newest version is not deployed again.
pub async fn deploy(tx: &Tx, key: &str, xml: &str, at: Instant) -> Result<i32, StoreError> {
    let digest = sha256(xml.as_bytes());
    let newest = all(tx, key).await?.pop();
    if let Some(newest) = &newest
        && newest.digest == digest
    {
        return Ok(newest.version);
    }
    let version = newest.map_or(1, |n| n.version + 1);
    let sql = Sql::new(
        "insert into definitions (key, version, xml, digest, deployed_at) values (?, ?, ?, ?, ?)",
        vals![key, version, xml, digest, at],
    );
    tx.handle().insert(sql, "definition").await?;
    Ok(version)
}

fn read(row: &sea_orm::QueryResult) -> Result<Definition, StoreError> {
    let mut r = Reader::new(row);
    Ok(Definition {
        key: r.get()?,
        version: r.int()?,
        xml: r.get()?,
        digest: r.get()?,
        deployed_at: r.at()?,
    })
}
