//! The clock ledger: what happened to the clocks of a case and its assignments; grows only.
//! Not here: computing deadlines (`shared::calendar`), which clocks are provisional (`tickets::deadline`).

use std::sync::LazyLock;

use sea_orm::Value;

use crate::bulk::rows::Insert;
use crate::entity::case::clock_entry::{Beside, Entity};
use crate::entity::table;
use crate::record::ClockEntry;
use crate::{StoreError, Tx};

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
