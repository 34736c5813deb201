//! Published revisions that people are asked to read: who is asked, who has read, and whom to tell again.
//! Not here: who is concerned and how often they are told (services).
//! Ids carry their time, so that the latest come first along the key.

use std::sync::LazyLock;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, QueryOrder as _, QuerySelect as _};
use shared::calendar::Instant;
use shared::ids::UserId;

use super::Part;
use crate::bulk::rows::Insert;
use crate::entity::register::rule_notice::{self, moves};
use crate::entity::register::rule_read::{self, ActiveModel, Column, Entity};
use crate::entity::{Col, table};
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

pub use crate::entity::register::rule_notice::RuleNotice;
pub use crate::entity::register::rule_read::RuleRead;

static ASKED: LazyLock<Insert> = LazyLock::new(|| table::upsert::<rule_notice::Entity>(moves()));

/// Asks people to read a revision; who is asked already stays as he is.
pub async fn ask(tx: &Tx, notice: &RuleNotice, people: &[RuleRead]) -> Result<(), StoreError> {
    let one = std::iter::once(notice.values(rule_notice::Beside {}));
    table::put(tx, *ASKED, one).await?;
    let insert = Insert {
        tail: " on conflict (user_id, notice_id) do nothing",
        ..table::insert::<Entity>()
    };
    let rows = people.iter().map(|it| it.values(rule_read::Beside {}));
    table::put(tx, insert, rows).await
}

/// What is asked about a revision.
pub async fn of_revision(
    conn: &dyn Conn,
    part: &Part,
    number: i32,
) -> Result<Option<RuleNotice>, StoreError> {
    let one = rule_notice::Entity::find()
        .filter(rule_notice::Column::List.eq(Col(part.list)))
        .filter(rule_notice::Column::Area.eq(part.area.clone()))
        .filter(rule_notice::Column::Number.eq(Col(number)));
    Ok(conn.handle().records(one).await?.pop())
}

/// One by its id.
pub async fn get(conn: &dyn Conn, id: Uuid) -> Result<Option<RuleNotice>, StoreError> {
    Ok(named(conn, &[id]).await?.pop())
}

/// Several by their ids.
pub async fn named(conn: &dyn Conn, ids: &[Uuid]) -> Result<Vec<RuleNotice>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let some = rule_notice::Entity::find()
        .filter(rule_notice::Column::Id.is_in(ids.iter().map(|id| Col(*id))));
    conn.handle().records(some).await
}

/// Those that were asked last.
pub async fn newest(conn: &dyn Conn, limit: u64) -> Result<Vec<RuleNotice>, StoreError> {
    let some = rule_notice::Entity::find()
        .order_by_desc(rule_notice::Column::Id)
        .limit(limit);
    conn.handle().records(some).await
}

/// What somebody is asked to read, the latest first, behind one of them.
pub async fn of_person(
    conn: &dyn Conn,
    user: UserId,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<RuleRead>, StoreError> {
    let mut some = Entity::find().filter(Column::UserId.eq(Col(user)));
    if let Some(before) = before {
        some = some.filter(Column::NoticeId.lt(Col(before)));
    }
    let some = some.order_by_desc(Column::NoticeId).limit(limit);
    conn.handle().records(some).await
}

/// Who is asked, by sign-in name, behind one of them.
pub async fn people(
    conn: &dyn Conn,
    notice: Uuid,
    after: Option<&str>,
    limit: u64,
) -> Result<Vec<RuleRead>, StoreError> {
    let mut some = Entity::find().filter(Column::NoticeId.eq(Col(notice)));
    if let Some(after) = after {
        some = some.filter(Column::Username.gt(after));
    }
    let some = some.order_by_asc(Column::Username).limit(limit);
    conn.handle().records(some).await
}

#[derive(FromQueryResult)]
struct Counted {
    people: i64,
    has_read: i64,
}

/// How many are asked, and how many of them have read it.
pub async fn counts(conn: &dyn Conn, notice: Uuid) -> Result<(i64, i64), StoreError> {
    // Text: both counts in one walk along the index of those who are asked.
    let sql = Sql::new(
        "select count(*) as people, count(read_at) as has_read from rule_reads where notice_id = ?",
        vals![notice],
    );
    let row = conn.handle().rows::<Counted>(sql).await?.pop();
    Ok(row.map_or((0, 0), |row| (row.people, row.has_read)))
}

/// Whether somebody is asked.
pub async fn has(conn: &dyn Conn, user: UserId, notice: Uuid) -> Result<bool, StoreError> {
    let one = Entity::find_by_id((Col(user), Col(notice)));
    Ok(conn.handle().find_one(one).await?.is_some())
}

/// Notes that somebody has read it; false when that is noted already, or he is not asked.
pub async fn read(
    tx: &Tx,
    (user, notice): (UserId, Uuid),
    now: Instant,
) -> Result<bool, StoreError> {
    let update = Entity::update_many()
        .set(ActiveModel {
            read_at: Set(Col(Some(now))),
            remind_at: Set(Col(None)),
            ..Default::default()
        })
        .filter(Column::UserId.eq(Col(user)))
        .filter(Column::NoticeId.eq(Col(notice)))
        .filter(Column::ReadAt.is_null());
    Ok(tx.handle().change(&update).await? == 1)
}

/// Those who are to be told now, the longest waiting first.
pub async fn due(conn: &dyn Conn, now: Instant, limit: u64) -> Result<Vec<RuleRead>, StoreError> {
    let some = Entity::find()
        .filter(Column::RemindAt.is_not_null())
        .filter(Column::RemindAt.lte(Col(now)))
        .order_by_asc(Column::RemindAt)
        .limit(limit);
    conn.handle().records(some).await
}

/// When somebody is told again, if he has not read it meanwhile; false when he has.
pub async fn told(
    tx: &Tx,
    (user, notice): (UserId, Uuid),
    again: Option<Instant>,
) -> Result<bool, StoreError> {
    let update = Entity::update_many()
        .set(ActiveModel {
            remind_at: Set(Col(again)),
            ..Default::default()
        })
        .filter(Column::UserId.eq(Col(user)))
        .filter(Column::NoticeId.eq(Col(notice)))
        .filter(Column::ReadAt.is_null());
    Ok(tx.handle().change(&update).await? == 1)
}
