//! How much each person looked at: added up while people look, asked by the rules along the audit.
//! Not here: what counts as what (services).
//! A row of a person, ten minutes and kind is one upsert; nothing is read before it. Tickets outside the own queue have a row each beside it.

use std::sync::LazyLock;

use sea_orm::FromQueryResult;
use shared::calendar::Instant;

use crate::bulk::rows::Insert;
use crate::entity::table;
use crate::entity::trail::audit::outside;
use crate::entity::trail::audit::read::{Beside, Entity};
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

pub use crate::entity::trail::audit::outside::OutsideLook;
pub use crate::entity::trail::audit::read::Read;

static INSERT: LazyLock<Insert> = LazyLock::new(|| Insert {
    tail: " on conflict (person, stretch, kind) do update set counted = reads.counted + excluded.counted",
    ..table::insert::<Entity>()
});

static LOOKS: LazyLock<Insert> = LazyLock::new(|| {
    table::upsert::<outside::Entity>(vec![outside::Column::Who, outside::Column::At])
});

/// How many tickets outside the own queue somebody opened within some time.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Outside {
    /// Sign-in name.
    pub who: String,
    /// How many tickets.
    pub counted: i64,
    /// The last look at a ticket that was not looked at since, in milliseconds.
    pub last_at: i64,
}

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

/// Notes that somebody opened a ticket outside the own queue: the same ticket again moves its row. When that was before; `None` where it was never.
pub async fn look(tx: &Tx, look: &OutsideLook) -> Result<Option<Instant>, StoreError> {
    // Text, as what is beside it: a row by its key.
    let before = Sql::new(
        "select at from outside_looks where person = ? and ticket_id = ?",
        vals![look.person, look.ticket_id],
    );
    let before = tx.handle().number(before).await?;
    let rows = std::iter::once(look.values(outside::Beside {}));
    table::put(tx, *LOOKS, rows).await?;
    Ok((before != 0).then_some(Instant(before)))
}

/// Whoever opened so many tickets outside the own queue since an instant.
pub async fn outside(
    conn: &dyn Conn,
    since: Instant,
    least: i64,
) -> Result<Vec<Outside>, StoreError> {
    // Text: one walk along the newest part of the index.
    let sql = Sql::new(
        "select who, count(*) as counted, max(at) as last_at from outside_looks where at >= ? group by who having count(*) >= ? order by who",
        vals![since, least],
    );
    conn.handle().rows::<Outside>(sql).await
}

/// Forgets looks outside the own queue before an instant; how many that were.
pub async fn forget_looks(tx: &Tx, before: Instant) -> Result<u64, StoreError> {
    let sql = Sql::new("delete from outside_looks where at < ?", vals![before]);
    tx.handle().run(sql).await
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
