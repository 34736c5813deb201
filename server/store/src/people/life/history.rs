//! Lines of accounts' histories.
//! Not here: what they say (`shared::account::life`).

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QuerySelect as _};
use shared::ids::UserId;

use super::AccountLine;
use crate::entity::life::account_event::{Beside, Column, Entity};
use crate::entity::{Col, table};
use crate::{Conn, StoreError, Tx};

/// Adds a line behind those that are there; its number is given here.
pub async fn add(tx: &Tx, line: &AccountLine) -> Result<(), StoreError> {
    let last = Entity::find()
        .filter(Column::UserId.eq(Col(line.user_id)))
        .order_by_desc(Column::Seq)
        .limit(1);
    let last: Vec<AccountLine> = tx.handle().records(last).await?;
    let line = AccountLine {
        seq: last.first().map_or(0, |last| last.seq) + 1,
        ..line.clone()
    };
    let rows = std::iter::once(line.values(Beside {}));
    table::put(tx, table::insert::<Entity>(), rows).await
}

/// Adds the first lines of accounts that have none.
pub async fn add_first(tx: &Tx, lines: &[AccountLine]) -> Result<(), StoreError> {
    let rows = lines.iter().map(|line| line.values(Beside {}));
    table::put(tx, table::insert::<Entity>(), rows).await
}

/// The newest lines of an account, the newest first.
pub async fn of_account(
    conn: &dyn Conn,
    user: UserId,
    limit: u64,
) -> Result<Vec<AccountLine>, StoreError> {
    let some = Entity::find()
        .filter(Column::UserId.eq(Col(user)))
        .order_by_desc(Column::Seq)
        .limit(limit);
    conn.handle().records(some).await
}
