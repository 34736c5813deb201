//! Mandates: that citizens act for organisations, and under which tickets are filed.
//! Not here: who decides and what is told (services), how one stands (`shared::citizen::mandate`).
//! Whether one holds is asked with the time of the request: an expired one is never found among those that hold.

use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder as _, QuerySelect as _, Select};
use shared::access::Scope;
use shared::calendar::Instant;
use shared::citizen::mandate::{MandateShelf, MandateState};
use shared::ids::{CitizenId, MandateId};

use super::asked;
use crate::database::Handle;
use crate::entity::citizen::mandate::{Beside, Column, Entity, Model};
use crate::entity::{Col, table};
use crate::record::{Mandate, MandateWords};
use crate::scope::of_areas;
use crate::{Conn, Seal, StoreError, Tx};

/// Where the words are sealed.
pub(crate) const PLACE: &str = "mandates";
/// Those of one citizen that are looked at, the newest.
const MOST: u64 = 200;

/// Which mandates a page shows.
#[derive(Debug, Clone)]
pub struct Sought {
    /// Inside which scope.
    pub scope: Scope,
    /// Which of them.
    pub shelf: MandateShelf,
    /// The time at which they stand so.
    pub now: Instant,
    /// The one behind which the page begins.
    pub after: Option<(Instant, MandateId)>,
    /// How many at most.
    pub limit: u64,
}

fn opened(h: Handle<'_>, row: Model) -> Result<Mandate, StoreError> {
    let (mut mandate, beside) = row.split();
    let id = mandate.id.0;
    let plain = h
        .seal()
        .open(&beside.key_id, PLACE, id.as_bytes(), &beside.sealed)?;
    mandate.words = serde_json::from_slice(&plain).map_err(|e| StoreError::Broken(e.into()))?;
    Ok(mandate)
}

/// The digest by which mandates of one organisation know each other.
pub(crate) fn credit_hash(seal: &Seal, words: &MandateWords) -> Vec<u8> {
    seal.hash("credit-code", &words.credit_code)
}

async fn all(h: Handle<'_>, select: Select<Entity>) -> Result<Vec<Mandate>, StoreError> {
    let rows = h.find(select).await?;
    rows.into_iter().map(|row| opened(h, row)).collect()
}

/// Adds one.
pub async fn ask(tx: &Tx, mandate: &Mandate) -> Result<(), StoreError> {
    let h = tx.handle();
    let plain = serde_json::to_vec(&mandate.words).map_err(|e| StoreError::Broken(e.into()))?;
    let beside = Beside {
        credit_hmac: credit_hash(h.seal(), &mandate.words),
        key_id: h.seal().key_id().to_owned(),
        sealed: h.seal().seal(PLACE, mandate.id.0.as_bytes(), &plain)?,
    };
    let rows = std::iter::once(mandate.values(beside));
    table::put(tx, table::insert::<Entity>(), rows).await
}

/// Those of a citizen, the newest first.
pub async fn of_citizen(conn: &dyn Conn, citizen: CitizenId) -> Result<Vec<Mandate>, StoreError> {
    let select = Entity::find()
        .filter(Column::Citizen.eq(Col(citizen)))
        .order_by_desc(Column::AskedAt)
        .order_by_desc(Column::Id)
        .limit(MOST);
    all(conn.handle(), select).await
}

/// Those of a citizen that hold at a time, the newest first.
pub async fn holding(
    conn: &dyn Conn,
    citizen: CitizenId,
    now: Instant,
) -> Result<Vec<Mandate>, StoreError> {
    let select = Entity::find()
        .filter(Column::Citizen.eq(Col(citizen)))
        .filter(Column::State.eq(Col(MandateState::Holds)))
        .filter(Column::EndsAt.gt(Col(now)))
        .order_by_desc(Column::AskedAt)
        .order_by_desc(Column::Id)
        .limit(MOST);
    all(conn.handle(), select).await
}

/// One of them; inside a write its row is locked.
pub async fn mandate(conn: &dyn Conn, id: MandateId) -> Result<Option<Mandate>, StoreError> {
    let h = conn.handle();
    let one = h.locked(Entity::find_by_id(Col(id)));
    Ok(all(h, one).await?.pop())
}

/// The same as far as a scope reaches: everybody's, or those of an area's cities. Who has another scope sees none.
pub async fn mandate_in(
    conn: &dyn Conn,
    scope: &Scope,
    id: MandateId,
) -> Result<Option<Mandate>, StoreError> {
    let h = conn.handle();
    let one = of_areas(Entity::find_by_id(Col(id)), Column::City, scope);
    let one = h.locked(one);
    Ok(all(h, one).await?.pop())
}

/// A page of a scope: of those that wait the oldest first, of the others the newest.
pub async fn page(conn: &dyn Conn, sought: &Sought) -> Result<Vec<Mandate>, StoreError> {
    let select = of_areas(Entity::find(), Column::City, &sought.scope);
    let lasting = Column::EndsAt.gt(Col(sought.now));
    let select = match sought.shelf {
        MandateShelf::Waiting => select
            .filter(Column::State.eq(Col(MandateState::Asked)))
            .filter(lasting),
        MandateShelf::Holding => select
            .filter(Column::State.eq(Col(MandateState::Holds)))
            .filter(lasting),
        MandateShelf::Over => select.filter(
            Condition::any()
                .add(Column::State.eq(Col(MandateState::Refused)))
                .add(Column::State.eq(Col(MandateState::Ended)))
                .add(Column::EndsAt.lte(Col(sought.now))),
        ),
    };
    let oldest_first = sought.shelf == MandateShelf::Waiting;
    let along = (Column::AskedAt, Column::Id);
    let select = asked::in_order(select, along, sought.after, oldest_first);
    all(conn.handle(), select.limit(sought.limit)).await
}

/// Saves what moves of one whose version is one less; false when somebody else changed it first.
pub async fn save(tx: &Tx, mandate: &Mandate) -> Result<bool, StoreError> {
    let update = Entity::update_many()
        .set(mandate.moved())
        .filter(Column::Id.eq(Col(mandate.id)))
        .filter(Column::Version.eq(Col(mandate.version - 1)));
    Ok(tx.handle().change(&update).await? == 1)
}

/// Ends all of a citizen that wait or hold, with the account.
pub async fn end_all(tx: &Tx, citizen: CitizenId, now: Instant) -> Result<(), StoreError> {
    for mut mandate in of_citizen(tx, citizen).await? {
        if mandate.state.is_open() {
            mandate.state = MandateState::Ended;
            mandate.ended_at = Some(now);
            mandate.version += 1;
            save(tx, &mandate).await?;
        }
    }
    Ok(())
}
