//! Notifications that nobody could deliver, for whoever sees to them in an area; and whom none can reach.
//! Not here: sending (`outbox`), rights (services).
//! What was seen to leaves the list and stays in the table.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{OnConflict, SimpleExpr};
use sea_orm::{Condition, IntoActiveModel as _, QueryOrder as _, QuerySelect as _, Select};
use shared::access::Scope;
use shared::calendar::Instant;
use shared::ids::UserId;
use shared::notification::{Remedy, Trouble};

use super::outbox::{Claimed, read};
use crate::entity::Col;
use crate::entity::people::unreachable;
use crate::entity::ticket::ticket_key;
use crate::entity::trail::outbox::{ActiveModel, Column, Entity, Model};
use crate::{Conn, StoreError, Tx};

/// One of them.
#[derive(Debug, Clone)]
pub struct Failed {
    /// The notification, opened, with its tries.
    pub it: Claimed,
    /// When it was given up.
    pub failed_at: Instant,
    /// Why.
    pub why: Option<Trouble>,
}

/// Those of a scope: everybody's, or those of an area. Who has another scope sees none.
fn of(scope: &Scope) -> Select<Entity> {
    let open = Entity::find()
        .filter(Column::FailedAt.is_not_null())
        .filter(Column::SettledAt.is_null());
    crate::scope::of_areas(open, Column::Area, scope)
}

/// The newest of them, behind a position.
pub async fn list(
    conn: &dyn Conn,
    scope: &Scope,
    before: Option<(Instant, Uuid)>,
    limit: u32,
) -> Result<Vec<Failed>, StoreError> {
    let mut select = of(scope);
    if let Some((at, id)) = before {
        let same = Condition::all()
            .add(Column::FailedAt.eq(at.0))
            .add(Column::Id.lt(id));
        select = select.filter(Condition::any().add(Column::FailedAt.lt(at.0)).add(same));
    }
    let select = select
        .order_by_desc(Column::FailedAt)
        .order_by_desc(Column::Id)
        .limit(u64::from(limit));
    let h = conn.handle();
    let rows = h.find(select).await?;
    rows.into_iter().map(|row| failed(h, row)).collect()
}

fn failed(h: crate::database::Handle<'_>, row: Model) -> Result<Failed, StoreError> {
    let (failed_at, why) = (row.failed_at.0.unwrap_or(Instant(0)), row.why.0);
    Ok(Failed {
        it: read(h, row)?,
        failed_at,
        why,
    })
}

/// Numbers of tickets, by id.
pub async fn numbers(
    conn: &dyn Conn,
    tickets: &[shared::ids::TicketId],
) -> Result<Vec<(shared::ids::TicketId, String)>, StoreError> {
    let ids = tickets.iter().map(|id| id.0);
    let keys = ticket_key::Entity::find().filter(ticket_key::Column::TicketId.is_in(ids));
    let rows = conn.handle().find(keys).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.ticket_id.0, row.ticket_no.0.clone()))
        .collect())
}

/// One of them, as far as the scope reaches.
pub async fn get(conn: &dyn Conn, scope: &Scope, id: Uuid) -> Result<Option<Failed>, StoreError> {
    let h = conn.handle();
    let row = h.find_one(of(scope).filter(Column::Id.eq(id))).await?;
    row.map(|row| failed(h, row)).transpose()
}

/// Lets it be tried from the beginning; false when somebody was quicker.
pub async fn again(tx: &Tx, id: Uuid, now: Instant) -> Result<bool, StoreError> {
    let set = ActiveModel {
        failed_at: Set(Col(None)),
        sent_at: Set(Col(None)),
        gateway_no: Set(None),
        why: Set(Col(None)),
        tries: Set(Col(0)),
        next_try_at: Set(now.into()),
        ..Default::default()
    };
    one(tx, id, set).await
}

/// Somebody saw to it; false when somebody was quicker.
pub async fn settle(
    tx: &Tx,
    id: Uuid,
    (by, how): (Option<UserId>, Remedy),
    now: Instant,
) -> Result<bool, StoreError> {
    let set = ActiveModel {
        settled_at: Set(Some(now).into()),
        settled_by: Set(by.into()),
        settled_how: Set(Some(how).into()),
        ..Default::default()
    };
    one(tx, id, set).await
}

async fn one(tx: &Tx, id: Uuid, set: ActiveModel) -> Result<bool, StoreError> {
    let update = Entity::update_many()
        .set(set)
        .filter(Column::Id.eq(id))
        .filter(Column::FailedAt.is_not_null())
        .filter(Column::SettledAt.is_null());
    Ok(tx.handle().change(&update).await? == 1)
}

/// Notes that a number or an address wants none, or does not exist.
pub async fn shun(tx: &Tx, to: &str, why: Trouble, now: Instant) -> Result<(), StoreError> {
    let h = tx.handle();
    let row = unreachable::Model {
        address_hash: Col(h.seal().hash("unreachable", to)),
        why: Col(why),
        since: now.into(),
    };
    let newer = OnConflict::column(unreachable::Column::AddressHash)
        .update_columns([unreachable::Column::Why, unreachable::Column::Since])
        .to_owned();
    let put = unreachable::Entity::insert(row.into_active_model().reset_all()).on_conflict(newer);
    h.change(&put).await.map(drop)
}

/// The address itself is kept nowhere: what was noted under an older key stays so, and is found by it.
fn is_of(h: crate::database::Handle<'_>, to: &str) -> SimpleExpr {
    let hashes = h.seal().hashes("unreachable", to).into_iter().map(Col);
    unreachable::Column::AddressHash.is_in(hashes)
}

/// Whether a number or an address is to be left alone, and why.
pub async fn shunned(conn: &dyn Conn, to: &str) -> Result<Option<Trouble>, StoreError> {
    let h = conn.handle();
    let of = unreachable::Entity::find().filter(is_of(h, to));
    let row = h.find_one(of).await?;
    Ok(row.map(|row| row.why.0))
}

/// It can be reached again: somebody asked for that.
pub async fn forgive(tx: &Tx, to: &str) -> Result<(), StoreError> {
    let h = tx.handle();
    let gone = unreachable::Entity::delete_many().filter(is_of(h, to));
    h.change(&gone).await.map(drop)
}
