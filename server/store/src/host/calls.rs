//! Services that are being called. `claimed_until` keeps two servers from calling one twice at a time.
//! Not here: which are due, and claiming one (`due`).

use std::sync::LazyLock;

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, Value};
use shared::calendar::Instant;
use shared::ids::CaseId;

use crate::bulk::rows::Insert;
use crate::database::Handle;
use crate::entity::case::call::{Beside, Column, Entity, moves};
use crate::entity::{Col, table};
use crate::record::{Call, CaseKind};
use crate::{StoreError, Tx};

static PUT: LazyLock<Insert> = LazyLock::new(|| {
    let mut moves = moves();
    moves.push(Column::ClaimedUntil);
    table::upsert::<Entity>(moves)
});

fn values((case_id, case_kind): (CaseId, CaseKind), call: &Call) -> Vec<Value> {
    call.values(Beside {
        case_id,
        case_kind,
        // Nobody has claimed what has just changed.
        claimed_until: Instant(0),
    })
}

/// The calls of a case.
pub(crate) async fn of_case(h: Handle<'_>, id: CaseId) -> Result<Vec<Call>, StoreError> {
    let select = Entity::find()
        .filter(Column::CaseId.eq(Col(id)))
        .order_by_asc(Column::TaskNo);
    h.records(select).await
}

/// Writes the difference.
pub(crate) async fn save(
    tx: &Tx,
    case: (CaseId, CaseKind),
    before: &[Call],
    after: &[Call],
) -> Result<(), StoreError> {
    let h = tx.handle();
    let stays = |no: i64| after.iter().any(|call| call.task_no == no);
    for call in before.iter().filter(|call| !stays(call.task_no)) {
        let gone = Entity::delete_many()
            .filter(Column::CaseId.eq(Col(case.0)))
            .filter(Column::TaskNo.eq(call.task_no));
        h.change(&gone).await?;
    }
    let changed = after.iter().filter(|call| !before.contains(call));
    table::put(tx, *PUT, changed.map(|call| values(case, call))).await
}
