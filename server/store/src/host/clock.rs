//! The clock ledger: what happened to the clocks of a case and its assignments; grows only.
//! Not here: computing deadlines (`shared::calendar`), which clocks are provisional (`tickets::deadline`).

use std::sync::LazyLock;

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, Value};
use shared::ids::CaseId;

use crate::bulk::rows::Insert;
use crate::entity::case::clock_entry::{Beside, Column, Entity};
use crate::entity::{Col, table};
use crate::record::ClockEntry;
use crate::{Conn, StoreError, Tx};

/// Many rows at once; the bulk doors use it as well.
pub(crate) static INSERT: LazyLock<Insert> = LazyLock::new(table::insert::<Entity>);

/// Values of a row but for its number.
pub(crate) fn values(entry: &ClockEntry) -> Vec<Value> {
    entry.values(Beside {})
}

/// Adds entries.
pub(crate) async fn append(tx: &Tx, entries: &[ClockEntry]) -> Result<(), StoreError> {
    table::put(tx, *INSERT, entries.iter().map(values)).await
}

/// Adds an entry outside a verb (a deadline that was recomputed).
pub async fn add(tx: &Tx, entry: &ClockEntry) -> Result<(), StoreError> {
    append(tx, std::slice::from_ref(entry)).await
}

/// The ledger of a case, oldest first; the caller has loaded it inside a scope before.
pub async fn of_case(conn: &dyn Conn, id: CaseId) -> Result<Vec<ClockEntry>, StoreError> {
    let select = Entity::find()
        .filter(Column::CaseId.eq(Col(id)))
        .order_by_asc(Column::N);
    conn.handle().records(select).await
}
