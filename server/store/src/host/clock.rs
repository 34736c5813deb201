//! The clock ledger: what happened to the clocks of a case and its assignments; grows only.
//! Not here: computing deadlines (`shared::calendar`), which clocks are provisional (`tickets::deadline`).

use std::sync::LazyLock;

use sea_orm::Iterable as _;
use sea_orm::Value;
use sea_orm::entity::prelude::*;

use super::table;
use crate::bulk::rows::Insert;
use crate::record::ClockEntry;
use crate::sql::Bind as _;
use crate::{StoreError, Tx};

/// A row of `clock_entries`; the database numbers it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "clock_entries")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub n: i64,
    pub case_id: Uuid,
    pub assignment_id: Option<Uuid>,
    pub at: i64,
    pub kind: String,
    pub due_at: Option<i64>,
    pub limit_rule: Option<i64>,
    pub provisional: bool,
}

/// None is followed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Many rows at once; the bulk doors use it as well.
pub(crate) static INSERT: LazyLock<Insert> = LazyLock::new(|| table::insert::<Entity>(written()));

fn written() -> impl Iterator<Item = Column> {
    Column::iter().filter(|column| !matches!(column, Column::N))
}

/// Values of a row but for its number.
pub(crate) fn values(c: &ClockEntry) -> Vec<Value> {
    let value = |column| match column {
        Column::N => i64::null(),
        Column::CaseId => c.case_id.bind(),
        Column::AssignmentId => c.assignment_id.bind(),
        Column::At => c.at.bind(),
        Column::Kind => c.kind.bind(),
        Column::DueAt => c.due_at.bind(),
        Column::LimitRule => c.limit_rule.bind(),
        Column::Provisional => c.provisional.bind(),
    };
    written().map(value).collect()
}

/// Adds entries.
pub(crate) async fn append(tx: &Tx, entries: &[ClockEntry]) -> Result<(), StoreError> {
    table::put(tx, *INSERT, entries.iter().map(values)).await
}

/// Adds an entry outside a verb (a deadline that was recomputed).
pub async fn add(tx: &Tx, entry: &ClockEntry) -> Result<(), StoreError> {
    append(tx, std::slice::from_ref(entry)).await
}
