//! Requests about accounts: added, found, moved on.
//! Not here: who may (services).

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait as _;
use sea_orm::{QueryOrder as _, QuerySelect as _};
use shared::account::life::AccountRequestState;
use shared::calendar::Instant;
use shared::ids::{AccountRequestId, BatchId, UserId};

use super::AccountRequest;
use crate::entity::life::account_request::{Beside, Column, Entity};
use crate::entity::{Col, table};
use crate::{Conn, StoreError, Tx};

/// Which requests a page shows.
#[derive(Debug, Clone, Default)]
pub struct Sought {
    /// Codes of the units whose requests are seen; all where absent.
    pub units: Option<Vec<String>>,
    /// What somebody asked for himself is seen wherever it belongs.
    pub or_made_by: Option<UserId>,
    /// Only in these states; any where empty.
    pub states: Vec<AccountRequestState>,
    /// Behind this one.
    pub after: Option<(Instant, AccountRequestId)>,
    /// The newest first.
    pub newest_first: bool,
    /// How many at most.
    pub limit: u64,
}

/// Adds requests.
pub async fn add_request(tx: &Tx, requests: &[AccountRequest]) -> Result<(), StoreError> {
    let rows = requests.iter().map(|request| request.values(Beside {}));
    table::put(tx, table::insert::<Entity>(), rows).await
}

/// A request; inside a write its row is locked.
pub async fn get(
    conn: &dyn Conn,
    id: AccountRequestId,
) -> Result<Option<AccountRequest>, StoreError> {
    let h = conn.handle();
    let one = h.locked(Entity::find_by_id(Col(id)));
    Ok(h.records(one).await?.pop())
}

/// A page of requests.
pub async fn page(conn: &dyn Conn, sought: Sought) -> Result<Vec<AccountRequest>, StoreError> {
    let mut select = Entity::find();
    if let Some(units) = sought.units {
        let mut reach = Column::Unit.is_in(units);
        if let Some(user) = sought.or_made_by {
            reach = reach.or(Column::MadeBy.eq(Col(Some(user))));
        }
        select = select.filter(reach);
    }
    if !sought.states.is_empty() {
        select = select.filter(Column::State.is_in(sought.states.into_iter().map(Col)));
    }
    if let Some((at, id)) = sought.after {
        let (at, id) = (Col(at), Col(id));
        let beyond = if sought.newest_first {
            Column::MadeAt
                .lt(at)
                .or(Column::MadeAt.eq(at).and(Column::Id.lt(id)))
        } else {
            Column::MadeAt
                .gt(at)
                .or(Column::MadeAt.eq(at).and(Column::Id.gt(id)))
        };
        select = select.filter(beyond);
    }
    let select = if sought.newest_first {
        select
            .order_by_desc(Column::MadeAt)
            .order_by_desc(Column::Id)
    } else {
        select.order_by_asc(Column::MadeAt).order_by_asc(Column::Id)
    };
    conn.handle().records(select.limit(sought.limit)).await
}

/// What is asked for about an account, or about a name that has none yet, and not decided, the oldest first.
pub async fn open_of(conn: &dyn Conn, username: &str) -> Result<Vec<AccountRequest>, StoreError> {
    let open = Entity::find()
        .filter(Column::Username.eq(Col(username.to_owned())))
        .filter(Column::State.is_in(AccountRequestState::OPEN.map(Col)))
        .order_by_asc(Column::MadeAt);
    conn.handle().records(open).await
}

/// The open requests that came with one file.
pub async fn of_batch(conn: &dyn Conn, batch: BatchId) -> Result<Vec<AccountRequest>, StoreError> {
    let open = Entity::find()
        .filter(Column::Batch.eq(Col(Some(batch))))
        .filter(Column::State.is_in(AccountRequestState::OPEN.map(Col)))
        .order_by_asc(Column::Username);
    conn.handle().records(open).await
}

/// Open requests whose time is over.
pub async fn lapsed(
    conn: &dyn Conn,
    now: Instant,
    limit: u64,
) -> Result<Vec<AccountRequest>, StoreError> {
    let open = Entity::find()
        .filter(Column::State.is_in(AccountRequestState::OPEN.map(Col)))
        .filter(Column::ExpiresAt.lte(Col(now)))
        .order_by_asc(Column::ExpiresAt)
        .limit(limit);
    conn.handle().records(open).await
}

/// Saves what moves of a request, if nobody has since it was read: its version is one more then.
///
/// # Errors
/// `Conflict` for another version than `seen`.
pub async fn save_request(tx: &Tx, request: &AccountRequest, seen: i32) -> Result<(), StoreError> {
    let moved = AccountRequest {
        version: seen + 1,
        ..request.clone()
    };
    let update = Entity::update_many()
        .set(moved.moved())
        .filter(Column::Id.eq(Col(request.id)))
        .filter(Column::Version.eq(Col(seen)));
    if tx.handle().change(&update).await? == 1 {
        return Ok(());
    }
    let now = get(tx, request.id).await?;
    Err(StoreError::Conflict {
        object: format!("account_request:{}", request.id),
        current: now.map_or(0, |now| now.version),
        expected: seen,
    })
}
