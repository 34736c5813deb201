//! How much each person looked at: added up while people look, asked by the rules along the audit.
//! Not here: what counts as what (services).
//! A row of a person, ten minutes and kind is one upsert; nothing is read before it.

use std::sync::LazyLock;

use sea_orm::FromQueryResult;

use crate::bulk::rows::Insert;
use crate::entity::table;
use crate::entity::trail::audit::read::{Beside, Entity};
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

pub use crate::entity::trail::audit::read::Read;

static INSERT: LazyLock<Insert> = LazyLock::new(|| Insert {
    tail: " on conflict (person, stretch, kind) do update set counted = reads.counted + excluded.counted",
    ..table::insert::<Entity>()
});

/// What one person looked at within some time.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Looked {
    /// Sign-in name.
    pub who: String,
    /// Number of the ten minutes; of several, the last one.
    pub stretch: i64,
    /// How often.
    pub counted: i64,
}

/// Adds to what is there.
pub async fn add(tx: &Tx, rows: &[Read]) -> Result<(), StoreError> {
    let rows = rows.iter().map(|row| row.values(Beside {}));
    table::put(tx, *INSERT, rows).await
}

/// Whoever looked so often at something of a kind within ten minutes, of the stretches from one on.
pub async fn often(
    conn: &dyn Conn,
    kind: &str,
    since: i64,
    least: i64,
) -> Result<Vec<Looked>, StoreError> {
    // Text: a walk along the few rows of the newest stretches.
    let sql = Sql::new(
        "select who, stretch, counted from reads where stretch >= ? and kind = ? and counted >= ? order by stretch, who",
        vals![since, kind, least],
    );
    conn.handle().rows::<Looked>(sql).await
}

/// Whoever looked most often at something of a kind since a stretch, the first ones.
pub async fn most(
    conn: &dyn Conn,
    kind: &str,
    since: i64,
    limit: i64,
) -> Result<Vec<Looked>, StoreError> {
    // Text: sums of one walk along the index.
    let sql = Sql::new(
        "select who, max(stretch) as stretch, cast(sum(counted) as bigint) as counted from reads where stretch >= ? and kind = ? group by who order by 3 desc, 1 limit ?",
        vals![since, kind, limit],
    );
    conn.handle().rows::<Looked>(sql).await
}

/// Forgets stretches before one; how many rows that were.
pub async fn forget(tx: &Tx, before: i64) -> Result<u64, StoreError> {
    let sql = Sql::new("delete from reads where stretch < ?", vals![before]);
    tx.handle().run(sql).await
}
