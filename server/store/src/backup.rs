//! What a backup needs from the database: a copy or a held snapshot, and the facts of exactly that moment.
//! Not here: files beside the database, the manifest, the tools of PostgreSQL (services).
//! Texts: counts, and what a database says of itself. Everything here only reads, except `after_restore`, which ends what must not come back to life.

use std::path::Path;

use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait as _, Database, DbBackend, EntityTrait as _,
    FromQueryResult, QueryFilter as _, Statement,
};
use shared::calendar::Instant;
use shared::file::FileCase;
use shared::ids::BlobId;
use uuid::Uuid;

use crate::database::Handle;
use crate::database::{OpenOptions, hold_postgres};
use crate::entity::file::{blob, file_reference, upload};
use crate::installation::{Restore, add_restore, has_table};
use crate::sql::{Sql, only, vals};
use crate::{Conn, Db, Seal, StoreError, Tx, audit, files};

/// The tables whose rows are counted.
const COUNTED: &[(&str, &str)] = &[
    ("approvals", "select count(*) from approvals"),
    ("assignments", "select count(*) from assignments"),
    ("attachments", "select count(*) from attachments"),
    ("audit", "select count(*) from audit"),
    ("audit_chain", "select count(*) from audit_chain"),
    (
        "audit_checkpoints",
        "select count(*) from audit_checkpoints",
    ),
    ("batches", "select count(*) from batches"),
    ("blobs", "select count(*) from blobs"),
    ("definitions", "select count(*) from definitions"),
    ("events", "select count(*) from events"),
    ("file_references", "select count(*) from file_references"),
    ("outbox", "select count(*) from outbox"),
    ("tickets", "select count(*) from tickets"),
    ("units", "select count(*) from units"),
    ("users", "select count(*) from users"),
];

/// What a snapshot holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Migrations that ran, oldest first.
    pub schema: Vec<String>,
    /// Table and number of rows.
    pub counts: Vec<(String, i64)>,
    /// The newest position of the audit's chain; 0 before the first.
    pub seq: i64,
    /// The chain's hash there.
    pub link: Vec<u8>,
}

/// A file that a row names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhotoRow {
    /// The row's id; the next page begins behind it.
    pub id: Uuid,
    /// Key of the file.
    pub path: String,
    /// Digest of its bytes.
    pub sha256: Vec<u8>,
    /// Bytes.
    pub size: i64,
    /// Whether it hangs on a form that is not sent yet.
    pub is_draft: bool,
}

/// Copies an SQLite database that is in use to a new file, as it is at one moment, and opens the copy for reading.
///
/// # Errors
/// When the database cannot be read as a whole: a damaged page is found here.
pub async fn copy_sqlite(from: &Path, to: &Path, seal: &Seal) -> Result<Db, StoreError> {
    let live = Database::connect(format!("sqlite://{}?mode=ro", from.display())).await?;
    let path = to.to_string_lossy().into_owned();
    let copied = live
        .execute_raw(Statement::from_sql_and_values(
            DbBackend::Sqlite,
            "vacuum into ?",
            [path.into()],
        ))
        .await;
    live.close().await?;
    copied?;
    open_copy(to, seal).await
}

/// Opens a copied SQLite file for reading; nothing is made beside it.
///
/// # Errors
/// When it is none.
pub async fn open_copy(file: &Path, seal: &Seal) -> Result<Db, StoreError> {
    let url = format!("sqlite://{}?mode=ro&immutable=true", file.display());
    Ok(Db::apart(Database::connect(url).await?, seal.clone()))
}

/// A PostgreSQL database held at one moment, and the snapshot's name for `pg_dump`. It is held until `release`.
///
/// # Errors
/// Of the connection.
pub async fn hold(url: &str, seal: &Seal) -> Result<(Db, String), StoreError> {
    let conn = hold_postgres(url, &OpenOptions::default()).await?;
    for sql in [
        "set statement_timeout = 0",
        "set idle_in_transaction_session_timeout = 0",
        "begin isolation level repeatable read read only",
    ] {
        conn.execute_unprepared(sql).await?;
    }
    let db = Db::apart(conn, seal.clone());
    let row = db
        .handle()
        .one(Sql::new("select pg_export_snapshot()", vals![]))
        .await?
        .ok_or_else(|| StoreError::broken("no snapshot"))?;
    let name = only(&row)?;
    Ok((db, name))
}

/// Closes a copy or lets a snapshot go.
pub async fn release(db: Db) {
    if let Err(error) = db.conn.close().await {
        tracing::warn!(cause = %error, "a snapshot could not be closed");
    }
}

/// Reads the facts of a snapshot.
pub async fn facts(db: &Db) -> Result<Facts, StoreError> {
    let h = db.handle();
    let mut schema = Vec::new();
    let steps = Sql::new(
        "select version from seaql_migrations order by version",
        vals![],
    );
    for row in h.all(steps).await? {
        schema.push(only(&row)?);
    }
    let mut counts = Vec::new();
    for (table, sql) in COUNTED {
        // A backup is taken before a migration as well.
        if !has_table(h, table).await? {
            continue;
        }
        counts.push(((*table).to_owned(), h.number(Sql::new(sql, vals![])).await?));
    }
    let (seq, link) = audit::head(db).await?;
    Ok(Facts {
        schema,
        counts,
        seq,
        link,
    })
}

/// A page of photos that lie in the clear, of an earlier release, in the order of ids.
pub async fn photos(
    conn: &dyn Conn,
    after: Option<Uuid>,
    limit: u32,
) -> Result<Vec<PhotoRow>, StoreError> {
    let h = conn.handle();
    // Texts: a backup is taken before a migration as well, and then the rows have no entity any more.
    let sql = if has_table(h, "attachments").await? {
        "select id, path, sha256, size, draft_id is not null as draft from attachments where id > ? order by id limit ?"
    } else if has_column(h, "open_path").await? {
        "select b.id, b.open_path as path, b.sha256, b.size, exists (select 1 from file_references r where r.blob = b.id and r.case_kind = 'F') as draft
         from blobs b where b.open_path is not null and b.id > ? order by b.id limit ?"
    } else {
        return Ok(Vec::new());
    };
    let page = Sql::new(
        sql,
        vals![after.unwrap_or_else(Uuid::nil), i64::from(limit)],
    );
    let rows = h.rows::<PhotoFound>(page).await?;
    let photo = |row: PhotoFound| PhotoRow {
        id: row.id,
        path: row.path,
        sha256: row.sha256.unwrap_or_default(),
        size: row.size,
        is_draft: row.draft,
    };
    Ok(rows.into_iter().map(photo).collect())
}

/// A photo's row.
#[derive(FromQueryResult)]
struct PhotoFound {
    id: Uuid,
    path: String,
    sha256: Option<Vec<u8>>,
    size: i64,
    draft: bool,
}

/// Whether files have this column by now.
async fn has_column(h: Handle<'_>, name: &str) -> Result<bool, StoreError> {
    // Texts: the catalogue is no entity.
    let sql = if h.is_sqlite() {
        "select count(*) from pragma_table_info('blobs') where name = ?"
    } else {
        "select count(*) from information_schema.columns where table_schema = current_schema() and table_name = 'blobs' and column_name = ?"
    };
    Ok(h.number(Sql::new(sql, vals![name])).await? > 0)
}

/// A sealed file that a row names.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct SealedRow {
    /// The row's id; the next page begins behind it.
    pub id: Uuid,
    /// Key of the object.
    pub path: String,
    /// Digest of the sealed bytes.
    pub sealed_sha256: Vec<u8>,
}

/// A page of the sealed files that are not destroyed, in the order of ids.
pub async fn sealed(
    conn: &dyn Conn,
    after: Option<Uuid>,
    limit: u32,
) -> Result<Vec<SealedRow>, StoreError> {
    // Text: columns of later releases are not there before a migration.
    let page = Sql::new(
        "select id, path, sealed_sha256 from blobs where sealed_key is not null and id > ? order by id limit ?",
        vals![after.unwrap_or_else(Uuid::nil), i64::from(limit)],
    );
    conn.handle().rows(page).await
}

/// How large a copy may become, in bytes: the database with its indexes, and the files that rows name.
pub async fn sizes(conn: &dyn Conn) -> Result<(i64, i64), StoreError> {
    let h = conn.handle();
    let database = if h.is_sqlite() {
        "select cast(page_count * page_size as integer) from pragma_page_count(), pragma_page_size()"
    } else {
        "select pg_database_size(current_database())"
    };
    let database = h.number(Sql::new(database, vals![])).await?;
    let mut files = 0;
    for (table, sum) in [
        (
            "attachments",
            "select cast(coalesce(sum(size), 0) as bigint) from attachments",
        ),
        (
            "blobs",
            "select cast(coalesce(sum(sealed_size), 0) as bigint) from blobs where state not in ('erased', 'refused')",
        ),
    ] {
        if has_table(h, table).await? {
            files += h.number(Sql::new(sum, vals![])).await?;
        }
    }
    Ok((database, files))
}

/// The server's major version on PostgreSQL; 0 on SQLite.
pub async fn server_major(conn: &dyn Conn) -> Result<i64, StoreError> {
    let h = conn.handle();
    if h.is_sqlite() {
        return Ok(0);
    }
    let sql = "select cast(current_setting('server_version_num') as bigint) / 10000";
    h.number(Sql::new(sql, vals![])).await
}

/// The major version of a PostgreSQL server, and whether the database has no table yet.
///
/// # Errors
/// Of the connection.
pub async fn look_at_postgres(url: &str) -> Result<(i64, bool), StoreError> {
    let conn = hold_postgres(url, &OpenOptions::default()).await?;
    let db = Db::apart(conn, Seal::in_memory()?);
    let major = server_major(&db).await?;
    let tables =
        "select count(*) from information_schema.tables where table_schema = current_schema()";
    let count = db.handle().number(Sql::new(tables, vals![])).await?;
    release(db).await;
    Ok((major, count == 0))
}

/// What a restored database must not bring back: sessions that ended since, uploads, files that were taken out or destroyed while the
/// backup was made. Writes the restore down.
pub async fn after_restore(tx: &Tx, restore: &Restore, gone: &[String]) -> Result<(), StoreError> {
    let h = tx.handle();
    let now: Instant = restore.at;
    crate::sessions::revoke_all(tx, now).await?;
    crate::citizens::end_everybody(tx, now).await?;
    for some in gone.chunks(500) {
        let lost = Condition::any()
            .add(blob::Column::OpenPath.is_in(some))
            .add(blob::Column::Path.is_in(some));
        let lost = blob::Entity::find().filter(lost);
        let ids: Vec<Uuid> = h.find(lost).await?.into_iter().map(|row| row.id).collect();
        let off = file_reference::Entity::delete_many()
            .filter(file_reference::Column::CaseKind.eq(FileCase::Form.code()))
            .filter(file_reference::Column::Blob.is_in(ids.iter().copied()));
        h.change(&off).await?;
        let ids: Vec<BlobId> = ids.into_iter().map(BlobId).collect();
        files::release(tx, &ids).await?;
        for id in ids {
            files::erase(tx, id).await?;
        }
    }
    // What was staged of uploads is in no backup; each is begun again.
    h.change(&upload::Entity::delete_many()).await?;
    add_restore(tx, restore).await
}
