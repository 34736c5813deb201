//! Open tasks of every kind of case, and what stands beside them. A row disappears when it is done.
//! Not here: whose to-do lists they are on (`to_do`), people of whom one may take a task (`candidates`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use sea_orm::Iterable as _;
use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult as _, QueryOrder as _, QueryResult, Value};
use shared::calendar::Instant;
use shared::ids::{AssignmentId, CaseId, UserId};

use super::table::{self, code, small};
use crate::bulk::rows::Insert;
use crate::database::Handle;
use crate::record::Task;
use crate::scope::city_of;
use crate::sql::{Bind as _, Sql, vals};
use crate::{StoreError, Tx};

/// Tasks without a limit come last.
pub(super) const NO_LIMIT: i64 = i64::MAX;

/// A row of `tasks`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "tasks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub task_no: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub part: i64,
    pub case_kind: String,
    pub kind: String,
    pub element: String,
    pub active: bool,
    pub assignment_id: Option<Uuid>,
    pub assignee: Option<Uuid>,
    pub assignee_name: Option<String>,
    pub barred: Option<Uuid>,
    pub role: Option<String>,
    pub unit: Option<String>,
    pub unit_path: Option<String>,
    pub region: Option<String>,
    pub city: Option<String>,
    pub verbs: String,
    pub asked_by: Option<Uuid>,
    pub asked_by_name: Option<String>,
    pub note: Option<String>,
    pub decision: Option<String>,
    pub opened_at: i64,
    pub due_at: Option<i64>,
    pub due_key: i64,
    pub warn_at: Option<i64>,
    pub provisional: bool,
}

/// None is followed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Many rows at once; the bulk doors use it as well.
pub(crate) static INSERT: LazyLock<Insert> =
    LazyLock::new(|| table::insert::<Entity>(Column::iter()));

/// All columns for a text with the alias `k`, to be read by `read`.
pub(super) static NAMED: LazyLock<&str> = LazyLock::new(table::named::<Entity>);

/// Values of a row.
pub(crate) fn values(t: &Task) -> Vec<Value> {
    let value = |column| match column {
        Column::CaseId => t.case_id.bind(),
        Column::TaskNo => t.task_no.bind(),
        Column::Part => t.part.bind(),
        Column::CaseKind => t.case_kind.bind(),
        Column::Kind => t.kind.bind(),
        Column::Element => t.element.as_str().bind(),
        Column::Active => t.active.bind(),
        Column::AssignmentId => t.assignment_id.bind(),
        Column::Assignee => t.assignee.bind(),
        Column::AssigneeName => t.assignee_name.as_deref().bind(),
        Column::Barred => t.barred.bind(),
        Column::Role => t.role.bind(),
        Column::Unit => t.unit.as_deref().bind(),
        Column::UnitPath => t.unit_path.as_deref().bind(),
        Column::Region => t.region.as_deref().bind(),
        Column::City => t.region.as_deref().map(city_of).bind(),
        Column::Verbs => t.verbs.as_str().bind(),
        Column::AskedBy => t.asked_by.bind(),
        Column::AskedByName => t.asked_by_name.as_deref().bind(),
        Column::Note => t.note.as_deref().bind(),
        Column::Decision => t.decision.as_deref().bind(),
        Column::OpenedAt => t.opened_at.bind(),
        Column::DueAt => t.due_at.bind(),
        Column::DueKey => t.due_at.map_or(NO_LIMIT, |at| at.0).bind(),
        Column::WarnAt => t.warn_at.bind(),
        Column::Provisional => t.provisional.bind(),
    };
    Column::iter().map(value).collect()
}

/// A task out of a row that was asked for with `NAMED`.
pub(super) fn read(row: &QueryResult) -> Result<Task, StoreError> {
    task(Model::from_query_result(row, "k_")?)
}

fn task(m: Model) -> Result<Task, StoreError> {
    Ok(Task {
        case_id: CaseId(m.case_id),
        case_kind: code(&m.case_kind)?,
        task_no: m.task_no,
        part: small(m.part)?,
        kind: code(&m.kind)?,
        element: m.element,
        active: m.active,
        assignment_id: m.assignment_id.map(AssignmentId),
        assignee: m.assignee.map(UserId),
        assignee_name: m.assignee_name,
        barred: m.barred.map(UserId),
        role: m.role.as_deref().map(code).transpose()?,
        unit: m.unit,
        unit_path: m.unit_path,
        region: m.region,
        verbs: m.verbs,
        asked_by: m.asked_by.map(UserId),
        asked_by_name: m.asked_by_name,
        note: m.note,
        decision: m.decision,
        opened_at: Instant(m.opened_at),
        due_at: m.due_at.map(Instant),
        warn_at: m.warn_at.map(Instant),
        provisional: m.provisional,
    })
}

/// The open tasks of some cases, by case and number.
pub(crate) async fn of_cases(h: Handle<'_>, ids: &[CaseId]) -> Result<Vec<Task>, StoreError> {
    let select = Entity::find()
        .filter(Column::CaseId.is_in(ids.iter().map(|id| id.0)))
        .order_by_asc(Column::CaseId)
        .order_by_asc(Column::TaskNo)
        .order_by_asc(Column::Part);
    h.find(select).await?.into_iter().map(task).collect()
}

/// The open tasks of a case.
pub(crate) async fn of_case(h: Handle<'_>, id: CaseId) -> Result<Vec<Task>, StoreError> {
    let select = Entity::find()
        .filter(Column::CaseId.eq(id.0))
        .order_by_asc(Column::TaskNo)
        .order_by_asc(Column::Part);
    h.find(select).await?.into_iter().map(task).collect()
}

/// Writes the difference. A changed row is written anew: few rows, many columns.
pub(crate) async fn save(tx: &Tx, before: &[Task], after: &[Task]) -> Result<(), StoreError> {
    let key = |t: &Task| (t.task_no, t.part);
    let old: BTreeMap<_, _> = before.iter().map(|t| (key(t), t)).collect();
    let new: BTreeMap<_, _> = after.iter().map(|t| (key(t), t)).collect();
    for (key, task) in &old {
        if new.get(key) != Some(task) {
            let sql = Sql::new(
                "delete from tasks where case_id = ? and task_no = ? and part = ?",
                vals![task.case_id, key.0, key.1],
            );
            tx.handle().run(sql).await?;
        }
    }
    let fresh = new
        .iter()
        .filter(|(key, task)| old.get(key) != Some(task))
        .map(|(_, task)| values(task));
    table::put(tx, *INSERT, fresh).await
}
