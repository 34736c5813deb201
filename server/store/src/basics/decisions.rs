//! Decision tables with their versions, asked by business-rule tasks.
//! Not here: reading DMN (`bpmn::decision`).
//! A running case stays on the version that was the newest when it was filed.

use shared::calendar::Instant;

use crate::seal::sha256;
use crate::sql::{Reader, Sql, vals};
use crate::{Conn, StoreError, Tx};

/// The newest version of a table: number and text.
pub async fn newest(conn: &dyn Conn, key: &str) -> Result<Option<(i32, String)>, StoreError> {
    let sql = Sql::new(
        "select version, xml from decisions where key = ? order by version desc limit 1",
        vals![key],
    );
    let row = conn.handle().one(sql).await?;
    row.map(|row| {
        let mut r = Reader::new(&row);
        Ok((r.int()?, r.get()?))
    })
    .transpose()
}

/// The text of one version.
pub async fn get(conn: &dyn Conn, key: &str, version: i32) -> Result<Option<String>, StoreError> {
    let sql = Sql::new(
        "select xml from decisions where key = ? and version = ?",
        vals![key, version],
    );
    let row = conn.handle().one(sql).await?;
    row.map(|row| Reader::new(&row).get()).transpose()
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
    let sql = Sql::new(
        "insert into decisions (key, version, xml, digest, deployed_at) values (?, ?, ?, ?, ?)",
        vals![key, version, xml, sha256(xml.as_bytes()), at],
    );
    tx.handle().insert(sql, "decision").await?;
    Ok((version, true))
}
