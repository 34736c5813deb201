//! Process definitions with their versions; a version never changes once cases may stand on it.
//! Not here: reading BPMN (`bpmn`), the check before deployment (services), decision tables (`decisions`).
//! New tickets start on the newest version, new approvals on the newest that is active.

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
    /// The name in the file.
    pub name: Option<String>,
    /// From when new approvals start on it; absent: not activated.
    pub active_from: Option<Instant>,
    /// From when none starts on it any more.
    pub withdrawn_at: Option<Instant>,
    /// Display name of who deployed it.
    pub deployed_by: Option<String>,
}

impl Definition {
    /// Whether new cases may start on it at an instant.
    pub fn is_active(&self, now: Instant) -> bool {
        self.active_from.is_some_and(|from| from <= now)
            && self.withdrawn_at.is_none_or(|until| now < until)
    }
}

/// What is deployed.
#[derive(Debug, Clone)]
pub struct New {
    pub key: String,
    pub xml: String,
    pub name: Option<String>,
    pub at: Instant,
    pub active_from: Option<Instant>,
    pub by: Option<String>,
}

const SELECT: &str = "select key, version, xml, digest, deployed_at, name, active_from, withdrawn_at, deployed_by from definitions";

/// Every version of a definition, oldest first.
pub async fn all(conn: &dyn Conn, key: &str) -> Result<Vec<Definition>, StoreError> {
    let mut sql = Sql::new(SELECT, vals![]);
    sql.push(" where key = ? order by version", vals![key]);
    conn.handle().all(sql).await?.iter().map(read).collect()
}

/// Every version of every definition without its text, by key and version.
pub async fn heads(conn: &dyn Conn) -> Result<Vec<Definition>, StoreError> {
    let sql = "select key, version, '', digest, deployed_at, name, active_from, withdrawn_at, deployed_by from definitions order by key, version";
    conn.handle()
        .all(Sql::new(sql, vals![]))
        .await?
        .iter()
        .map(read)
        .collect()
}

/// One version.
pub async fn get(
    conn: &dyn Conn,
    key: &str,
    version: i32,
) -> Result<Option<Definition>, StoreError> {
    let mut sql = Sql::new(SELECT, vals![]);
    sql.push(" where key = ? and version = ?", vals![key, version]);
    conn.handle().one(sql).await?.as_ref().map(read).transpose()
}

/// Deploys the next version and gives its number, and whether it is new; the same text as the newest version is not deployed again.
pub async fn deploy(tx: &Tx, new: &New) -> Result<(i32, bool), StoreError> {
    let digest = sha256(new.xml.as_bytes());
    let newest = all(tx, &new.key).await?.pop();
    if let Some(newest) = &newest
        && newest.digest == digest
    {
        return Ok((newest.version, false));
    }
    let version = newest.map_or(1, |n| n.version + 1);
    let sql = Sql::new(
        "insert into definitions (key, version, xml, digest, deployed_at, name, active_from, deployed_by) values (?, ?, ?, ?, ?, ?, ?, ?)",
        vals![
            &new.key,
            version,
            &new.xml,
            digest,
            new.at,
            new.name.clone(),
            new.active_from,
            new.by.clone()
        ],
    );
    tx.handle().insert(sql, "definition").await?;
    Ok((version, true))
}

/// Sets from when new cases start on a version; false when there is none.
pub async fn activate(tx: &Tx, key: &str, version: i32, from: Instant) -> Result<bool, StoreError> {
    let sql = Sql::new(
        "update definitions set active_from = ?, withdrawn_at = null where key = ? and version = ?",
        vals![from, key, version],
    );
    Ok(tx.handle().run(sql).await? == 1)
}

/// No new case starts on a version from an instant on; those under way stay. False when there is none.
pub async fn withdraw(tx: &Tx, key: &str, version: i32, at: Instant) -> Result<bool, StoreError> {
    let sql = Sql::new(
        "update definitions set withdrawn_at = ? where key = ? and version = ?",
        vals![at, key, version],
    );
    Ok(tx.handle().run(sql).await? == 1)
}

fn read(row: &sea_orm::QueryResult) -> Result<Definition, StoreError> {
    let mut r = Reader::new(row);
    Ok(Definition {
        key: r.get()?,
        version: r.int()?,
        xml: r.get()?,
        digest: r.get()?,
        deployed_at: r.at()?,
        name: r.get()?,
        active_from: r.opt_at()?,
        withdrawn_at: r.opt_at()?,
        deployed_by: r.get()?,
    })
}
