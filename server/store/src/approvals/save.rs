//! Saving an approval with everything that a verb changed: the difference between before and after, in the caller's transaction (I4).
//! Not here: loading (`load`), deciding (services).
//! The version is compared; whoever comes second gets `Conflict` with the version now.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::Value;
use shared::ids::ApprovalId;

use super::{events, row};
use crate::bulk::rows::{Insert, insert_rows};
use crate::record::{Approval, ApprovalCase, ApprovalChange, ApprovalIncident, ApprovalTask};
use crate::scope::city_of;
use crate::sql::{Sql, vals};
use crate::{StoreError, Tx, audit, outbox};

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
    places(tx, before, after).await?;
    tasks(tx, before, after).await?;
    candidates(tx, before, after).await?;
    timers(tx, before, after).await?;
    calls(tx, before, after).await?;
    papers(tx, before, after).await?;
    incidents(tx, before, after).await?;
    people(tx, before, after).await?;
    listens(tx, before, after).await?;
    let id = after.approval.id;
    insert_rows(
        tx,
        Insert::plain(
            "insert into approval_events (approval_id, seq, verb, at, by_user, by_name, unit, element, task_no, note, facts) values ",
            11,
        ),
        change.events.iter().map(|e| row::event_values(id, e)),
    )
    .await?;
    for thrown in &change.thrown {
        events::send(tx, thrown).await?;
    }
    for message in &change.outbox {
        outbox::put(tx, message).await?;
    }
    audit::append(tx, &change.audit).await
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
    serde_json::to_string(&case.places).map_err(|e| StoreError::Broken(e.into()))
}

async fn places(tx: &Tx, before: &ApprovalCase, after: &ApprovalCase) -> Result<(), StoreError> {
    let key = |a: &Approval| (a.definition.clone(), a.definition_version);
    let moved = key(&before.approval) != key(&after.approval);
    let (a, b) = (&after.approval, &before.approval);
    for element in before.places.keys() {
        if moved || !after.places.contains_key(element) {
            let sql = Sql::new(
                "delete from approval_places where definition = ? and definition_version = ? and element = ? and approval_id = ?",
                vals![&b.definition, b.definition_version, element, b.id],
            );
            tx.handle().run(sql).await?;
        }
    }
    for (element, tokens) in &after.places {
        if moved || before.places.get(element) != Some(tokens) {
            let sql = Sql::new(
                "insert into approval_places (definition, definition_version, element, approval_id, tokens) values (?, ?, ?, ?, ?)
                 on conflict (definition, definition_version, element, approval_id) do update set tokens = excluded.tokens",
                vals![&a.definition, a.definition_version, element, a.id, *tokens],
            );
            tx.handle().run(sql).await?;
        }
    }
    Ok(())
}

async fn tasks(tx: &Tx, before: &ApprovalCase, after: &ApprovalCase) -> Result<(), StoreError> {
    let key = |t: &ApprovalTask| (t.task_no, t.part);
    let old: BTreeMap<_, _> = before.tasks.iter().map(|t| (key(t), t)).collect();
    let new: BTreeMap<_, _> = after.tasks.iter().map(|t| (key(t), t)).collect();
    // A changed row is written anew: few rows, many columns.
    for (key, task) in &old {
        if new.get(key) != Some(task) {
            let sql = Sql::new(
                "delete from approval_tasks where approval_id = ? and task_no = ? and part = ?",
                vals![after.approval.id, key.0, key.1],
            );
            tx.handle().run(sql).await?;
        }
    }
    let written = new
        .iter()
        .filter(|(key, task)| old.get(key) != Some(task))
        .map(|(_, task)| row::task_values(task));
    insert_rows(tx, Insert::plain(row::TASK_INSERT, 23), written).await
}

async fn candidates(
    tx: &Tx,
    before: &ApprovalCase,
    after: &ApprovalCase,
) -> Result<(), StoreError> {
    let id = after.approval.id;
    for (task, people) in &before.candidates {
        if after.candidates.get(task) != Some(people) {
            let sql = Sql::new(
                "delete from approval_candidates where approval_id = ? and task_no = ?",
                vals![id, *task],
            );
            tx.handle().run(sql).await?;
        }
    }
    let rows: Vec<Vec<Value>> = after
        .candidates
        .iter()
        .filter(|(task, people)| before.candidates.get(task) != Some(people))
        .flat_map(|(task, people)| people.iter().map(|user| vals![*user, id, *task]))
        .collect();
    insert_rows(
        tx,
        Insert::plain(
            "insert into approval_candidates (user_id, approval_id, task_no) values ",
            3,
        ),
        rows.into_iter(),
    )
    .await
}

async fn timers(tx: &Tx, before: &ApprovalCase, after: &ApprovalCase) -> Result<(), StoreError> {
    let id = after.approval.id;
    for timer in &before.timers {
        if !after.timers.iter().any(|t| t.timer_no == timer.timer_no) {
            let sql = Sql::new(
                "delete from approval_timers where approval_id = ? and timer_no = ?",
                vals![id, timer.timer_no],
            );
            tx.handle().run(sql).await?;
        }
    }
    for timer in after.timers.iter().filter(|t| !before.timers.contains(t)) {
        let sql = Sql::new(
            "insert into approval_timers (approval_id, timer_no, element, due_at, held_at) values (?, ?, ?, ?, ?) on conflict (approval_id, timer_no)
             do update set element = excluded.element, due_at = excluded.due_at, held_at = excluded.held_at",
            vals![id, timer.timer_no, &timer.element, timer.due_at, timer.held_at],
        );
        tx.handle().run(sql).await?;
    }
    Ok(())
}

async fn calls(tx: &Tx, before: &ApprovalCase, after: &ApprovalCase) -> Result<(), StoreError> {
    let id = after.approval.id;
    for call in &before.calls {
        if !after.calls.iter().any(|c| c.task_no == call.task_no) {
            let sql = Sql::new(
                "delete from approval_calls where approval_id = ? and task_no = ?",
                vals![id, call.task_no],
            );
            tx.handle().run(sql).await?;
        }
    }
    for call in after.calls.iter().filter(|c| !before.calls.contains(c)) {
        let sql = Sql::new(
            "insert into approval_calls (approval_id, task_no, element, service, tries, next_try_at, claimed_until) values (?, ?, ?, ?, ?, ?, 0)
             on conflict (approval_id, task_no) do update set element = excluded.element, service = excluded.service, tries = excluded.tries,
             next_try_at = excluded.next_try_at, claimed_until = 0",
            vals![id, call.task_no, &call.element, &call.service, call.tries, call.next_try_at],
        );
        tx.handle().run(sql).await?;
    }
    Ok(())
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

async fn incidents(tx: &Tx, before: &ApprovalCase, after: &ApprovalCase) -> Result<(), StoreError> {
    let a = &after.approval;
    for incident in after
        .incidents
        .iter()
        .filter(|i| !before.incidents.contains(i))
    {
        put_incident(tx, a.id, &a.definition, incident).await?;
    }
    Ok(())
}

async fn put_incident(
    tx: &Tx,
    id: ApprovalId,
    definition: &str,
    incident: &ApprovalIncident,
) -> Result<(), StoreError> {
    let sql = Sql::new(
        "insert into approval_incidents (approval_id, n, kind, definition, element, task_no, timer_no, words, tries, opened_at, settled_at, settled_by)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (approval_id, n)
         do update set words = excluded.words, tries = excluded.tries, settled_at = excluded.settled_at, settled_by = excluded.settled_by",
        vals![
            id,
            incident.n,
            incident.kind,
            definition,
            &incident.element,
            incident.task_no,
            incident.timer_no,
            &incident.words,
            incident.tries,
            incident.opened_at,
            incident.settled_at,
            incident.settled_by.clone()
        ],
    );
    tx.handle().run(sql).await.map(drop)
}

/// Notes what stopped a verb that is not saved itself; the same trouble again only counts its tries. The case stays as it is.
pub async fn note_incident(
    tx: &Tx,
    case: &ApprovalCase,
    incident: ApprovalIncident,
) -> Result<i32, StoreError> {
    let same = case.incidents.iter().find(|i| {
        i.settled_at.is_none()
            && (i.kind, &i.element, i.task_no, i.timer_no)
                == (
                    incident.kind,
                    &incident.element,
                    incident.task_no,
                    incident.timer_no,
                )
    });
    let noted = match same {
        Some(known) => ApprovalIncident {
            n: known.n,
            tries: known.tries + 1,
            opened_at: known.opened_at,
            ..incident
        },
        None => ApprovalIncident {
            n: case.incidents.iter().map(|i| i.n).max().unwrap_or(0) + 1,
            ..incident
        },
    };
    put_incident(tx, case.approval.id, &case.approval.definition, &noted).await?;
    crate::feed::incident(tx, case).await?;
    Ok(noted.n)
}

async fn people(tx: &Tx, before: &ApprovalCase, after: &ApprovalCase) -> Result<(), StoreError> {
    let known: BTreeSet<_> = before.people.iter().map(|p| (p.user, p.part)).collect();
    for person in after
        .people
        .iter()
        .filter(|p| !known.contains(&(p.user, p.part)))
    {
        let sql = Sql::new(
            "insert into approval_people (user_id, part, approval_id, name) values (?, ?, ?, ?) on conflict (user_id, part, approval_id) do nothing",
            vals![
                person.user,
                person.part.code(),
                after.approval.id,
                &person.name
            ],
        );
        tx.handle().run(sql).await?;
    }
    Ok(())
}

async fn listens(tx: &Tx, before: &ApprovalCase, after: &ApprovalCase) -> Result<(), StoreError> {
    let id = after.approval.id;
    for (kind, name) in before.listens.difference(&after.listens) {
        let sql = Sql::new(
            "delete from approval_listeners where approval_id = ? and kind = ? and name = ?",
            vals![id, *kind, name],
        );
        tx.handle().run(sql).await?;
    }
    for (kind, name) in after.listens.difference(&before.listens) {
        let sql = Sql::new(
            "insert into approval_listeners (approval_id, kind, name) values (?, ?, ?)",
            vals![id, *kind, name],
        );
        tx.handle().run(sql).await?;
    }
    Ok(())
}
