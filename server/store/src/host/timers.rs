//! Timers that run. Without a time they are held: the case is paused, or an incident says why.
//! Not here: which are due (`due`), timers at which new cases start (`deliveries`).

use std::sync::LazyLock;

use sea_orm::Iterable as _;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QueryTrait as _, Value};
use shared::calendar::Instant;
use shared::ids::{AssignmentId, CaseId};

use super::table::{self, code};
use crate::bulk::rows::Insert;
use crate::database::Handle;
use crate::record::{CaseKind, Timer};
use crate::sql::{Bind as _, Sql};
use crate::{StoreError, Tx};

/// A row of `timers`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "timers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub timer_no: i64,
    pub case_kind: String,
    pub element: String,
    pub due_at: Option<i64>,
    pub held_at: Option<i64>,
    pub stage: Option<String>,
    pub assignment_id: Option<Uuid>,
}

/// None is followed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Many rows at once; the bulk doors use it.
pub(crate) static INSERT: LazyLock<Insert> =
    LazyLock::new(|| table::insert::<Entity>(Column::iter()));

static PUT: LazyLock<Insert> = LazyLock::new(|| Insert {
    tail: " on conflict (case_id, timer_no) do update set element = excluded.element, due_at = excluded.due_at, held_at = excluded.held_at, stage = excluded.stage, assignment_id = excluded.assignment_id",
    ..*INSERT
});

/// Values of a row.
pub(crate) fn values((id, kind): (CaseId, CaseKind), timer: &Timer) -> Vec<Value> {
    let value = |column| match column {
        Column::CaseId => id.bind(),
        Column::TimerNo => timer.timer_no.bind(),
        Column::CaseKind => kind.bind(),
        Column::Element => timer.element.as_str().bind(),
        Column::DueAt => timer.due_at.bind(),
        Column::HeldAt => timer.held_at.bind(),
        Column::Stage => timer.stage.bind(),
        Column::AssignmentId => timer.assignment_id.bind(),
    };
    Column::iter().map(value).collect()
}

/// The timers of a case.
pub(crate) async fn of_case(h: Handle<'_>, id: CaseId) -> Result<Vec<Timer>, StoreError> {
    let select = Entity::find()
        .filter(Column::CaseId.eq(id.0))
        .order_by_asc(Column::TimerNo);
    let timer = |m: Model| -> Result<Timer, StoreError> {
        Ok(Timer {
            timer_no: m.timer_no,
            element: m.element,
            due_at: m.due_at.map(Instant),
            held_at: m.held_at.map(Instant),
            stage: m.stage.as_deref().map(code).transpose()?,
            assignment_id: m.assignment_id.map(AssignmentId),
        })
    };
    h.find(select).await?.into_iter().map(timer).collect()
}

/// Writes the difference.
pub(crate) async fn save(
    tx: &Tx,
    case: (CaseId, CaseKind),
    before: &[Timer],
    after: &[Timer],
) -> Result<(), StoreError> {
    let h = tx.handle();
    let stays = |no: i64| after.iter().any(|timer| timer.timer_no == no);
    for timer in before.iter().filter(|timer| !stays(timer.timer_no)) {
        let gone = Entity::delete_many()
            .filter(Column::CaseId.eq(case.0.0))
            .filter(Column::TimerNo.eq(timer.timer_no));
        h.run(Sql::built(gone.build(h.backend()))).await?;
    }
    let changed = after.iter().filter(|timer| !before.contains(timer));
    table::put(tx, *PUT, changed.map(|timer| values(case, timer))).await
}
