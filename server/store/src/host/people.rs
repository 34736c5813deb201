//! Who has to do with a case: started it, had a task in it, or reads along. Drives the lists of persons and is their right to see it.
//! Not here: those lists (`approvals::list`), what somebody may do (services).

use std::sync::LazyLock;

use sea_orm::QueryOrder as _;
use sea_orm::entity::prelude::*;
use shared::ids::CaseId;

use crate::bulk::rows::Insert;
use crate::database::Handle;
use crate::entity::case::case_person::{Beside, Column, Entity};
use crate::entity::{Col, table};
use crate::record::CasePerson;
use crate::{StoreError, Tx};

static PUT: LazyLock<Insert> = LazyLock::new(|| Insert {
    tail: " on conflict (user_id, part, case_id) do nothing",
    ..table::insert::<Entity>()
});

/// The people of a case.
pub(crate) async fn of_case(h: Handle<'_>, id: CaseId) -> Result<Vec<CasePerson>, StoreError> {
    let select = Entity::find()
        .filter(Column::CaseId.eq(Col(id)))
        .order_by_asc(Column::Part)
        .order_by_asc(Column::Name)
        .order_by_asc(Column::User);
    h.records(select).await
}

/// Writes who is new; nobody is ever taken out.
pub(crate) async fn save(
    tx: &Tx,
    id: CaseId,
    before: &[CasePerson],
    after: &[CasePerson],
) -> Result<(), StoreError> {
    let known = |person: &&CasePerson| {
        !before
            .iter()
            .any(|known| (known.user, known.part) == (person.user, person.part))
    };
    let fresh = after.iter().filter(known);
    let rows = fresh.map(|person| person.values(Beside { case_id: id }));
    table::put(tx, *PUT, rows).await
}
