//! Rows of uploaded files and of the forms they hang on.
//! Not here: the files themselves (services).
//! A file belongs to a draft until the form is sent, then to the ticket; a draft that expires takes its files along.

use std::collections::BTreeSet;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QuerySelect as _, QueryTrait};
use shared::calendar::Instant;
use shared::ids::{AttachmentId, DraftId, TicketId};

use crate::entity::trail::attachment::{ActiveModel, Beside, Column, Entity, Model};
use crate::entity::trail::draft;
use crate::entity::{Col, table};
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

pub use crate::entity::trail::attachment::Attachment;
pub use crate::entity::trail::draft::Draft;

const DAY: i64 = 24 * 3_600_000;
/// How long a form may wait to be sent, in milliseconds.
const LIFE: i64 = 7 * DAY;

/// What `expire_drafts` removed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expired {
    /// How many drafts.
    pub drafts: u64,
    /// Files that nobody names any more.
    pub paths: Vec<String>,
}

/// Begins a form.
pub async fn new_draft(tx: &Tx, draft: &Draft) -> Result<(), StoreError> {
    let mut sql = Sql::new(table::insert::<draft::Entity>().head, vals![]);
    sql.list(draft.values(draft::Beside {}));
    tx.handle().insert(sql, "draft").await.map(drop)
}

/// A form.
pub async fn find_draft(conn: &dyn Conn, id: DraftId) -> Result<Option<Draft>, StoreError> {
    let select = draft::Entity::find_by_id(Col(id));
    Ok(conn.handle().find_one(select).await?.map(Into::into))
}

/// Keeps others from adding to the form until the transaction ends; false when it is gone.
pub async fn lock_draft(tx: &Tx, id: DraftId) -> Result<bool, StoreError> {
    // An update without effect locks the row on PostgreSQL; SQLite has one writer anyway.
    let same = draft::Entity::update_many()
        .col_expr(
            draft::Column::ExpiresAt,
            Expr::col(draft::Column::ExpiresAt),
        )
        .filter(draft::Column::Id.eq(Col(id)));
    Ok(tx.handle().change(&same).await? == 1)
}

/// Adds a file.
pub async fn insert(tx: &Tx, attachment: &Attachment) -> Result<(), StoreError> {
    let mut sql = Sql::new(table::insert::<Entity>().head, vals![]);
    sql.list(attachment.values(Beside {}));
    tx.handle().insert(sql, "attachment").await.map(drop)
}

/// One file; whether the actor may see it follows from its ticket or draft.
pub async fn find(conn: &dyn Conn, id: AttachmentId) -> Result<Option<Attachment>, StoreError> {
    let select = Entity::find_by_id(Col(id));
    Ok(conn.handle().find_one(select).await?.map(Into::into))
}

/// Oldest first.
fn oldest_first(select: Select<Entity>) -> Select<Entity> {
    select
        .order_by_asc(Column::UploadedAt)
        .order_by_asc(Column::Id)
}

/// The files of a form, oldest first.
pub async fn of_draft(conn: &dyn Conn, id: DraftId) -> Result<Vec<Attachment>, StoreError> {
    let files = Entity::find().filter(Column::Draft.eq(Col(id)));
    conn.handle().records(oldest_first(files)).await
}

/// The files of a ticket, oldest first; the caller has loaded the ticket inside a scope before.
pub async fn of_ticket(conn: &dyn Conn, id: TicketId) -> Result<Vec<Attachment>, StoreError> {
    let files = Entity::find().filter(Column::Ticket.eq(Col(id)));
    conn.handle().records(oldest_first(files)).await
}

/// Takes a file off its form and gives its row; `None` when it is not (or no longer) there.
pub async fn remove_from_draft(
    tx: &Tx,
    draft: DraftId,
    id: AttachmentId,
) -> Result<Option<Attachment>, StoreError> {
    let Some(found) = find(tx, id).await?.filter(|a| a.draft == Some(draft)) else {
        return Ok(None);
    };
    let gone = Entity::delete_by_id(Col(id)).filter(Column::Draft.eq(Col(draft)));
    Ok((tx.handle().change(&gone).await? == 1).then_some(found))
}

/// Moves the files of a form to its ticket, at most `most` of them, and ends the form; how many were moved. The caller has found the form,
/// asked whose it is and locked it in this transaction.
pub async fn attach(
    tx: &Tx,
    draft: DraftId,
    ticket: TicketId,
    most: usize,
) -> Result<u64, StoreError> {
    let h = tx.handle();
    let files = of_draft(tx, draft).await?;
    let moved = Entity::update_many()
        .set(ActiveModel {
            ticket: Set(Some(ticket).into()),
            draft: Set(Col(None)),
            ..Default::default()
        })
        .filter(Column::Id.is_in(files.iter().take(most).map(|a| Col(a.id))));
    let moved = h.change(&moved).await?;
    if files.len() <= most {
        h.change(&draft::Entity::delete_by_id(Col(draft))).await?;
    }
    Ok(moved)
}

/// Removes forms that have expired, and the rows of their files; the caller removes the files after the commit.
pub async fn expire_drafts(tx: &Tx, now: Instant, limit: u32) -> Result<Expired, StoreError> {
    let h = tx.handle();
    // No form lives longer than a week; one that would was begun while the clock was ahead.
    let ahead = draft::Entity::update_many()
        .set(draft::ActiveModel {
            expires_at: Set(Instant(now.0 + LIFE).into()),
            ..Default::default()
        })
        .filter(draft::Column::ExpiresAt.gt(Col(Instant(now.0 + LIFE + DAY))));
    h.change(&ahead).await?;
    let expired = draft::Entity::find()
        .filter(draft::Column::ExpiresAt.lte(Col(now)))
        .order_by_asc(draft::Column::ExpiresAt)
        .limit(u64::from(limit));
    let ids: Vec<Col<DraftId>> = h.find(expired).await?.into_iter().map(|d| d.id).collect();
    if ids.is_empty() {
        return Ok(Expired::default());
    }
    let mut files = Entity::delete_many().filter(Column::Draft.is_in(ids.clone()));
    QueryTrait::query(&mut files).returning_all();
    let files = h
        .rows::<Model>(Sql::built(files.build(h.backend())))
        .await?;
    let drafts = draft::Entity::delete_many().filter(draft::Column::Id.is_in(ids));
    Ok(Expired {
        drafts: h.change(&drafts).await?,
        paths: files.into_iter().map(|file| file.path.0).collect(),
    })
}

/// Which of these file keys have a row.
pub async fn known_paths(
    conn: &dyn Conn,
    paths: &[String],
) -> Result<BTreeSet<String>, StoreError> {
    let known = Entity::find().filter(Column::Path.is_in(paths));
    let known = conn.handle().find(known).await?;
    Ok(known.into_iter().map(|file| file.path.0).collect())
}
