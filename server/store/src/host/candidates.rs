//! People of whom one may take a task.
//! Not here: the tasks (`tasks`), whose lists they are on (`to_do`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use sea_orm::QueryOrder as _;
use sea_orm::entity::prelude::*;
use shared::ids::{CaseId, UserId};

use crate::bulk::rows::Insert;
use crate::database::Handle;
use crate::entity::case::task_candidate::{Beside, Candidate, Column, Entity};
use crate::entity::{Col, table};
use crate::{StoreError, Tx};

static INSERT: LazyLock<Insert> = LazyLock::new(table::insert::<Entity>);

/// By task.
pub(crate) type Candidates = BTreeMap<i64, Vec<UserId>>;

/// Who may take the tasks of a case.
pub(crate) async fn of_case(h: Handle<'_>, id: CaseId) -> Result<Candidates, StoreError> {
    let select = Entity::find()
        .filter(Column::CaseId.eq(Col(id)))
        .order_by_asc(Column::TaskNo)
        .order_by_asc(Column::UserId);
    let mut candidates = Candidates::new();
    for m in h.find(select).await? {
        let of_task = candidates.entry(m.task_no.0).or_default();
        of_task.push(m.user_id.0);
    }
    Ok(candidates)
}

/// Writes the difference.
pub(crate) async fn save(
    tx: &Tx,
    id: CaseId,
    before: &Candidates,
    after: &Candidates,
) -> Result<(), StoreError> {
    let h = tx.handle();
    for (task, people) in before {
        if after.get(task) != Some(people) {
            let gone = Entity::delete_many()
                .filter(Column::CaseId.eq(Col(id)))
                .filter(Column::TaskNo.eq(*task));
            h.change(&gone).await?;
        }
    }
    let rows = after
        .iter()
        .filter(|(task, people)| before.get(task) != Some(people))
        .flat_map(|(task, people)| people.iter().map(move |user| (*task, *user)))
        .map(|(task_no, user_id)| {
            let candidate = Candidate {
                user_id,
                case_id: id,
                task_no,
            };
            candidate.values(Beside {})
        });
    table::put(tx, *INSERT, rows).await
}
