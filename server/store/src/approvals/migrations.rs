//! Migrations of running cases: what was moved, and how each case stood before, so that a migration can be taken back.
//! Not here: finding a case's place in the new version (`bpmn::change`), the transaction (services).
//! A case that has moved on since is not taken back.

use shared::calendar::Instant;
use shared::ids::{ApprovalId, MigrationId, UserId};
use uuid::Uuid;

use super::row;
use crate::record::{Approval, Inside, Migration};
use crate::sql::{Reader, Sql, vals};
use crate::{Conn, StoreError, Tx};

/// How a case stood before a migration.
#[derive(Debug, Clone, PartialEq)]
pub struct Before {
    pub approval: ApprovalId,
    /// The case's version right after the migration.
    pub version_after: i32,
    pub definition_version: i32,
    pub pins: std::collections::BTreeMap<String, i32>,
    pub inside: Inside,
}

/// Notes the begin of a migration.
pub async fn begin(tx: &Tx, m: &Migration) -> Result<(), StoreError> {
    let mapping = serde_json::to_string(&m.mapping).map_err(|e| StoreError::Broken(e.into()))?;
    let sql = Sql::new(
        "insert into migrations (id, definition, from_version, to_version, at, by_user, by_name, mapping, moved, undone_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        vals![
            m.id.0,
            &m.definition,
            m.from_version,
            m.to_version,
            m.at,
            m.by,
            m.by_name.clone(),
            mapping,
            m.moved,
            m.undone_at
        ],
    );
    tx.handle().insert(sql, "migration").await.map(drop)
}

/// Keeps how a case stood, in the transaction that moves it.
pub async fn keep(
    tx: &Tx,
    id: MigrationId,
    before: &Approval,
    version_after: i32,
) -> Result<(), StoreError> {
    let h = tx.handle();
    let sealed = row::sealed(h.seal(), before.id, &before.inside)?;
    let sql = Sql::new(
        "insert into migrated_cases (migration_id, approval_id, version_after, definition_version, pins, key_id, sealed) values (?, ?, ?, ?, ?, ?, ?)",
        vals![
            id.0,
            before.id,
            version_after,
            before.definition_version,
            row::pins(before),
            h.seal().key_id(),
            sealed
        ],
    );
    h.insert(sql, "migrated_case").await?;
    let sql = Sql::new(
        "update migrations set moved = moved + 1 where id = ?",
        vals![id.0],
    );
    h.run(sql).await.map(drop)
}

/// One migration.
pub async fn get(conn: &dyn Conn, id: MigrationId) -> Result<Option<Migration>, StoreError> {
    let mut sql = Sql::new(SELECT, vals![]);
    sql.push(" where id = ?", vals![id.0]);
    conn.handle().one(sql).await?.as_ref().map(read).transpose()
}

/// The newest migrations of a definition.
pub async fn list(conn: &dyn Conn, definition: &str) -> Result<Vec<Migration>, StoreError> {
    let mut sql = Sql::new(SELECT, vals![]);
    sql.push(
        " where definition = ? order by at desc limit 20",
        vals![definition],
    );
    conn.handle().all(sql).await?.iter().map(read).collect()
}

const SELECT: &str = "select id, definition, from_version, to_version, at, by_user, by_name, mapping, moved, undone_at from migrations";

fn read(found: &sea_orm::QueryResult) -> Result<Migration, StoreError> {
    let mut r = Reader::new(found);
    Ok(Migration {
        id: MigrationId(r.get()?),
        definition: r.get()?,
        from_version: r.int()?,
        to_version: r.int()?,
        at: r.at()?,
        by: r.get::<Option<Uuid>>()?.map(UserId),
        by_name: r.get()?,
        mapping: r.json()?,
        moved: r.get()?,
        undone_at: r.opt_at()?,
    })
}

/// How cases stood before a migration, behind `after`, in order.
pub async fn cases(
    conn: &dyn Conn,
    id: MigrationId,
    after: Option<ApprovalId>,
    limit: u32,
) -> Result<Vec<Before>, StoreError> {
    let h = conn.handle();
    let mut sql = Sql::new(
        "select approval_id, version_after, definition_version, pins, key_id, sealed from migrated_cases where migration_id = ?",
        vals![id.0],
    );
    if let Some(after) = after {
        sql.push(" and approval_id > ?", vals![after]);
    }
    sql.push(" order by approval_id limit ?", vals![limit]);
    h.all(sql)
        .await?
        .iter()
        .map(|found| {
            let mut r = Reader::new(found);
            let approval = ApprovalId(r.get()?);
            let (version_after, definition_version, pins) = (r.int()?, r.int()?, r.json()?);
            let (key, sealed): (String, Vec<u8>) = (r.get()?, r.get()?);
            Ok(Before {
                approval,
                version_after,
                definition_version,
                pins,
                inside: row::opened(h.seal(), approval, &key, &sealed)?,
            })
        })
        .collect()
}

/// Notes that a migration was taken back.
pub async fn undone(tx: &Tx, id: MigrationId, at: Instant) -> Result<(), StoreError> {
    let sql = Sql::new(
        "update migrations set undone_at = ? where id = ? and undone_at is null",
        vals![at, id.0],
    );
    tx.handle().run(sql).await.map(drop)
}
