//! Saving an approval with everything that a verb changed: the difference between before and after, in the caller's transaction (I4).
//! Not here: loading (`load`), deciding (services).
//! The version is compared; whoever comes second gets `Conflict` with the version now.

use super::row;
use crate::host::events;
use crate::host::hung::{self, Of};
use crate::record::{Approval, ApprovalCase, ApprovalChange, CaseKind, Incident};
use crate::scope::city_of;
use crate::sql::{Sql, vals};
use crate::{StoreError, Tx};

/// Saves a change.
///
/// # Errors
/// `Conflict` when somebody else was faster.
pub async fn save(tx: &Tx, change: &ApprovalChange) -> Result<(), StoreError> {
    let empty = ApprovalCase::of(change.after.approval.clone());
    let (before, after) = (change.before.as_ref().unwrap_or(&empty), &change.after);
    match &change.before {
        None => insert(tx, after).await?,
        Some(before) => update(tx, before, after).await?,
    }
    crate::feed::approval(tx, change).await?;
    papers(tx, before, after).await?;
    events::append(tx, &change.events).await?;
    hung::save(tx, (of(&before.approval), of(&after.approval)), change).await
}

async fn insert(tx: &Tx, after: &ApprovalCase) -> Result<(), StoreError> {
    let a = &after.approval;
    let h = tx.handle();
    let sealed = row::sealed(h.seal(), a.id, &a.inside)?;
    let sql = Sql::new(
        "insert into approvals (id, approval_no, version, definition, definition_version, pins, title, status, outcome, steps, started_at, started_by,
         started_by_name, unit, unit_path, region, city, paused_at, paused_for, ended_at, updated_at, last_seq, caused_by, filed, key_id, sealed)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        vals![
            a.id,
            &a.approval_no,
            a.version,
            &a.definition,
            a.definition_version,
            row::pins(a),
            &a.title,
            a.status,
            a.outcome.clone(),
            steps(after)?,
            a.started_at,
            a.started_by,
            &a.started_by_name,
            &a.unit,
            &a.unit_path,
            &a.region,
            city_of(&a.region),
            a.paused_at,
            a.paused_for.clone(),
            a.ended_at,
            a.updated_at,
            a.last_seq,
            a.caused_by,
            a.filed,
            h.seal().key_id(),
            sealed
        ],
    );
    h.insert(sql, "approval_no").await.map(drop)
}

async fn update(tx: &Tx, before: &ApprovalCase, after: &ApprovalCase) -> Result<(), StoreError> {
    let a = &after.approval;
    let h = tx.handle();
    let sealed = row::sealed(h.seal(), a.id, &a.inside)?;
    let sql = Sql::new(
        "update approvals set version = ?, definition_version = ?, pins = ?, status = ?, outcome = ?, steps = ?, paused_at = ?, paused_for = ?, ended_at = ?,
         updated_at = ?, last_seq = ?, key_id = ?, sealed = ? where id = ? and version = ?",
        vals![
            a.version,
            a.definition_version,
            row::pins(a),
            a.status,
            a.outcome.clone(),
            steps(after)?,
            a.paused_at,
            a.paused_for.clone(),
            a.ended_at,
            a.updated_at,
            a.last_seq,
            h.seal().key_id(),
            sealed,
            a.id,
            before.approval.version
        ],
    );
    if h.run(sql).await? == 1 {
        return Ok(());
    }
    let current = h
        .number(Sql::new(
            "select version from approvals where id = ?",
            vals![a.id],
        ))
        .await?;
    Err(StoreError::Conflict {
        object: "approval".to_owned(),
        expected: before.approval.version,
        current: i32::try_from(current).unwrap_or(0),
    })
}

fn steps(case: &ApprovalCase) -> Result<String, StoreError> {
    serde_json::to_string(&case.hung.places).map_err(|e| StoreError::Broken(e.into()))
}

fn of(approval: &Approval) -> Of<'_> {
    Of {
        id: approval.id.into(),
        kind: CaseKind::Approval,
        definition: &approval.definition,
        version: approval.definition_version,
    }
}

async fn papers(tx: &Tx, before: &ApprovalCase, after: &ApprovalCase) -> Result<(), StoreError> {
    for paper in after.papers.iter().filter(|p| !before.papers.contains(p)) {
        let sql = Sql::new(
            "insert into approval_papers (approval_id, n, name, asked_at, due_at, supplied_at, note) values (?, ?, ?, ?, ?, ?, ?)
             on conflict (approval_id, n) do update set due_at = excluded.due_at, supplied_at = excluded.supplied_at, note = excluded.note",
            vals![
                after.approval.id,
                paper.n,
                &paper.name,
                paper.asked_at,
                paper.due_at,
                paper.supplied_at,
                paper.note.clone()
            ],
        );
        tx.handle().run(sql).await?;
    }
    Ok(())
}

/// Notes what stopped a verb that is not saved itself; the same trouble again only counts its tries. The case stays as it is.
pub async fn note_incident(
    tx: &Tx,
    case: &ApprovalCase,
    incident: Incident,
) -> Result<i32, StoreError> {
    let n = hung::note(tx, of(&case.approval), &case.hung, incident).await?;
    crate::feed::incident(tx, case).await?;
    Ok(n)
}
