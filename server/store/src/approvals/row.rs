//! Columns of approvals and of their papers, read and written in one order.
//! Not here: which rows (`load`, `list`).
//! What is sealed is bound to the row's id.

use sea_orm::{QueryResult, Value};
use shared::ids::{ApprovalId, CaseId, UserId};
use uuid::Uuid;

use crate::record::{Approval, ApprovalPaper, Inside};
use crate::sql::{Bind as _, Reader};
use crate::{Seal, StoreError};

pub(crate) const COLUMNS: &str = "a.id, a.approval_no, a.version, a.definition, a.definition_version, a.pins, a.title, a.status, a.outcome, a.started_at, a.started_by, a.started_by_name, a.unit, a.unit_path, a.region, a.paused_at, a.paused_for, a.ended_at, a.updated_at, a.last_seq, a.caused_by, a.filed, a.key_id, a.sealed";
/// Where a sealed value belongs.
pub(crate) const PLACE: &str = "approvals.sealed";

pub(crate) fn read(row: &QueryResult, seal: &Seal) -> Result<Approval, StoreError> {
    let mut r = Reader::new(row);
    let id = ApprovalId(r.get()?);
    let mut approval = Approval {
        id,
        approval_no: r.get()?,
        version: r.int()?,
        definition: r.get()?,
        definition_version: r.int()?,
        pins: r.json()?,
        title: r.get()?,
        status: r.code()?,
        outcome: r.get()?,
        started_at: r.at()?,
        started_by: UserId(r.get()?),
        started_by_name: r.get()?,
        unit: r.get()?,
        unit_path: r.get()?,
        region: r.get()?,
        paused_at: r.opt_at()?,
        paused_for: r.get()?,
        ended_at: r.opt_at()?,
        updated_at: r.at()?,
        last_seq: r.int()?,
        caused_by: r.get::<Option<Uuid>>()?.map(CaseId),
        filed: r.get()?,
        inside: Inside::default(),
    };
    let (key, sealed): (String, Vec<u8>) = (r.get()?, r.get()?);
    approval.inside = opened(seal, id, &key, &sealed)?;
    Ok(approval)
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

/// JSON of the pins, or nothing.
pub(super) fn pins(approval: &Approval) -> Option<String> {
    (!approval.pins.is_empty())
        .then(|| serde_json::to_string(&approval.pins).ok())
        .flatten()
}

pub(super) fn read_paper(r: &mut Reader<'_>) -> Result<ApprovalPaper, StoreError> {
    Ok(ApprovalPaper {
        n: r.int()?,
        name: r.get()?,
        asked_at: r.at()?,
        due_at: r.opt_at()?,
        supplied_at: r.opt_at()?,
        note: r.get()?,
    })
}

/// A value that is bound alone.
pub(super) fn one(id: ApprovalId) -> Vec<Value> {
    vec![id.bind()]
}
