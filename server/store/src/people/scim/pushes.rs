//! What platforms are told of accounts: marks of what changed, the pushes made of them, and their receipts.
//! Not here: telling a platform (services).
//! A push is claimed by moving its next time: of two servers, one sends it.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait as _, OnConflict};
use sea_orm::{IntoActiveModel as _, QueryOrder as _, QuerySelect as _};
use shared::account::platform::PushState;
use shared::calendar::Instant;
use shared::ids::UserId;

use crate::entity::scim::mark as marked;
use crate::entity::scim::push::{ActiveModel, Column, Entity, Model};
use crate::entity::{Col, table};
use crate::{Conn, StoreError, Tx};

/// What a platform is told of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Push {
    /// Id.
    pub id: Uuid,
    /// Code of the platform.
    pub platform: String,
    /// Whose account.
    pub user: UserId,
    /// How it stands with it.
    pub state: PushState,
    /// Since when.
    pub made_at: Instant,
    /// How often it was tried.
    pub tries: i32,
    /// When it is tried next.
    pub next_at: Option<Instant>,
    /// When it came to its end.
    pub done_at: Option<Instant>,
    /// The receipt.
    pub said: String,
}

fn read(row: Model) -> Push {
    Push {
        id: row.id,
        platform: row.platform,
        user: row.user_id.0,
        state: row.state.0,
        made_at: row.made_at.0,
        tries: row.tries.0,
        next_at: row.next_at.0,
        done_at: row.done_at.0,
        said: row.said,
    }
}

fn row(push: &Push) -> Model {
    Model {
        id: push.id,
        platform: push.platform.clone(),
        user_id: push.user.into(),
        state: push.state.into(),
        made_at: push.made_at.into(),
        tries: push.tries.into(),
        next_at: push.next_at.into(),
        done_at: push.done_at.into(),
        said: push.said.clone(),
    }
}

/// Marks that an account changed, in the transaction that changes it.
pub(crate) async fn mark(tx: &Tx, user: UserId, at: Instant) -> Result<(), StoreError> {
    let row = marked::Model {
        user_id: user.into(),
        at: at.into(),
    };
    let newer = OnConflict::column(marked::Column::UserId)
        .update_column(marked::Column::At)
        .to_owned();
    let set = marked::Entity::insert(row.into_active_model().reset_all()).on_conflict(newer);
    tx.handle().change(&set).await.map(drop)
}

/// Accounts that are marked, some at most.
pub async fn marks(conn: &dyn Conn, limit: u64) -> Result<Vec<(UserId, Instant)>, StoreError> {
    let some = marked::Entity::find()
        .order_by_asc(marked::Column::UserId)
        .limit(limit);
    let rows = conn.handle().find(some).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.user_id.0, row.at.0))
        .collect())
}

/// Makes pushes of marks: those that were marked anew meanwhile stay.
pub async fn expand(
    tx: &Tx,
    marks: &[(UserId, Instant)],
    pushes: &[Push],
) -> Result<(), StoreError> {
    for (user, at) in marks {
        let seen = marked::Entity::delete_many()
            .filter(marked::Column::UserId.eq(Col(*user)))
            .filter(marked::Column::At.eq(Col(*at)));
        tx.handle().change(&seen).await?;
    }
    add(tx, pushes).await
}

/// Adds pushes.
pub async fn add(tx: &Tx, pushes: &[Push]) -> Result<(), StoreError> {
    let rows = pushes.iter().map(|push| table::values(&row(push)));
    table::put(tx, table::insert::<Entity>(), rows).await
}

/// Takes pushes that are due for this server until an instant; each counts as tried.
pub async fn claim(
    tx: &Tx,
    (now, until): (Instant, Instant),
    limit: u64,
) -> Result<Vec<Push>, StoreError> {
    let h = tx.handle();
    let due = Entity::find()
        .filter(Column::NextAt.lte(Col(Some(now))))
        .order_by_asc(Column::NextAt)
        .limit(limit);
    let mut taken = Vec::new();
    for row in h.find(due).await? {
        let tries = row.tries.0 + 1;
        let update = Entity::update_many()
            .set(ActiveModel {
                tries: Set(tries.into()),
                next_at: Set(Some(until).into()),
                ..Default::default()
            })
            .filter(Column::Id.eq(row.id))
            .filter(Column::NextAt.eq(row.next_at));
        if h.change(&update).await? == 1 {
            taken.push(Push { tries, ..read(row) });
        }
    }
    Ok(taken)
}

/// Whether a push is due.
pub async fn is_due(conn: &dyn Conn, now: Instant) -> Result<bool, StoreError> {
    let due = Entity::find()
        .filter(Column::NextAt.lte(Col(Some(now))))
        .limit(1);
    Ok(conn.handle().find_one(due).await?.is_some())
}

/// Keeps what became of a push: its state, when it is tried next, its end and its receipt.
pub async fn settle(tx: &Tx, push: &Push) -> Result<(), StoreError> {
    let update = Entity::update_many()
        .set(ActiveModel {
            state: Set(push.state.into()),
            tries: Set(push.tries.into()),
            next_at: Set(push.next_at.into()),
            done_at: Set(push.done_at.into()),
            said: Set(push.said.clone()),
            ..Default::default()
        })
        .filter(Column::Id.eq(push.id));
    tx.handle().change(&update).await.map(drop)
}

/// A push.
pub async fn get(conn: &dyn Conn, id: Uuid) -> Result<Option<Push>, StoreError> {
    let one = Entity::find_by_id(id);
    Ok(conn.handle().find_one(one).await?.map(read))
}

/// Pushes, the newest first, behind one.
pub async fn pages(
    conn: &dyn Conn,
    behind: Option<(Instant, Uuid)>,
    limit: u64,
) -> Result<Vec<Push>, StoreError> {
    let mut select = Entity::find();
    if let Some((at, id)) = behind {
        let at = Col(at);
        let beyond = Column::MadeAt
            .lt(at)
            .or(Column::MadeAt.eq(at).and(Column::Id.lt(id)));
        select = select.filter(beyond);
    }
    let select = select
        .order_by_desc(Column::MadeAt)
        .order_by_desc(Column::Id)
        .limit(limit);
    let rows = conn.handle().find(select).await?;
    Ok(rows.into_iter().map(read).collect())
}

/// Removes what was made before an instant and has come to its end.
pub async fn purge(tx: &Tx, before: Instant) -> Result<u64, StoreError> {
    let old = Entity::delete_many()
        .filter(Column::MadeAt.lt(Col(before)))
        .filter(Column::NextAt.is_null());
    tx.handle().change(&old).await
}
