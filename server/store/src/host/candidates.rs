//! People of whom one may take a task.
//! Not here: the tasks (`tasks`), whose lists they are on (`to_do`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use sea_orm::Iterable as _;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QueryTrait as _};
use shared::ids::{CaseId, UserId};

use super::table;
use crate::bulk::rows::Insert;
use crate::database::Handle;
use crate::sql::{Bind as _, Sql};
use crate::{StoreError, Tx};

/// A row of `task_candidates`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "task_candidates")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub task_no: i64,
}

/// None is followed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

static INSERT: LazyLock<Insert> = LazyLock::new(|| table::insert::<Entity>(Column::iter()));

/// By task.
pub(crate) type Candidates = BTreeMap<i64, Vec<UserId>>;

/// Who may take the tasks of a case.
pub(crate) async fn of_case(h: Handle<'_>, id: CaseId) -> Result<Candidates, StoreError> {
    let select = Entity::find()
        .filter(Column::CaseId.eq(id.0))
        .order_by_asc(Column::TaskNo)
        .order_by_asc(Column::UserId);
    let mut candidates = Candidates::new();
    for m in h.find(select).await? {
        let of_task = candidates.entry(m.task_no).or_default();
        of_task.push(UserId(m.user_id));
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
                .filter(Column::CaseId.eq(id.0))
                .filter(Column::TaskNo.eq(*task));
            h.run(Sql::built(gone.build(h.backend()))).await?;
        }
    }
    let rows = after
        .iter()
        .filter(|(task, people)| before.get(task) != Some(people))
        .flat_map(|(task, people)| people.iter().map(move |user| (*task, *user)))
        .map(|(task, user)| {
            let value = |column| match column {
                Column::UserId => user.bind(),
                Column::CaseId => id.bind(),
                Column::TaskNo => task.bind(),
            };
            Column::iter().map(value).collect()
        });
    table::put(tx, *INSERT, rows).await
}
