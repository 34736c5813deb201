//! Saving what one verb changed: ticket, assignments, process, tasks, history, clock, messages, audit, all in the caller's transaction (I4).
//! Not here: loading (`load`), many tickets at once (`bulk`).
//! The ticket's version and each assignment's version are compared and set; history continues without a gap or the save fails.

use sea_orm::Value;
use shared::ticket::TicketNo;

use super::assignments;
use crate::bulk::rows::{Insert, insert_rows};
use crate::host::events;
use crate::host::hung::{self, Of};
use crate::record::{
    Application, Assignment, Case, CaseChange, CaseKind, FollowUp, Incident, Instance, Rating,
    Ticket,
};
use crate::sql::{Sql, vals};
use crate::tickets::{row, search};
use crate::{StoreError, Tx};

/// Definition of tickets whose process has ended.
const DEFINITION: &str = "ticket-main";

/// Writes a change.
///
/// # Errors
/// `Conflict` when the ticket or an assignment has another version by now, `Exists("ticket_no" | "external_no")` for a new ticket.
pub async fn save(tx: &Tx, change: &CaseChange) -> Result<(), StoreError> {
    let empty = Case::of(change.after.ticket.clone());
    let (before, after) = (change.before.as_ref().unwrap_or(&empty), &change.after);
    let ticket = &after.ticket;
    match &change.before {
        None => insert_ticket(tx, ticket).await?,
        Some(before) => update_ticket(tx, ticket, before.ticket.version).await?,
    }
    crate::feed::ticket(tx, change).await?;
    let assignments = changed(&before.assignments, &after.assignments);
    for assignment in &assignments {
        assignments::save(tx, assignment).await?;
    }
    mark_lead(tx, ticket, &assignments).await?;
    for application in changed(&before.applications, &after.applications) {
        save_application(tx, application).await?;
    }
    let calls = changed(&before.follow_ups, &after.follow_ups).into_iter();
    insert_rows(tx, FOLLOW_UPS, calls.map(follow_up_values)).await?;
    let ratings = changed(&before.ratings, &after.ratings).into_iter();
    insert_rows(tx, RATINGS, ratings.map(rating_values)).await?;
    if before.instance != after.instance {
        save_instance(tx, after).await?;
    }
    append_events(tx, change).await?;
    hung::save(tx, (of(before), of(after)), change).await
}

/// What is new or other than it was.
fn changed<'a, T: PartialEq>(before: &[T], after: &'a [T]) -> Vec<&'a T> {
    after.iter().filter(|one| !before.contains(one)).collect()
}

fn of(case: &Case) -> Of<'_> {
    let running = case.instance.as_ref();
    Of {
        id: case.ticket.id.into(),
        kind: CaseKind::Ticket,
        definition: running.map_or(DEFINITION, |instance| &instance.definition),
        version: running.map_or(0, |instance| instance.definition_version),
    }
}

/// Notes what stopped a verb that is not saved itself; the same trouble again only counts its tries. The case stays as it is.
pub async fn note_incident(tx: &Tx, case: &Case, incident: Incident) -> Result<i32, StoreError> {
    let n = hung::note(tx, of(case), &case.hung, incident).await?;
    crate::feed::stopped(tx, case).await?;
    Ok(n)
}

async fn insert_ticket(tx: &Tx, ticket: &Ticket) -> Result<(), StoreError> {
    check_id_time(ticket)?;
    let h = tx.handle();
    let key = "insert into ticket_keys (ticket_no, ticket_id, query_code_hash) values (?, ?, ?)";
    h.insert(
        Sql::new(
            key,
            vals![
                ticket.ticket_no.as_str(),
                ticket.id,
                &ticket.query_code_hash
            ],
        ),
        "ticket_no",
    )
    .await?;
    if let (Some(system), Some(no)) = (&ticket.source_system, &ticket.external_no) {
        let key = "insert into external_keys (source_system, external_no, ticket_id, text_hash) values (?, ?, ?, ?)";
        h.insert(
            Sql::new(key, vals![system, no, ticket.id, text_hash(ticket)]),
            "external_no",
        )
        .await?;
    }
    let mut sql = Sql::new(row::INSERT, vals![]);
    let values = row::inserted(ticket, h.seal())?;
    let runs = search::runs(ticket);
    if h.is_sqlite() {
        let rid = free_row_number(tx, search::row_number(ticket.accepted_at)).await?;
        sql.text(", rid) values ")
            .list(values.into_iter().chain(vals![rid]).collect());
        h.insert(sql, "ticket").await?;
        h.run(Sql::new(
            "insert into ticket_search (rowid, grams) values (?, ?)",
            vals![rid, search::fts_text(&runs)],
        ))
        .await?;
    } else {
        sql.text(") values ").list(values);
        h.insert(sql, "ticket").await?;
        for (chunk, vector) in search::vectors(&runs).into_iter().enumerate() {
            let sql = "insert into ticket_search (ticket_id, chunk, grams) values (?, ?, cast(? as tsvector))";
            h.run(Sql::new(sql, vals![ticket.id, chunk, vector]))
                .await?;
        }
    }
    Ok(())
}

/// Partitions and lists rely on it (I8).
pub(crate) fn check_id_time(ticket: &Ticket) -> Result<(), StoreError> {
    let millis = i64::try_from(ticket.id.0.as_u128() >> 80).unwrap_or(-1);
    if millis == ticket.accepted_at.0.max(0) && ticket.id.0.get_version_num() == 7 {
        Ok(())
    } else {
        Err(StoreError::broken(format!(
            "ticket id {} is no UUIDv7 of its accepted_at {}",
            ticket.id, ticket.accepted_at.0
        )))
    }
}

/// Hash of what an import may not change under the same external number.
pub fn text_hash(ticket: &Ticket) -> Vec<u8> {
    crate::seal::sha256(format!("{}\u{0}{}", ticket.title, ticket.content).as_bytes())
}

/// The first free row number from `wanted` on; several tickets may have been accepted in one moment.
pub(crate) async fn free_row_number(tx: &Tx, wanted: i64) -> Result<i64, StoreError> {
    const WINDOW: i64 = 2_000;
    let mut next = wanted;
    loop {
        let sql = Sql::new(
            "select rid from tickets where rid >= ? and rid < ? order by rid",
            vals![next, next + WINDOW],
        );
        let rows = tx.handle().all(sql).await?;
        for taken in &rows {
            if taken.try_get_by_index::<i64>(0).map_err(StoreError::from)? != next {
                return Ok(next);
            }
            next += 1;
        }
        if (rows.len() as i64) < WINDOW {
            return Ok(next);
        }
    }
}

async fn update_ticket(tx: &Tx, ticket: &Ticket, loaded: i32) -> Result<(), StoreError> {
    let h = tx.handle();
    let mut sql = Sql::new(row::UPDATE, row::moving(ticket));
    sql.push(" where id = ? and version = ?", vals![ticket.id, loaded]);
    if h.run(sql).await? == 1 {
        return Ok(());
    }
    let current = h
        .number(Sql::new(
            "select version from tickets where id = ?",
            vals![ticket.id],
        ))
        .await?;
    Err(StoreError::Conflict {
        object: "ticket".to_owned(),
        expected: loaded,
        current: i32::try_from(current).unwrap_or(0),
    })
}

/// Copies deadline and reply of the lead assignment in force to the ticket, where reports count them.
async fn mark_lead(tx: &Tx, ticket: &Ticket, changed: &[&Assignment]) -> Result<(), StoreError> {
    if !changed
        .iter()
        .any(|a| a.role == shared::ticket::SlotRole::Lead)
    {
        return Ok(());
    }
    let lead = "select due_at, replied_at from assignments where ticket_id = ? and role = 'L' and status not in ('RT', 'RC')
         order by cycle_no desc, dispatched_at desc, id desc limit 1";
    let row = tx.handle().one(Sql::new(lead, vals![ticket.id])).await?;
    let (due, replied) = match &row {
        Some(row) => (
            row.try_get_by_index::<Option<i64>>(0)?,
            row.try_get_by_index::<Option<i64>>(1)?,
        ),
        None => (None, None),
    };
    tx.handle()
        .run(Sql::new(
            "update tickets set lead_due_at = ?, lead_replied_at = ? where id = ?",
            vals![due, replied, ticket.id],
        ))
        .await
        .map(drop)
}

async fn save_application(tx: &Tx, a: &Application) -> Result<(), StoreError> {
    let sql = Sql::new(
        "insert into applications (id, ticket_id, assignment_id, reason, explanation, suggested_unit, asked_at, asked_by, status, decided_at, decided_by, opinion)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         on conflict (id) do update set status = excluded.status, decided_at = excluded.decided_at, decided_by = excluded.decided_by, opinion = excluded.opinion",
        vals![
            a.id, a.ticket_id, a.assignment_id, a.reason, &a.explanation, a.suggested_unit.clone(), a.asked_at, a.asked_by, a.status, a.decided_at,
            a.decided_by, a.opinion.clone()
        ],
    );
    tx.handle().run(sql).await.map(drop)
}

/// Follow-up calls.
pub(crate) const FOLLOW_UPS: Insert = Insert::plain(
    "insert into follow_ups (id, ticket_id, cycle_no, at, by_user, by_name, channel, connected, staff_contacted, report_true, solved, satisfaction,
         opinion) values ",
    13,
);

/// Values of a follow-up call.
pub(crate) fn follow_up_values(f: &FollowUp) -> Vec<Value> {
    vals![
        f.id,
        f.ticket_id,
        f.cycle_no,
        f.at,
        f.by,
        f.by_name.clone(),
        f.channel,
        f.connected,
        f.staff_contacted,
        f.report_true,
        f.solved,
        f.satisfaction,
        f.opinion.clone()
    ]
}

/// Ratings.
pub(crate) const RATINGS: Insert = Insert::plain(
    "insert into ratings (id, ticket_id, cycle_no, at, source, satisfaction, solved, words) values ",
    8,
);

/// Values of a rating.
pub(crate) fn rating_values(r: &Rating) -> Vec<Value> {
    vals![
        r.id,
        r.ticket_id,
        r.cycle_no,
        r.at,
        r.source,
        r.satisfaction,
        r.solved,
        r.words.clone()
    ]
}

async fn save_instance(tx: &Tx, case: &Case) -> Result<(), StoreError> {
    let sql = match &case.instance {
        Some(Instance {
            ticket_id,
            definition,
            definition_version,
            state,
        }) => Sql::new(
            "insert into instances (ticket_id, definition, definition_version, state) values (?, ?, ?, ?) on conflict (ticket_id) do update
             set definition = excluded.definition, definition_version = excluded.definition_version, state = excluded.state",
            vals![*ticket_id, definition, *definition_version, state],
        ),
        None => Sql::new(
            "delete from instances where ticket_id = ?",
            vals![case.ticket.id],
        ),
    };
    tx.handle().run(sql).await.map(drop)
}

async fn append_events(tx: &Tx, change: &CaseChange) -> Result<(), StoreError> {
    let Some(first) = change.events.first() else {
        return Ok(());
    };
    let ticket = &change.after.ticket;
    let last = events::last_seq(tx.handle(), ticket.id.into()).await?;
    let gapless = change
        .events
        .iter()
        .zip(last + 1..)
        .all(|(event, seq)| i64::from(event.seq) == seq);
    if gapless {
        return events::append(tx, &change.events).await;
    }
    Err(match &change.before {
        Some(before) if i64::from(first.seq) <= last => StoreError::Conflict {
            object: "ticket".to_owned(),
            expected: before.ticket.version,
            current: ticket.version,
        },
        _ => StoreError::broken(format!(
            "history of {} would have a gap after {last}",
            TicketNo::as_str(&ticket.ticket_no)
        )),
    })
}
