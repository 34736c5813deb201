//! Open tasks of every kind of case, and what stands beside them. A row disappears when it is done.
//! Not here: whose to-do lists they are on (`to_do`), people of whom one may take a task (`candidates`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult as _, QueryOrder as _, QueryResult, Value};
use shared::calendar::Instant;
use shared::ids::CaseId;

use crate::bulk::rows::Insert;
use crate::database::Handle;
use crate::entity::case::task::{Beside, Column, Entity, Model};
use crate::entity::{Col, table};
use crate::record::Task;
use crate::scope::city_of;
use crate::{StoreError, Tx};

/// Tasks without a limit come last.
pub(super) const NO_LIMIT: Instant = Instant(i64::MAX);

/// Many rows at once; the bulk doors use it as well.
pub(crate) static INSERT: LazyLock<Insert> = LazyLock::new(table::insert::<Entity>);

/// All columns for a text with the alias `k`, to be read by `read`.
pub(super) static NAMED: LazyLock<&str> = LazyLock::new(table::named::<Entity>);

/// Values of a row.
pub(crate) fn values(task: &Task) -> Vec<Value> {
    task.values(Beside {
        city: task.region.as_deref().map(city_of).map(str::to_owned),
        due_key: task.due_at.unwrap_or(NO_LIMIT),
    })
}

/// A task out of a row that was asked for with `NAMED`.
pub(super) fn read(row: &QueryResult) -> Result<Task, StoreError> {
    Ok(Model::from_query_result(row, "k_")?.into())
}

/// The open tasks of some cases, by case and number.
pub(crate) async fn of_cases(h: Handle<'_>, ids: &[CaseId]) -> Result<Vec<Task>, StoreError> {
    let select = Entity::find()
        .filter(Column::CaseId.is_in(ids.iter().map(|id| Col(*id))))
        .order_by_asc(Column::CaseId)
        .order_by_asc(Column::TaskNo)
        .order_by_asc(Column::Part);
    h.records(select).await
}

/// The open tasks of a case.
pub(crate) async fn of_case(h: Handle<'_>, id: CaseId) -> Result<Vec<Task>, StoreError> {
    let select = Entity::find()
        .filter(Column::CaseId.eq(Col(id)))
        .order_by_asc(Column::TaskNo)
        .order_by_asc(Column::Part);
    h.records(select).await
}

/// Writes the difference. A changed row is written anew: few rows, many columns.
pub(crate) async fn save(tx: &Tx, before: &[Task], after: &[Task]) -> Result<(), StoreError> {
    let key = |t: &Task| (t.task_no, t.part);
    let old: BTreeMap<_, _> = before.iter().map(|t| (key(t), t)).collect();
    let new: BTreeMap<_, _> = after.iter().map(|t| (key(t), t)).collect();
    for (key, task) in &old {
        if new.get(key) != Some(task) {
            let (number, part) = (Col(key.0), Col(key.1));
            let gone = Entity::delete_by_id((Col(task.case_id), number, part));
            tx.handle().change(&gone).await?;
        }
    }
    let fresh = new
        .iter()
        .filter(|(key, task)| old.get(key) != Some(task))
        .map(|(_, task)| values(task));
    table::put(tx, *INSERT, fresh).await
}
