//! Where cases stand: how many tokens of each at which element, so that a process owner's counts read no states.
//! Not here: counting (`approvals::owner`). Tickets are counted by their tasks.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use sea_orm::Value;
use sea_orm::entity::prelude::*;
use shared::ids::CaseId;

use crate::bulk::rows::Insert;
use crate::entity::case::place::{Beside, Column, Entity, Place, moves};
use crate::entity::{Col, table};
use crate::{StoreError, Tx};

static PUT: LazyLock<Insert> = LazyLock::new(|| table::upsert::<Entity>(moves()));

/// Where a case stands on which version of its definition.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stand<'a> {
    pub(crate) definition: &'a str,
    pub(crate) version: i32,
    /// Tokens by element.
    pub(crate) places: &'a BTreeMap<String, i64>,
}

fn values(id: CaseId, stand: Stand<'_>, (element, tokens): (&str, i64)) -> Vec<Value> {
    let place = Place {
        definition: stand.definition.to_owned(),
        definition_version: stand.version,
        element: element.to_owned(),
        case_id: id,
        tokens,
    };
    place.values(Beside {})
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
                .filter(Column::DefinitionVersion.eq(Col(before.version)))
                .filter(Column::Element.eq(element.as_str()))
                .filter(Column::CaseId.eq(Col(id)));
            h.change(&gone).await?;
        }
    }
    let changed = after
        .places
        .iter()
        .filter(|(element, tokens)| moved || before.places.get(*element) != Some(tokens))
        .map(|(element, tokens)| values(id, after, (element, *tokens)));
    table::put(tx, *PUT, changed).await
}
