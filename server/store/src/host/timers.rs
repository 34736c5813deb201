//! Timers that run. Without a time they are held: the case is paused, or an incident says why.
//! Not here: which are due (`due`), timers at which new cases start (`deliveries`).

use std::sync::LazyLock;

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, Value};
use shared::ids::CaseId;

use crate::bulk::rows::Insert;
use crate::database::Handle;
use crate::entity::case::timer::{Beside, Column, Entity, moves};
use crate::entity::{Col, table};
use crate::record::{CaseKind, Timer};
use crate::{StoreError, Tx};

/// Many rows at once; the bulk doors use it.
pub(crate) static INSERT: LazyLock<Insert> = LazyLock::new(table::insert::<Entity>);

static PUT: LazyLock<Insert> = LazyLock::new(|| table::upsert::<Entity>(moves()));

/// Values of a row.
pub(crate) fn values((case_id, case_kind): (CaseId, CaseKind), timer: &Timer) -> Vec<Value> {
    timer.values(Beside { case_id, case_kind })
}

/// The timers of a case.
pub(crate) async fn of_case(h: Handle<'_>, id: CaseId) -> Result<Vec<Timer>, StoreError> {
    let select = Entity::find()
        .filter(Column::CaseId.eq(Col(id)))
        .order_by_asc(Column::TimerNo);
    h.records(select).await
}

/// The timers of some cases.
pub(crate) async fn of_cases(
    h: Handle<'_>,
    ids: &[CaseId],
) -> Result<Vec<(CaseId, Timer)>, StoreError> {
    let select = Entity::find()
        .filter(Column::CaseId.is_in(ids.iter().map(|id| Col(*id))))
        .order_by_asc(Column::CaseId)
        .order_by_asc(Column::TimerNo);
    let rows = h.find(select).await?;
    Ok(rows.into_iter().map(|m| (m.case_id.0, m.into())).collect())
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
            .filter(Column::CaseId.eq(Col(case.0)))
            .filter(Column::TimerNo.eq(timer.timer_no));
        h.change(&gone).await?;
    }
    let changed = after.iter().filter(|timer| !before.contains(timer));
    table::put(tx, *PUT, changed.map(|timer| values(case, timer))).await
}
