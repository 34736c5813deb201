//! How it stands with accounts: open, frozen or closed, when their people were last at work, and where those work.
//! Not here: names, passwords and posts (`users`).
//! An older release knows only open and closed; to it a frozen account is closed.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait as _, SimpleExpr};
use sea_orm::{QueryOrder as _, QuerySelect as _};
use shared::account::life::AccountState;
use shared::calendar::Instant;
use shared::ids::UserId;

use crate::entity::Col;
use crate::entity::people::user::{ActiveModel, Column, Entity, Model};
use crate::{Conn, StoreError, Tx};

/// How it stands with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Whose.
    pub user: UserId,
    /// Sign-in name.
    pub username: String,
    /// Name.
    pub name: String,
    /// Code of the unit.
    pub unit: String,
    /// Open, frozen or closed.
    pub state: AccountState,
    /// When the person was last at work, or the account was made.
    pub seen_at: Option<Instant>,
    /// Raised with every change.
    pub version: i32,
}

fn account(row: Model) -> Account {
    Account {
        user: row.id.0,
        username: row.username,
        name: row.name,
        unit: row.unit,
        state: state_of(row.active, row.frozen),
        seen_at: row.seen_at.0,
        version: row.version.0,
    }
}

/// What the columns say.
pub(crate) const fn state_of(active: bool, frozen: i64) -> AccountState {
    if active {
        AccountState::Open
    } else if frozen != 0 {
        AccountState::Frozen
    } else {
        AccountState::Closed
    }
}

/// How it stands with an account; inside a write its row is locked.
pub async fn find(conn: &dyn Conn, user: UserId) -> Result<Option<Account>, StoreError> {
    let h = conn.handle();
    let one = h.locked(Entity::find_by_id(Col(user)));
    Ok(h.find_one(one).await?.map(account))
}

/// Opens, freezes or closes an account that is in the version that was seen.
///
/// # Errors
/// `Conflict` for another version.
pub async fn set_state(
    tx: &Tx,
    (user, seen): (UserId, i32),
    state: AccountState,
    now: Instant,
) -> Result<(), StoreError> {
    let set = ActiveModel {
        active: Set(state == AccountState::Open),
        frozen: Set(i64::from(state == AccountState::Frozen)),
        ..Default::default()
    };
    change(tx, (user, seen), set, now).await
}

/// Moves an account that is in the version that was seen to another unit.
///
/// # Errors
/// `Conflict` for another version.
pub async fn set_unit(
    tx: &Tx,
    (user, seen): (UserId, i32),
    unit: &str,
    now: Instant,
) -> Result<(), StoreError> {
    let set = ActiveModel {
        unit: Set(unit.to_owned()),
        ..Default::default()
    };
    change(tx, (user, seen), set, now).await
}

async fn change(
    tx: &Tx,
    (user, seen): (UserId, i32),
    set: ActiveModel,
    now: Instant,
) -> Result<(), StoreError> {
    let next: SimpleExpr = Expr::col(Column::Version).add(1_i64);
    let update = Entity::update_many()
        .set(ActiveModel {
            updated_at: Set(now.into()),
            ..set
        })
        .col_expr(Column::Version, next)
        .filter(Column::Id.eq(Col(user)))
        .filter(Column::Version.eq(Col(seen)));
    if tx.handle().change(&update).await? == 1 {
        return Ok(());
    }
    let now = find(tx, user).await?;
    Err(StoreError::Conflict {
        object: format!("user:{user}"),
        current: now.map_or(0, |now| now.version),
        expected: seen,
    })
}

/// Notes that somebody is at work; an instant that is noted already stays.
pub async fn seen(tx: &Tx, user: UserId, now: Instant) -> Result<(), StoreError> {
    let update = Entity::update_many()
        .set(ActiveModel {
            seen_at: Set(Some(now).into()),
            ..Default::default()
        })
        .filter(Column::Id.eq(Col(user)));
    tx.handle().change(&update).await.map(drop)
}

/// Open accounts that nobody has used since an instant: those that were never used count from when they were made or changed last.
pub async fn idle(
    conn: &dyn Conn,
    before: Instant,
    limit: u64,
) -> Result<Vec<Account>, StoreError> {
    let before = Col(before);
    let never = Column::SeenAt.is_null().and(Column::UpdatedAt.lt(before));
    let some = Entity::find()
        .filter(Column::Active.eq(true))
        .filter(Column::SeenAt.lt(Col(Some(before.0))).or(never))
        // Somebody resumed it since: that counts as well.
        .filter(Column::UpdatedAt.lt(before))
        .order_by_asc(Column::Username)
        .limit(limit);
    Ok(conn
        .handle()
        .find(some)
        .await?
        .into_iter()
        .map(account)
        .collect())
}
