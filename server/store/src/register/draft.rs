//! What a draft changes: rows put and taken away, and the step by which they become the list's next state.
//! Not here: who may and what is allowed (services).
//! Texts: whole lists move in single statements, however many rows they have.

use std::sync::LazyLock;

use sea_orm::FromQueryResult;

use super::Part;
use crate::bulk::rows::Insert;
use crate::database::Handle;
use crate::entity::register::register_change::{Column, Entity, Model};
use crate::entity::table;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

/// A draft: of which list, its number, and that of the revision that it changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The list.
    pub part: Part,
    /// Its number.
    pub number: i32,
    /// The revision that it changes.
    pub base: i32,
}

/// A row as it becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its key.
    pub key: String,
    /// The row and what it is found by; nothing for one that goes.
    pub becomes: Option<(String, String)>,
}

/// How many rows a draft brings, changes and takes away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ChangeCounts {
    /// New ones.
    pub new: i64,
    /// Changed ones.
    pub changed: i64,
    /// Those that go.
    pub gone: i64,
}

impl ChangeCounts {
    /// All of them.
    pub const fn sum(self) -> i64 {
        self.new + self.changed + self.gone
    }
}

static PUT: LazyLock<Insert> =
    LazyLock::new(|| table::upsert::<Entity>(vec![Column::Body, Column::Words]));

/// Puts rows into a draft; each key once. `settle` afterwards leaves out what is as it was.
pub async fn put(tx: &Tx, draft: &Draft, changes: &[Change]) -> Result<(), StoreError> {
    let rows = changes.iter().map(|change| {
        let (body, words) = change.becomes.clone().unzip();
        table::values(&Model {
            list: draft.part.list.into(),
            area: draft.part.area.clone(),
            number: draft.number.into(),
            key: change.key.clone(),
            body,
            words,
        })
    });
    table::put(tx, *PUT, rows).await?;
    counted_anew(tx.handle(), changes.len(), "analyze register_changes").await
}

/// A draft takes every row away that was there before; what a file has is put on top.
pub async fn remove_all(tx: &Tx, draft: &Draft) -> Result<(), StoreError> {
    clear(tx, draft).await?;
    let sql = Sql::new(
        "insert into register_changes (list, area, number, key, body, words)
         select r.list, r.area, cast(? as bigint), r.key, cast(null as text), cast(null as text) from register_rows r
         where r.list = ? and r.area = ? and r.since <= ? and (r.ended is null or r.ended > ?)",
        vals![
            draft.number,
            draft.part.list,
            draft.part.area.clone(),
            draft.base,
            draft.base
        ],
    );
    tx.handle().run(sql).await.map(drop)
}

/// Leaves out of a draft what is as it was: rows with the same content, and removals of rows that are not there.
pub async fn settle(tx: &Tx, draft: &Draft) -> Result<(), StoreError> {
    let h = tx.handle();
    let same = Sql::new(
        "delete from register_changes where list = ? and area = ? and number = ? and body is not null and exists
         (select 1 from register_rows r where r.list = register_changes.list and r.area = register_changes.area and r.key = register_changes.key
          and r.since <= ? and (r.ended is null or r.ended > ?) and r.body = register_changes.body)",
        of(draft),
    );
    h.run(same).await?;
    let nothing = Sql::new(
        "delete from register_changes where list = ? and area = ? and number = ? and body is null and not exists
         (select 1 from register_rows r where r.list = register_changes.list and r.area = register_changes.area and r.key = register_changes.key
          and r.since <= ? and (r.ended is null or r.ended > ?))",
        of(draft),
    );
    h.run(nothing).await.map(drop)
}

/// So many rows at once change what PostgreSQL knows of a table.
const MANY: usize = 1_000;

/// PostgreSQL counts the rows of a table by itself only some time after many came. Until then it takes the table for an empty one, and
/// compares each of a hundred thousand changes with each row.
async fn counted_anew(
    h: Handle<'_>,
    rows: usize,
    statement: &'static str,
) -> Result<(), StoreError> {
    if rows < MANY || h.is_sqlite() {
        return Ok(());
    }
    h.run(Sql::new(statement, vals![])).await.map(drop)
}

fn of(draft: &Draft) -> Vec<sea_orm::Value> {
    vals![
        draft.part.list,
        draft.part.area.clone(),
        draft.number,
        draft.base,
        draft.base
    ]
}

/// A row stays as it was; whether the draft had changed it.
pub async fn drop_change(tx: &Tx, draft: &Draft, key: &str) -> Result<bool, StoreError> {
    let sql = Sql::new(
        "delete from register_changes where list = ? and area = ? and number = ? and key = ?",
        vals![draft.part.list, draft.part.area.clone(), draft.number, key],
    );
    Ok(tx.handle().run(sql).await? == 1)
}

/// The draft changes nothing any more.
pub async fn clear(tx: &Tx, draft: &Draft) -> Result<(), StoreError> {
    let sql = Sql::new(
        "delete from register_changes where list = ? and area = ? and number = ?",
        vals![draft.part.list, draft.part.area.clone(), draft.number],
    );
    tx.handle().run(sql).await.map(drop)
}

/// Fills a draft so that it brings the state of an older revision back.
pub async fn begin_from(tx: &Tx, draft: &Draft, older: i32) -> Result<(), StoreError> {
    let h = tx.handle();
    let other = Sql::new(
        "insert into register_changes (list, area, number, key, body, words)
         select o.list, o.area, cast(? as bigint), o.key, o.body, o.words from register_rows o
         where o.list = ? and o.area = ? and o.since <= ? and (o.ended is null or o.ended > ?)
         and not exists (select 1 from register_rows r where r.list = o.list and r.area = o.area and r.key = o.key
           and r.since <= ? and (r.ended is null or r.ended > ?) and r.body = o.body)",
        vals![
            draft.number,
            draft.part.list,
            draft.part.area.clone(),
            older,
            older,
            draft.base,
            draft.base
        ],
    );
    h.run(other).await?;
    let gone = Sql::new(
        "insert into register_changes (list, area, number, key, body, words)
         select r.list, r.area, cast(? as bigint), r.key, cast(null as text), cast(null as text) from register_rows r
         where r.list = ? and r.area = ? and r.since <= ? and (r.ended is null or r.ended > ?)
         and not exists (select 1 from register_rows o where o.list = r.list and o.area = r.area and o.key = r.key
           and o.since <= ? and (o.ended is null or o.ended > ?))",
        vals![
            draft.number,
            draft.part.list,
            draft.part.area.clone(),
            draft.base,
            draft.base,
            older,
            older
        ],
    );
    h.run(gone).await.map(drop)
}

#[derive(FromQueryResult)]
struct Counted {
    fresh: i64,
    changed: i64,
    gone: i64,
}

/// How much a revision changes of the one before.
pub async fn counts(
    conn: &dyn Conn,
    part: &Part,
    (base, number): (i32, i32),
) -> Result<ChangeCounts, StoreError> {
    let sql = Sql::new(
        "select count(case when r.key is null and c.body is not null then 1 end) as fresh,
         count(case when r.key is not null and c.body is not null then 1 end) as changed,
         count(case when c.body is null then 1 end) as gone
         from register_changes c left join register_rows r on r.list = c.list and r.area = c.area and r.key = c.key
           and r.since <= ? and (r.ended is null or r.ended > ?)
         where c.list = ? and c.area = ? and c.number = ?",
        vals![base, base, part.list, part.area.clone(), number],
    );
    let found = conn.handle().rows::<Counted>(sql).await?.pop();
    Ok(
        found.map_or_else(ChangeCounts::default, |found| ChangeCounts {
            new: found.fresh,
            changed: found.changed,
            gone: found.gone,
        }),
    )
}

/// What the draft changes becomes the list's next state.
pub async fn publish_rows(tx: &Tx, draft: &Draft) -> Result<(), StoreError> {
    let h = tx.handle();
    let (list, area) = (draft.part.list, draft.part.area.clone());
    let ended = Sql::new(
        "update register_rows set ended = ? where list = ? and area = ? and ended is null and key in
         (select c.key from register_changes c where c.list = ? and c.area = ? and c.number = ?)",
        vals![
            draft.number,
            list,
            area.clone(),
            list,
            area.clone(),
            draft.number
        ],
    );
    h.run(ended).await?;
    let begun = Sql::new(
        "insert into register_rows (list, area, key, since, ended, body, words)
         select c.list, c.area, c.key, c.number, cast(null as bigint), c.body, c.words from register_changes c
         where c.list = ? and c.area = ? and c.number = ? and c.body is not null",
        vals![list, area, draft.number],
    );
    let begun = usize::try_from(h.run(begun).await?).unwrap_or(MANY);
    counted_anew(h, begun, "analyze register_rows").await
}

/// The list's newest state becomes a draft again.
pub async fn take_back_rows(tx: &Tx, draft: &Draft) -> Result<(), StoreError> {
    let h = tx.handle();
    let (list, area) = (draft.part.list, draft.part.area.clone());
    let begun = Sql::new(
        "delete from register_rows where list = ? and area = ? and since = ?",
        vals![list, area.clone(), draft.number],
    );
    h.run(begun).await?;
    let ended = Sql::new(
        "update register_rows set ended = null where list = ? and area = ? and ended = ?",
        vals![list, area, draft.number],
    );
    h.run(ended).await.map(drop)
}
