//! Lines of accounts' histories.
//! Not here: what they say (`shared::account::life`).

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QuerySelect as _};
use shared::account::life::AccountEvent;
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
    if is_for_platforms(line.kind) {
        super::super::scim::mark(tx, line.user_id, line.at).await?;
    }
    let rows = std::iter::once(line.values(Beside {}));
    table::put(tx, table::insert::<Entity>(), rows).await
}

/// Whether something changed that linked platforms hear of; what is only asked for, or answered, they do not.
const fn is_for_platforms(kind: AccountEvent) -> bool {
    !matches!(
        kind,
        AccountEvent::Asked
            | AccountEvent::Approved
            | AccountEvent::Refused
            | AccountEvent::Withdrawn
            | AccountEvent::Lapsed
            | AccountEvent::HandedOver
            | AccountEvent::StandIn
            | AccountEvent::Reviewed
    )
}

/// Adds the first lines of accounts that have none.
pub async fn add_first(tx: &Tx, lines: &[AccountLine]) -> Result<(), StoreError> {
    for line in lines.iter().filter(|line| is_for_platforms(line.kind)) {
        super::super::scim::mark(tx, line.user_id, line.at).await?;
    }
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
