//! Columns of approvals and of their open things, read and written in one order.
//! Not here: which rows (`load`, `list`).
//! What is sealed is bound to the row's id.

use sea_orm::{QueryResult, Value};
use shared::ids::{ApprovalId, UserId};
use uuid::Uuid;

use crate::record::{
    Approval, ApprovalCall, ApprovalEvent, ApprovalIncident, ApprovalPaper, ApprovalTask,
    ApprovalTimer, Inside,
};
use crate::scope::city_of;
use crate::sql::{Bind as _, Reader, json_or_null, vals};
use crate::{Seal, StoreError};

pub(super) const COLUMNS: &str = "a.id, a.approval_no, a.version, a.definition, a.definition_version, a.pins, a.title, a.status, a.outcome, a.started_at, a.started_by, a.started_by_name, a.unit, a.unit_path, a.region, a.paused_at, a.paused_for, a.ended_at, a.updated_at, a.last_seq, a.caused_by, a.filed, a.key_id, a.sealed";
/// How many columns that are.
pub(super) const WIDTH: usize = 24;
/// Where a sealed value belongs.
pub(crate) const PLACE: &str = "approvals.sealed";
/// Tasks without a limit come last.
const NO_LIMIT: i64 = i64::MAX;

pub(super) fn read(row: &QueryResult, seal: &Seal) -> Result<Approval, StoreError> {
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
        caused_by: r.get::<Option<Uuid>>()?.map(ApprovalId),
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

pub(super) const TASK_COLUMNS: &str = "k.approval_id, k.task_no, k.part, k.kind, k.element, k.active, k.assignee, k.assignee_name, k.role, k.unit, k.unit_path, k.region, k.asked_by, k.asked_by_name, k.note, k.decision, k.opened_at, k.due_at, k.warn_at, k.provisional, k.barred";

pub(super) fn read_task(r: &mut Reader<'_>) -> Result<ApprovalTask, StoreError> {
    Ok(ApprovalTask {
        approval_id: ApprovalId(r.get()?),
        task_no: r.get()?,
        part: r.int()?,
        kind: r.code()?,
        element: r.get()?,
        active: r.get()?,
        assignee: r.get::<Option<Uuid>>()?.map(UserId),
        assignee_name: r.get()?,
        role: r.opt_code()?,
        unit: r.get()?,
        unit_path: r.get()?,
        region: r.get()?,
        asked_by: r.get::<Option<Uuid>>()?.map(UserId),
        asked_by_name: r.get()?,
        note: r.get()?,
        decision: r.get()?,
        opened_at: r.at()?,
        due_at: r.opt_at()?,
        warn_at: r.opt_at()?,
        provisional: r.get()?,
        barred: r.get::<Option<Uuid>>()?.map(UserId),
    })
}

pub(super) const TASK_INSERT: &str = "insert into approval_tasks (approval_id, task_no, part, kind, element, active, assignee, assignee_name, role, unit, unit_path, region,
 city, asked_by, asked_by_name, note, decision, opened_at, due_at, due_key, warn_at, provisional, barred) values ";

pub(super) fn task_values(t: &ApprovalTask) -> Vec<Value> {
    vals![
        t.approval_id,
        t.task_no,
        t.part,
        t.kind,
        &t.element,
        t.active,
        t.assignee,
        t.assignee_name.clone(),
        t.role,
        t.unit.clone(),
        t.unit_path.clone(),
        t.region.clone(),
        t.region.as_deref().map(|region| city_of(region).to_owned()),
        t.asked_by,
        t.asked_by_name.clone(),
        t.note.clone(),
        t.decision.clone(),
        t.opened_at,
        t.due_at,
        t.due_at.map_or(NO_LIMIT, |at| at.0),
        t.warn_at,
        t.provisional,
        t.barred,
    ]
}

pub(super) fn read_timer(r: &mut Reader<'_>) -> Result<ApprovalTimer, StoreError> {
    Ok(ApprovalTimer {
        timer_no: r.get()?,
        element: r.get()?,
        due_at: r.opt_at()?,
        held_at: r.opt_at()?,
    })
}

pub(super) fn read_call(r: &mut Reader<'_>) -> Result<ApprovalCall, StoreError> {
    Ok(ApprovalCall {
        task_no: r.get()?,
        element: r.get()?,
        service: r.get()?,
        tries: r.int()?,
        next_try_at: r.opt_at()?,
    })
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

pub(super) const INCIDENT_COLUMNS: &str = "i.n, i.kind, i.element, i.task_no, i.timer_no, i.words, i.tries, i.opened_at, i.settled_at, i.settled_by";

pub(super) fn read_incident(r: &mut Reader<'_>) -> Result<ApprovalIncident, StoreError> {
    Ok(ApprovalIncident {
        n: r.int()?,
        kind: r.code()?,
        element: r.get()?,
        task_no: r.get()?,
        timer_no: r.get()?,
        words: r.get()?,
        tries: r.int()?,
        opened_at: r.at()?,
        settled_at: r.opt_at()?,
        settled_by: r.get()?,
    })
}

pub(super) fn read_event(row: &QueryResult) -> Result<ApprovalEvent, StoreError> {
    let mut r = Reader::new(row);
    Ok(ApprovalEvent {
        seq: r.int()?,
        verb: r.code()?,
        at: r.at()?,
        by: r.get::<Option<Uuid>>()?.map(UserId),
        by_name: r.get()?,
        unit: r.get()?,
        element: r.get()?,
        task_no: r.get()?,
        note: r.get()?,
        facts: r.json()?,
    })
}

pub(super) fn event_values(id: ApprovalId, e: &ApprovalEvent) -> Vec<Value> {
    vals![
        id,
        e.seq,
        e.verb,
        e.at,
        e.by,
        e.by_name.clone(),
        e.unit.clone(),
        e.element.clone(),
        e.task_no,
        e.note.clone(),
        json_or_null(&e.facts),
    ]
}

/// A value that is bound alone.
pub(super) fn one(id: ApprovalId) -> Vec<Value> {
    vec![id.bind()]
}
