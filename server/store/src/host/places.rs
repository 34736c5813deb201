//! Where cases stand: how many tokens of each at which element, so that a process owner's counts read no states.
//! Not here: counting (`approvals::owner`). Tickets are counted by their tasks.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use sea_orm::Iterable as _;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryTrait as _, Value};
use shared::ids::CaseId;

use super::table;
use crate::bulk::rows::Insert;
use crate::sql::{Bind as _, Sql};
use crate::{StoreError, Tx};

/// A row of `places`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "places")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub definition: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub definition_version: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub element: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: Uuid,
    pub tokens: i64,
}

/// None is followed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

static PUT: LazyLock<Insert> = LazyLock::new(|| Insert {
    tail: " on conflict (definition, definition_version, element, case_id) do update set tokens = excluded.tokens",
    ..table::insert::<Entity>(Column::iter())
});

/// Where a case stands on which version of its definition.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stand<'a> {
    pub(crate) definition: &'a str,
    pub(crate) version: i32,
    /// Tokens by element.
    pub(crate) places: &'a BTreeMap<String, i64>,
}

fn values(id: CaseId, stand: Stand<'_>, (element, tokens): (&str, i64)) -> Vec<Value> {
    let value = |column| match column {
        Column::Definition => stand.definition.bind(),
        Column::DefinitionVersion => stand.version.bind(),
        Column::Element => element.bind(),
        Column::CaseId => id.bind(),
        Column::Tokens => tokens.bind(),
    };
    Column::iter().map(value).collect()
}

/// Writes the difference.
pub(crate) async fn save(
    tx: &Tx,
    id: CaseId,
    before: Stand<'_>,
    after: Stand<'_>,
) -> Result<(), StoreError> {
    let h = tx.handle();
    let moved = (before.definition, before.version) != (after.definition, after.version);
    for element in before.places.keys() {
        if moved || !after.places.contains_key(element) {
            let gone = Entity::delete_many()
                .filter(Column::Definition.eq(before.definition))
                .filter(Column::DefinitionVersion.eq(i64::from(before.version)))
                .filter(Column::Element.eq(element.as_str()))
                .filter(Column::CaseId.eq(id.0));
            h.run(Sql::built(gone.build(h.backend()))).await?;
        }
    }
    let changed = after
        .places
        .iter()
        .filter(|(element, tokens)| moved || before.places.get(*element) != Some(tokens))
        .map(|(element, tokens)| values(id, after, (element, *tokens)));
    table::put(tx, *PUT, changed).await
}
