//! Saving an approval with everything that a verb changed: the difference between before and after, in the caller's transaction (I4).
//! Not here: loading (`load`), deciding (services).
//! The version is compared; whoever comes second gets `Conflict` with the version now.

use std::sync::LazyLock;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use shared::approval::ApprovalStatus;
use shared::approval::query::terms_of;

use super::row;
use crate::bulk::rows::Insert;
use crate::entity::approval::approval::{ActiveModel, Column, Entity};
use crate::entity::approval::{approval_paper, approval_term};
use crate::entity::{Col, table};
use crate::host::events;
use crate::host::hung::{self, Of};
use crate::record::{Approval, ApprovalCase, ApprovalEvent, CaseKind, Incident};
use crate::sql::{Sql, vals};
use crate::todo::marks;
use crate::{Decided, StoreError, Tx};

static INSERT: LazyLock<Insert> = LazyLock::new(table::insert::<Entity>);
static TERMS: LazyLock<Insert> = LazyLock::new(table::insert::<approval_term::Entity>);
static PAPERS: LazyLock<Insert> =
    LazyLock::new(|| table::upsert::<approval_paper::Entity>(approval_paper::moves()));

/// Saves a change.
///
/// # Errors
/// `Conflict` when somebody else was faster.
pub async fn save(tx: &Tx, change: &Decided<ApprovalCase>) -> Result<(), StoreError> {
    let empty = ApprovalCase::of(change.after.approval.clone());
    let (before, after) = (change.before.as_ref().unwrap_or(&empty), &change.after);
    match &change.before {
        None => Box::pin(insert(tx, after)).await?,
        Some(before) => Box::pin(update(tx, before, after)).await?,
    }
    crate::feed::approval(tx, change).await?;
    papers(tx, before, after).await?;
    events::append(tx, &change.events).await?;
    let open = (is_open(&before.approval), is_open(&after.approval));
    Box::pin(marks::follow(tx, CaseKind::Approval, open, &change.events)).await?;
    Box::pin(marks::copied(tx, before, (after, open.1))).await?;
    Box::pin(hung::save(
        tx,
        (of(&before.approval), of(&after.approval)),
        change,
    ))
    .await
}

/// Whether it is under way.
const fn is_open(approval: &Approval) -> bool {
    !matches!(
        approval.status,
        ApprovalStatus::Ended | ApprovalStatus::Cancelled
    )
}

async fn insert(tx: &Tx, after: &ApprovalCase) -> Result<(), StoreError> {
    let h = tx.handle();
    let mut sql = Sql::new(INSERT.head, vals![]);
    sql.list(after.approval.values(row::beside(h.seal(), after)?));
    h.insert(sql, "approval_no").await?;
    // A title never changes.
    let terms = terms_of(&after.approval.title).into_iter();
    let rows = terms.map(|term| vals![term, after.approval.id]);
    table::put(tx, *TERMS, rows).await
}

async fn update(tx: &Tx, before: &ApprovalCase, after: &ApprovalCase) -> Result<(), StoreError> {
    let h = tx.handle();
    let beside = row::beside(h.seal(), after)?;
    let (id, loaded) = (Col(after.approval.id), before.approval.version);
    let update = Entity::update_many()
        .set(ActiveModel {
            steps: Set(beside.steps.into()),
            key_id: Set(beside.key_id.into()),
            sealed: Set(beside.sealed.into()),
            ..after.approval.moved()
        })
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(Col(loaded)));
    if h.change(&update).await? == 1 {
        return Ok(());
    }
    let now = h.find_one(Entity::find_by_id(id)).await?;
    Err(StoreError::Conflict {
        object: "approval".to_owned(),
        expected: loaded,
        current: now.map_or(0, |row| row.version.0),
    })
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
    let approval_id = after.approval.id;
    let changed = after.papers.iter().filter(|p| !before.papers.contains(p));
    let rows = changed.map(|paper| paper.values(approval_paper::Beside { approval_id }));
    table::put(tx, *PAPERS, rows).await
}

/// Notes a file that came or went as the next line of the history and a row of the feed. The case stays as it is, but for the number of its
/// newest line; the caller has loaded it in this transaction.
pub async fn note_file(
    tx: &Tx,
    case: &ApprovalCase,
    line: &ApprovalEvent,
) -> Result<(), StoreError> {
    let approval = &case.approval;
    let next = Entity::update_many()
        .set(ActiveModel {
            last_seq: Set(line.seq.into()),
            ..Default::default()
        })
        .filter(Column::Id.eq(Col(approval.id)))
        .filter(Column::LastSeq.eq(Col(approval.last_seq)));
    if tx.handle().change(&next).await? == 0 {
        return Err(StoreError::Conflict {
            object: "approval".to_owned(),
            expected: approval.version,
            current: approval.version,
        });
    }
    let lines = std::slice::from_ref(line);
    events::append(tx, lines).await?;
    let open = is_open(approval);
    marks::follow(tx, CaseKind::Approval, (open, open), lines).await?;
    crate::feed::file_of_approval(tx, case, line.verb.code()).await
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
