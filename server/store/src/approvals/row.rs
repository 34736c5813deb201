//! The approval's row beside its entity: what is inside is sealed here and opened here.
//! Not here: the columns (`entity::approval::approval`), which rows (`load`, `list`).
//! What is sealed is bound to the row's id.

use std::sync::LazyLock;

use sea_orm::{FromQueryResult as _, QueryResult};
use shared::ids::ApprovalId;

use crate::entity::approval::approval::{Beside, Entity, Model};
use crate::entity::table;
use crate::record::{Approval, ApprovalCase, Inside};
use crate::scope::city_of;
use crate::{Seal, StoreError};

/// What `read` expects, of the table with the alias `a`.
pub(crate) static COLUMNS: LazyLock<&str> = LazyLock::new(|| table::columns::<Entity>("a"));
/// Where a sealed value belongs.
pub(crate) const PLACE: &str = "approvals.sealed";

/// An approval from the selected `COLUMNS`, and its open elements as JSON.
pub(crate) fn read(row: &QueryResult, seal: &Seal) -> Result<(Approval, String), StoreError> {
    let (mut approval, beside) = Model::from_query_result(row, "")?.split();
    approval.inside = opened(seal, approval.id, &beside.key_id, &beside.sealed)?;
    Ok((approval, beside.steps))
}

/// What stands in the row beside the record.
pub(super) fn beside(seal: &Seal, case: &ApprovalCase) -> Result<Beside, StoreError> {
    let approval = &case.approval;
    Ok(Beside {
        city: city_of(&approval.region).to_owned(),
        steps: serde_json::to_string(&case.hung.places)
            .map_err(|e| StoreError::Broken(e.into()))?,
        key_id: seal.key_id().to_owned(),
        sealed: sealed(seal, approval.id, &approval.inside)?,
    })
}

pub(super) fn opened(
    seal: &Seal,
    id: ApprovalId,
    key: &str,
    sealed: &[u8],
) -> Result<Inside, StoreError> {
    let plain = seal.open(key, PLACE, id.0.as_bytes(), sealed)?;
    serde_json::from_slice(&plain).map_err(|e| StoreError::Broken(e.into()))
}

pub(super) fn sealed(seal: &Seal, id: ApprovalId, inside: &Inside) -> Result<Vec<u8>, StoreError> {
    let plain = serde_json::to_vec(inside).map_err(|e| StoreError::Broken(e.into()))?;
    seal.seal(PLACE, id.0.as_bytes(), &plain)
}
