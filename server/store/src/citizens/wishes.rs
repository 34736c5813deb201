//! Wishes: what citizens ask for about their data in a ticket.
//! Not here: who answers and what is told (services), what the ticket's verbs do (`tickets::case`).
//! A page is read along (state, asked) within everybody's, or within a city.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QuerySelect as _, Select};
use shared::access::Scope;
use shared::calendar::Instant;
use shared::citizen::wish::{WishShelf, WishState};
use shared::ids::{CitizenId, WishId};

use super::asked;
use crate::database::Handle;
use crate::entity::citizen::wish::{Beside, Column, Entity, Model};
use crate::entity::{Col, table};
use crate::record::Wish;
use crate::scope::of_areas;
use crate::{Conn, StoreError, Tx};

/// Where the words are sealed.
pub(crate) const PLACE: &str = "wishes";
/// Those of one citizen that are looked at, the newest.
const MOST: u64 = 200;

/// Which wishes a page shows.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Inside which scope.
    pub scope: Scope,
    /// Which of them.
    pub shelf: WishShelf,
    /// The one behind which the page begins.
    pub after: Option<(Instant, WishId)>,
    /// How many at most.
    pub limit: u64,
}

fn opened(h: Handle<'_>, row: Model) -> Result<Wish, StoreError> {
    let (mut wish, beside) = row.split();
    let id = wish.id.0;
    let plain = h
        .seal()
        .open(&beside.key_id, PLACE, id.as_bytes(), &beside.sealed)?;
    wish.words = serde_json::from_slice(&plain).map_err(|e| StoreError::Broken(e.into()))?;
    Ok(wish)
}

async fn all(h: Handle<'_>, select: Select<Entity>) -> Result<Vec<Wish>, StoreError> {
    let rows = h.find(select).await?;
    rows.into_iter().map(|row| opened(h, row)).collect()
}

/// Adds one.
pub async fn insert(tx: &Tx, wish: &Wish) -> Result<(), StoreError> {
    let h = tx.handle();
    let plain = serde_json::to_vec(&wish.words).map_err(|e| StoreError::Broken(e.into()))?;
    let beside = Beside {
        key_id: h.seal().key_id().to_owned(),
        sealed: h.seal().seal(PLACE, wish.id.0.as_bytes(), &plain)?,
    };
    let rows = std::iter::once(wish.values(beside));
    table::put(tx, table::insert::<Entity>(), rows).await
}

/// Those of a citizen, the newest first.
pub async fn of_citizen(conn: &dyn Conn, citizen: CitizenId) -> Result<Vec<Wish>, StoreError> {
    let select = Entity::find()
        .filter(Column::Citizen.eq(Col(citizen)))
        .order_by_desc(Column::AskedAt)
        .order_by_desc(Column::Id)
        .limit(MOST);
    all(conn.handle(), select).await
}

/// One of them; inside a write its row is locked.
pub async fn one(conn: &dyn Conn, id: WishId) -> Result<Option<Wish>, StoreError> {
    let h = conn.handle();
    let one = h.locked(Entity::find_by_id(Col(id)));
    Ok(all(h, one).await?.pop())
}

/// The same as far as a scope reaches: everybody's, or those of an area's cities. Who has another scope sees none.
pub async fn one_in(
    conn: &dyn Conn,
    scope: &Scope,
    id: WishId,
) -> Result<Option<Wish>, StoreError> {
    let h = conn.handle();
    let one = of_areas(Entity::find_by_id(Col(id)), Column::City, scope);
    let one = h.locked(one);
    Ok(all(h, one).await?.pop())
}

/// A page of a scope: of those that wait the oldest first, of the others the newest.
pub async fn page(conn: &dyn Conn, wanted: &Wanted) -> Result<Vec<Wish>, StoreError> {
    let asked = Col(WishState::Asked);
    let oldest_first = wanted.shelf == WishShelf::Waiting;
    let shelf = if oldest_first {
        Column::State.eq(asked)
    } else {
        Column::State.ne(asked)
    };
    let select = of_areas(Entity::find(), Column::City, &wanted.scope).filter(shelf);
    let along = (Column::AskedAt, Column::Id);
    let select = asked::in_order(select, along, wanted.after, oldest_first);
    all(conn.handle(), select.limit(wanted.limit)).await
}

/// Saves what moves of one whose version is one less; false when somebody else changed it first.
pub async fn save(tx: &Tx, wish: &Wish) -> Result<bool, StoreError> {
    let update = Entity::update_many()
        .set(wish.moved())
        .filter(Column::Id.eq(Col(wish.id)))
        .filter(Column::Version.eq(Col(wish.version - 1)));
    Ok(tx.handle().change(&update).await? == 1)
}

/// Takes all back that wait of a citizen, with the account.
pub async fn end_all(tx: &Tx, citizen: CitizenId, now: Instant) -> Result<(), StoreError> {
    for mut wish in of_citizen(tx, citizen).await? {
        if wish.state == WishState::Asked {
            wish.state = WishState::TakenBack;
            wish.decided_at = Some(now);
            wish.version += 1;
            save(tx, &wish).await?;
        }
    }
    Ok(())
}
