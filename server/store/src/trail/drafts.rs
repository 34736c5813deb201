//! Forms that are being filled in; photos hang on them until the form is sent.
//! Not here: the photos themselves (`files`), whose a form is (services).
//! A form that expires takes its photos along.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QuerySelect as _};
use shared::calendar::Instant;
use shared::file::FileCase;
use shared::ids::{DraftId, TicketId};

use crate::entity::trail::draft::{ActiveModel, Beside, Column, Entity};
use crate::entity::{Col, table};
use crate::files::{self, Freed};
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

pub use crate::entity::trail::draft::Draft;

const DAY: i64 = 24 * 3_600_000;
/// How long a form may wait to be sent, in milliseconds.
const LIFE: i64 = 7 * DAY;

/// What `expire` removed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expired {
    /// How many forms.
    pub drafts: u64,
    /// What lay there for their photos.
    pub freed: Freed,
}

/// Begins a form.
pub async fn begin(tx: &Tx, draft: &Draft) -> Result<(), StoreError> {
    let mut sql = Sql::new(table::insert::<Entity>().head, vals![]);
    sql.list(draft.values(Beside {}));
    tx.handle().insert(sql, "draft").await.map(drop)
}

/// A form.
pub async fn find(conn: &dyn Conn, id: DraftId) -> Result<Option<Draft>, StoreError> {
    let select = Entity::find_by_id(Col(id));
    Ok(conn.handle().find_one(select).await?.map(Into::into))
}

/// Keeps others from adding to the form until the transaction ends; false when it is gone.
pub async fn lock(tx: &Tx, id: DraftId) -> Result<bool, StoreError> {
    // An update without effect locks the row on PostgreSQL; SQLite has one writer anyway.
    let same = Entity::update_many()
        .col_expr(Column::ExpiresAt, Expr::col(Column::ExpiresAt))
        .filter(Column::Id.eq(Col(id)));
    Ok(tx.handle().change(&same).await? == 1)
}

/// Moves the photos of a form to its ticket, at most `most` of them, and ends the form. The caller has found the form, asked whose it is and
/// locked it in this transaction.
pub async fn send(tx: &Tx, id: DraftId, ticket: TicketId, most: usize) -> Result<(), StoreError> {
    let had = files::rehang(tx, id, ticket, most).await?;
    if had <= most {
        let done = Entity::delete_by_id(Col(id));
        tx.handle().change(&done).await?;
    }
    Ok(())
}

/// Removes forms that have expired, with their photos; the caller removes what lay there after the commit.
pub async fn expire(tx: &Tx, now: Instant, limit: u32) -> Result<Expired, StoreError> {
    let h = tx.handle();
    // No form lives longer than a week; one that would was begun while the clock was ahead.
    let ahead = Entity::update_many()
        .set(ActiveModel {
            expires_at: Set(Instant(now.0 + LIFE).into()),
            ..Default::default()
        })
        .filter(Column::ExpiresAt.gt(Col(Instant(now.0 + LIFE + DAY))));
    h.change(&ahead).await?;
    let expired = Entity::find()
        .filter(Column::ExpiresAt.lte(Col(now)))
        .order_by_asc(Column::ExpiresAt)
        .limit(u64::from(limit));
    let ids: Vec<DraftId> = h.find(expired).await?.into_iter().map(|d| d.id.0).collect();
    if ids.is_empty() {
        return Ok(Expired::default());
    }
    let forms: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let photos = files::drop_all(tx, FileCase::Form, &forms).await?;
    let freed = files::release(tx, &photos).await?;
    let drafts = Entity::delete_many().filter(Column::Id.is_in(ids.into_iter().map(Col)));
    Ok(Expired {
        drafts: h.change(&drafts).await?,
        freed,
    })
}
