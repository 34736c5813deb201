//! Who has to do with a case: started it, had a task in it, or reads along. Drives the lists of persons and is their right to see it.
//! Not here: those lists (`approvals::list`), what somebody may do (services).

use std::sync::LazyLock;

use sea_orm::Iterable as _;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, Value};
use shared::ids::{CaseId, UserId};

use super::table;
use crate::bulk::rows::Insert;
use crate::database::Handle;
use crate::record::{CasePerson, Involved};
use crate::sql::Bind as _;
use crate::{StoreError, Tx};

/// A row of `case_people`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_people")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub part: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: Uuid,
    pub name: String,
}

/// None is followed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

static PUT: LazyLock<Insert> = LazyLock::new(|| Insert {
    tail: " on conflict (user_id, part, case_id) do nothing",
    ..table::insert::<Entity>(Column::iter())
});

fn values(id: CaseId, person: &CasePerson) -> Vec<Value> {
    let value = |column| match column {
        Column::UserId => person.user.bind(),
        Column::Part => person.part.code().bind(),
        Column::CaseId => id.bind(),
        Column::Name => person.name.as_str().bind(),
    };
    Column::iter().map(value).collect()
}

/// The people of a case.
pub(crate) async fn of_case(h: Handle<'_>, id: CaseId) -> Result<Vec<CasePerson>, StoreError> {
    let select = Entity::find()
        .filter(Column::CaseId.eq(id.0))
        .order_by_asc(Column::Part)
        .order_by_asc(Column::Name)
        .order_by_asc(Column::UserId);
    let person = |m: Model| -> Result<CasePerson, StoreError> {
        let part = Involved::parse(&m.part)
            .ok_or_else(|| StoreError::broken(format!("unknown part {}", m.part)))?;
        Ok(CasePerson {
            user: UserId(m.user_id),
            part,
            name: m.name,
        })
    };
    h.find(select).await?.into_iter().map(person).collect()
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
    table::put(tx, *PUT, fresh.map(|person| values(id, person))).await
}
