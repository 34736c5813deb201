//! The dated register: revisions of lists, their rows, what drafts change of them.
//! A row holds from the revision that brought it until the one that ended it, so that every state that ever held can be read again.
//! Not here: what a list's rows mean (`shared::register`), the live tables (`basics`).

mod draft;
mod holding;
pub mod reading;
mod rows;

use sea_orm::QueryOrder as _;
use sea_orm::entity::prelude::*;
use shared::calendar::Instant;
use shared::register::{ListCode, RevisionState};

use crate::entity::register::register_revision::{Beside, Column, Entity};
use crate::entity::{Col, table};
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

pub use crate::entity::register::register_revision::Revision;
pub use draft::{
    Change, ChangeCounts, Draft, begin_from, clear, counts, drop_change, publish_rows, put,
    remove_all, settle, take_back_rows,
};
pub use holding::{HeldRow, Holding, holding};
pub use rows::{At, Held, Look, changes, count, get, page, past, rows};

/// A list of one area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which list.
    pub list: ListCode,
    /// Division code; empty for the base.
    pub area: String,
}

/// Every revision of a list of one area, the newest first.
pub async fn revisions(conn: &dyn Conn, part: &Part) -> Result<Vec<Revision>, StoreError> {
    let all = Entity::find()
        .filter(Column::List.eq(Col(part.list)))
        .filter(Column::Area.eq(part.area.clone()))
        .order_by_desc(Column::Number);
    conn.handle().records(all).await
}

/// The areas that have a part of a list.
pub async fn areas(conn: &dyn Conn, list: ListCode) -> Result<Vec<String>, StoreError> {
    let all = Entity::find()
        .filter(Column::List.eq(Col(list)))
        .filter(Column::Number.eq(Col(1)))
        .order_by_asc(Column::Area);
    let rows = conn.handle().records::<_, Revision>(all).await?;
    Ok(rows.into_iter().map(|row| row.area).collect())
}

/// Adds a revision.
///
/// # Errors
/// `Exists("register_revision")` when its number is taken, or there is a draft already.
pub async fn add(tx: &Tx, revision: &Revision) -> Result<(), StoreError> {
    let mut sql = Sql::new(table::insert::<Entity>().head, vals![]);
    sql.list(revision.values(Beside {}));
    tx.handle().insert(sql, "register_revision").await.map(drop)
}

/// Saves what moves of a revision, if nobody has since it was read: its version is one more then.
///
/// # Errors
/// `Conflict` for another version than `seen`.
pub async fn save(tx: &Tx, revision: &Revision, seen: i32) -> Result<(), StoreError> {
    let update = Entity::update_many()
        .set(revision.moved())
        .filter(Column::List.eq(Col(revision.list)))
        .filter(Column::Area.eq(revision.area.clone()))
        .filter(Column::Number.eq(Col(revision.number)))
        .filter(Column::Version.eq(Col(seen)));
    if tx.handle().change(&update).await? == 1 {
        return Ok(());
    }
    let part = Part {
        list: revision.list,
        area: revision.area.clone(),
    };
    let now = revisions(tx, &part).await?;
    let now = now.iter().find(|it| it.number == revision.number);
    Err(StoreError::Conflict {
        object: format!("register:{}", revision.list),
        current: now.map_or(0, |now| now.version),
        expected: seen,
    })
}

/// Revisions that the live tables show and that open tickets have not all followed yet.
pub async fn unfollowed(conn: &dyn Conn) -> Result<Vec<Revision>, StoreError> {
    let some = Entity::find()
        .filter(Column::State.eq(Col(RevisionState::Published)))
        .filter(Column::AppliedAt.is_not_null())
        .filter(Column::FollowedAt.is_null())
        .order_by_asc(Column::AppliedAt)
        .order_by_asc(Column::Number);
    conn.handle().records(some).await
}

/// Published revisions whose time has come and that the live tables do not show yet, in the order in which they begin.
pub async fn due(conn: &dyn Conn, now: Instant) -> Result<Vec<Revision>, StoreError> {
    let due = Entity::find()
        .filter(Column::State.eq(Col(RevisionState::Published)))
        .filter(Column::AppliedAt.is_null())
        .filter(Column::ValidFrom.lte(Col(Some(now))))
        .order_by_asc(Column::ValidFrom)
        .order_by_asc(Column::List)
        .order_by_asc(Column::Area)
        .order_by_asc(Column::Number);
    conn.handle().records(due).await
}
