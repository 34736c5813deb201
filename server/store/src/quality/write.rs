//! What a look found, written in the transaction that also moves the look; and what people say about a finding.
//! Not here: which findings those are (services).
//! At most one open finding of a rule and a case: a unique index says so.

use std::collections::BTreeMap;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use shared::calendar::Instant;
use shared::ids::TicketId;
use shared::quality::{FindingState, QualityRule};

use crate::bulk::rows::Insert;
use crate::entity::quality::quality_count;
use crate::entity::quality::quality_finding::{ActiveModel, Beside, Column, Entity};
use crate::entity::{Col, table};
use crate::record::{QualityCount, QualityFinding};
use crate::{Conn, StoreError, Tx};

/// How it stands with some cases before a look.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// Open findings by case and rule.
    pub open: BTreeMap<(Uuid, QualityRule), QualityFinding>,
    /// What was dismissed, with the version of the rule that had found it.
    pub dismissed: BTreeMap<(Uuid, QualityRule), i32>,
}

/// The open and the dismissed findings of these tickets.
pub async fn standing(conn: &dyn Conn, ids: &[TicketId]) -> Result<Standing, StoreError> {
    let cases = || ids.iter().map(|id| id.0);
    let h = conn.handle();
    let open = Entity::find()
        .filter(Column::CaseId.is_in(cases()))
        .filter(Column::ClosedAt.is_null());
    let gone = Entity::find()
        .filter(Column::CaseId.is_in(cases()))
        .filter(Column::State.eq(Col(FindingState::Dismissed)));
    let mut standing = Standing::default();
    for finding in h.records::<_, QualityFinding>(open).await? {
        standing
            .open
            .insert((finding.case_id, finding.rule), finding);
    }
    for finding in h.records::<_, QualityFinding>(gone).await? {
        let known = standing.dismissed.entry((finding.case_id, finding.rule));
        let version = known.or_insert(finding.rule_version);
        *version = finding.rule_version.max(*version);
    }
    Ok(standing)
}

/// Adds findings; one that is open already stays as it is.
pub async fn put(tx: &Tx, findings: &[QualityFinding]) -> Result<(), StoreError> {
    let insert = Insert {
        tail: " on conflict do nothing",
        ..table::insert::<Entity>()
    };
    let rows = findings.iter().map(|finding| finding.values(Beside {}));
    table::put(tx, insert, rows).await
}

/// These were found again.
pub async fn see(tx: &Tx, ids: &[Uuid], at: Instant) -> Result<(), StoreError> {
    if ids.is_empty() {
        return Ok(());
    }
    let set = ActiveModel {
        last_seen: Set(at.into()),
        ..Default::default()
    };
    let seen = Entity::update_many()
        .set(set)
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(Column::ClosedAt.is_null());
    tx.handle().change(&seen).await.map(drop)
}

/// These are found no more, or not looked for.
pub async fn close(
    tx: &Tx,
    ids: &[Uuid],
    (state, at): (FindingState, Instant),
) -> Result<(), StoreError> {
    if ids.is_empty() {
        return Ok(());
    }
    let set = ActiveModel {
        state: Set(state.into()),
        closed_at: Set(Some(at).into()),
        ..Default::default()
    };
    let gone = Entity::update_many()
        .set(set)
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(Column::ClosedAt.is_null());
    tx.handle().change(&gone).await.map(drop)
}

/// Writes what moves of a finding; false when it stands otherwise by now than it was read.
pub async fn change(
    tx: &Tx,
    finding: &QualityFinding,
    was: FindingState,
) -> Result<bool, StoreError> {
    let update = Entity::update_many()
        .set(finding.moved())
        .filter(Column::Id.eq(finding.id))
        .filter(Column::State.eq(Col(was)))
        .filter(Column::ClosedAt.is_null());
    Ok(tx.handle().change(&update).await? == 1)
}

/// Puts what was counted in the place of what was counted before.
pub async fn replace_counts(tx: &Tx, counts: &[QualityCount]) -> Result<(), StoreError> {
    tx.handle()
        .change(&quality_count::Entity::delete_many())
        .await?;
    let rows = counts
        .iter()
        .map(|count| count.values(quality_count::Beside {}));
    table::put(tx, table::insert::<quality_count::Entity>(), rows).await
}
