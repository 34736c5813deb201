//! Services that are being called. `claimed_until` keeps two servers from calling one twice at a time.
//! Not here: which are due, and claiming one (`due`).

use std::sync::LazyLock;

use sea_orm::Iterable as _;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QueryTrait as _, Value};
use shared::calendar::Instant;
use shared::ids::CaseId;

use super::table::{self, small};
use crate::bulk::rows::Insert;
use crate::database::Handle;
use crate::record::{Call, CaseKind};
use crate::sql::{Bind as _, Sql};
use crate::{StoreError, Tx};

/// A row of `calls`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calls")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub task_no: i64,
    pub case_kind: String,
    pub element: String,
    pub service: String,
    pub tries: i64,
    pub next_try_at: Option<i64>,
    pub claimed_until: i64,
}

/// None is followed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

static PUT: LazyLock<Insert> = LazyLock::new(|| Insert {
    tail: " on conflict (case_id, task_no) do update set element = excluded.element, service = excluded.service, tries = excluded.tries, next_try_at = excluded.next_try_at, claimed_until = 0",
    ..table::insert::<Entity>(Column::iter())
});

fn values((id, kind): (CaseId, CaseKind), call: &Call) -> Vec<Value> {
    let value = |column| match column {
        Column::CaseId => id.bind(),
        Column::TaskNo => call.task_no.bind(),
        Column::CaseKind => kind.bind(),
        Column::Element => call.element.as_str().bind(),
        Column::Service => call.service.as_str().bind(),
        Column::Tries => call.tries.bind(),
        Column::NextTryAt => call.next_try_at.bind(),
        // Nobody has claimed what has just changed.
        Column::ClaimedUntil => 0_i64.bind(),
    };
    Column::iter().map(value).collect()
}

/// The calls of a case.
pub(crate) async fn of_case(h: Handle<'_>, id: CaseId) -> Result<Vec<Call>, StoreError> {
    let select = Entity::find()
        .filter(Column::CaseId.eq(id.0))
        .order_by_asc(Column::TaskNo);
    let call = |m: Model| -> Result<Call, StoreError> {
        Ok(Call {
            task_no: m.task_no,
            element: m.element,
            service: m.service,
            tries: small(m.tries)?,
            next_try_at: m.next_try_at.map(Instant),
        })
    };
    h.find(select).await?.into_iter().map(call).collect()
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
            .filter(Column::CaseId.eq(case.0.0))
            .filter(Column::TaskNo.eq(call.task_no));
        h.run(Sql::built(gone.build(h.backend()))).await?;
    }
    let changed = after.iter().filter(|call| !before.contains(call));
    table::put(tx, *PUT, changed.map(|call| values(case, call))).await
}
