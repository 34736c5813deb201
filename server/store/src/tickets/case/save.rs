//! Saving what one verb changed: ticket, assignments, applications, process, tasks, history, clock, messages, audit, all in the caller's transaction (I4).
//! Not here: loading (`load`), many tickets at once (`bulk`).
//! The ticket's version and each assignment's version are compared and set; history continues without a gap or the save fails.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, QueryOrder as _, QuerySelect as _, Value};
use shared::ticket::{AssignmentStatus, SlotRole, TicketNo};

use super::assignments;
use crate::bulk::rows::Insert;
use crate::entity::ticket::{
    assignment, contact, external_key, follow_up, instance, questionnaire, rating, site_record,
    ticket, ticket_key, ticket_link, ticket_own, ticket_tag, transfer,
};
use crate::entity::{Col, table};
use crate::host::events;
use crate::host::hung::{self, Of};
use crate::record::{Assignment, CaseKind, Event, Incident, Ticket, TicketCase, TicketChange};
use crate::sql::{Bind as _, Sql, vals};
use crate::tickets::search::{self, Searched};
use crate::tickets::{escalations, ladder, merged, pool, row};
use crate::todo::marks;
use crate::trail::notices;
use crate::{Decided, StoreError, Tx, applications};

/// Definition of tickets whose process has ended.
const DEFINITION: &str = "ticket-main";

/// Writes a change.
///
/// # Errors
/// `Conflict` when the ticket or an assignment has another version by now, `Exists("ticket_no" | "external_no")` for a new ticket.
pub async fn save(tx: &Tx, change: &Decided<TicketCase>) -> Result<(), StoreError> {
    let empty = TicketCase::of(change.after.ticket.clone());
    let (before, after) = (change.before.as_ref().unwrap_or(&empty), &change.after);
    let ticket = &after.ticket;
    match &change.before {
        None => Box::pin(insert_ticket(tx, ticket)).await?,
        Some(before) => Box::pin(rewrite(tx, &before.ticket, ticket)).await?,
    }
    let marked = change
        .before
        .as_ref()
        .map(|before| before.ticket.tags.as_slice());
    mark(tx, ticket, marked.unwrap_or_default()).await?;
    let answers = change.before.as_ref().map(|before| &before.ticket.own);
    answered(tx, ticket, answers.unwrap_or(&BTreeMap::new())).await?;
    crate::feed::ticket(tx, change).await?;
    let assignments = changed(&before.assignments, &after.assignments);
    for assignment in &assignments {
        let accused = ticket.accused_unit.as_deref();
        Box::pin(assignments::save(tx, assignment, accused)).await?;
    }
    if before.ticket.accused_unit != ticket.accused_unit {
        Box::pin(assignments::reseat(tx, ticket, &after.assignments)).await?;
        if let Some(unit) = &ticket.accused_unit {
            notices::forget(tx, ticket.id.into(), unit).await?;
        }
    }
    Box::pin(mark_lead(tx, ticket, &assignments)).await?;
    for change in &change.beside {
        Box::pin(applications::write(tx, change)).await?;
    }
    Box::pin(hangs(tx, before, after)).await?;
    if before.instance != after.instance {
        save_instance(tx, after).await?;
    }
    append_events(tx, change).await?;
    Box::pin(merged::follow(tx, before, after)).await?;
    let open = (before.ticket.state.is_open(), ticket.state.is_open());
    Box::pin(marks::follow(tx, CaseKind::Ticket, open, &change.events)).await?;
    Box::pin(marks::responsible(tx, before, after)).await?;
    Box::pin(ladder::follow(tx, change.before.as_ref(), after)).await?;
    Box::pin(escalations::follow(
        tx,
        change.before.as_ref(),
        after,
        &change.events,
    ))
    .await?;
    Box::pin(pool::follow(tx, change.before.as_ref(), after)).await?;
    Box::pin(hung::save(tx, (of(before), of(after)), change)).await
}

/// The ticket's own row, and what is made of its words.
async fn rewrite(tx: &Tx, before: &Ticket, ticket: &Ticket) -> Result<(), StoreError> {
    Box::pin(update_ticket(tx, ticket, before.version)).await?;
    if before.citizen != ticket.citizen {
        Box::pin(correct(tx, ticket)).await?;
    }
    if before.content != ticket.content {
        Box::pin(reword(tx, ticket)).await?;
    }
    if Searched::of(before) != Searched::of(ticket) {
        Box::pin(search::renew(tx, ticket.id, &search::runs(ticket))).await?;
    }
    Ok(())
}

/// Rows that hang on the ticket: tries, visits, transfers, links, calls, ratings, questionnaires.
async fn hangs(tx: &Tx, before: &TicketCase, after: &TicketCase) -> Result<(), StoreError> {
    let contacts = changed(&before.contacts, &after.contacts).into_iter();
    let rows = contacts.map(|it| it.values(contact::Beside {}));
    table::put(tx, *CONTACTS, rows).await?;
    let sites = changed(&before.site_records, &after.site_records).into_iter();
    let rows = sites.map(|it| it.values(site_record::Beside {}));
    table::put(tx, *SITES, rows).await?;
    let transfers = changed(&before.transfers, &after.transfers).into_iter();
    let rows = transfers.map(|it| it.values(transfer::Beside {}));
    table::put(tx, *TRANSFERS, rows).await?;
    let links = changed(&before.links, &after.links).into_iter();
    let rows = links.map(|it| it.values(ticket_link::Beside {}));
    table::put(tx, *LINKS, rows).await?;
    let calls = changed(&before.follow_ups, &after.follow_ups).into_iter();
    let rows = calls.map(|f| f.values(follow_up::Beside {}));
    table::put(tx, *FOLLOW_UPS, rows).await?;
    let ratings = changed(&before.ratings, &after.ratings).into_iter();
    table::put(tx, *RATINGS, ratings.map(|r| r.values(rating::Beside {}))).await?;
    let sent = changed(&before.questionnaires, &after.questionnaires).into_iter();
    let rows = sent.map(|it| it.values(questionnaire::Beside {}));
    table::put(tx, *QUESTIONNAIRES, rows).await?;
    Ok(())
}

/// Keeps the tickets of each tag.
async fn mark(tx: &Tx, ticket: &Ticket, before: &[String]) -> Result<(), StoreError> {
    for tag in before.iter().filter(|tag| !ticket.tags.contains(*tag)) {
        let gone = ticket_tag::Entity::delete_by_id((tag.clone(), Col(ticket.id)));
        tx.handle().change(&gone).await?;
    }
    let new = ticket.tags.iter().filter(|tag| !before.contains(*tag));
    let rows = new.map(|tag| {
        table::values(&ticket_tag::Model {
            tag: tag.clone(),
            ticket_id: ticket.id.into(),
        })
    });
    table::put(tx, table::insert::<ticket_tag::Entity>(), rows).await
}

/// Keeps the tickets by what was answered to own fields.
async fn answered(
    tx: &Tx,
    ticket: &Ticket,
    before: &BTreeMap<String, String>,
) -> Result<(), StoreError> {
    let is_of = |all: &BTreeMap<String, String>, field: &str, value: &str| {
        all.get(field).is_some_and(|known| known == value)
    };
    for (field, value) in before
        .iter()
        .filter(|(field, value)| !is_of(&ticket.own, field, value))
    {
        let key = (field.clone(), value.clone(), Col(ticket.id));
        let gone = ticket_own::Entity::delete_by_id(key);
        tx.handle().change(&gone).await?;
    }
    let new = ticket.own.iter();
    let new = new.filter(|(field, value)| !is_of(before, field, value));
    let rows = new.map(|(field, value)| {
        table::values(&ticket_own::Model {
            field: field.clone(),
            value: value.clone(),
            ticket_id: ticket.id.into(),
        })
    });
    table::put(tx, table::insert::<ticket_own::Entity>(), rows).await
}

/// What is new or other than it was.
fn changed<'a, T: PartialEq>(before: &[T], after: &'a [T]) -> Vec<&'a T> {
    after.iter().filter(|one| !before.contains(one)).collect()
}

fn of(case: &TicketCase) -> Of<'_> {
    let running = case.instance.as_ref();
    Of {
        id: case.ticket.id.into(),
        kind: CaseKind::Ticket,
        definition: running.map_or(DEFINITION, |instance| &instance.definition),
        version: running.map_or(0, |instance| instance.definition_version),
    }
}

/// Notes what stopped a verb that is not saved itself; the same trouble again only counts its tries. The case stays as it is.
pub async fn note_incident(
    tx: &Tx,
    case: &TicketCase,
    incident: Incident,
) -> Result<i32, StoreError> {
    let n = hung::note(tx, of(case), &case.hung, incident).await?;
    crate::feed::stopped(tx, case).await?;
    Ok(n)
}

/// Notes a file that came or went, or an internal note, as the next line of the history and a row of the feed. The case stays as it is; the
/// caller has loaded it in this transaction.
pub async fn note_line(tx: &Tx, case: &TicketCase, line: &Event) -> Result<(), StoreError> {
    let lines = std::slice::from_ref(line);
    events::append(tx, lines).await?;
    let is_open = case.ticket.state.is_open();
    marks::follow(tx, CaseKind::Ticket, (is_open, is_open), lines).await?;
    crate::feed::file(tx, case, line.verb.code()).await
}

async fn insert_ticket(tx: &Tx, ticket: &Ticket) -> Result<(), StoreError> {
    check_id_time(ticket)?;
    let h = tx.handle();
    let mut key = Sql::new(KEYS.head, vals![]);
    key.list(ticket_key(ticket));
    h.insert(key, "ticket_no").await?;
    if let Some(values) = external_key(ticket) {
        let mut key = Sql::new(EXTERNAL_KEYS.head, vals![]);
        key.list(values);
        h.insert(key, "external_no").await?;
    }
    let mut values = row::inserted(ticket, None, h.seal())?;
    let mut row_number = 0;
    let head = if h.is_sqlite() {
        row_number = free_row_number(tx, search::row_number(ticket.accepted_at)).await?;
        values.push(row_number.bind());
        row::INSERT_SQLITE.head
    } else {
        row::INSERT.head
    };
    let mut sql = Sql::new(head, vals![]);
    sql.list(values);
    h.insert(sql, "ticket").await?;
    search::write(tx, (ticket.id, row_number), &search::runs(ticket)).await
}

/// The insert of keys.
pub(crate) static KEYS: LazyLock<Insert> = LazyLock::new(table::insert::<ticket_key::Entity>);
/// The insert of other systems' numbers.
pub(crate) static EXTERNAL_KEYS: LazyLock<Insert> =
    LazyLock::new(table::insert::<external_key::Entity>);

/// Values of a ticket's key.
pub(crate) fn ticket_key(ticket: &Ticket) -> Vec<Value> {
    let key = ticket_key::TicketKey {
        ticket_no: ticket.ticket_no.as_str().to_owned(),
        ticket_id: ticket.id,
        query_code_hash: ticket.query_code_hash.clone(),
    };
    key.values(ticket_key::Beside {})
}

/// Values of the number that a ticket has in the system that it came from.
pub(crate) fn external_key(ticket: &Ticket) -> Option<Vec<Value>> {
    let key = external_key::ExternalKey {
        source_system: ticket.source_system.clone()?,
        external_no: ticket.external_no.clone()?,
        ticket_id: ticket.id,
        text_hash: text_hash(ticket),
    };
    Some(key.values(external_key::Beside {}))
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

/// A row number of SQLite.
#[derive(FromQueryResult)]
pub(crate) struct RowNumber {
    pub(crate) rid: i64,
}

/// The first free row number from `wanted` on; several tickets may have been accepted in one moment. Where more come than moments have numbers,
/// thousands in a row are taken: behind so many, the newest one shows where the row ends.
pub(crate) async fn free_row_number(tx: &Tx, wanted: i64) -> Result<i64, StoreError> {
    const NEAR: i64 = 64;
    const WINDOW: i64 = 100_000;
    let mut next = wanted;
    loop {
        let (near, end) = (next + NEAR, next + WINDOW);
        // Text: the row number is SQLite's own and no column of the entity.
        let sql = Sql::new(
            "select case when not exists (select 1 from tickets t where t.rid = ?) then ?
             else coalesce(
               (select t.rid + 1 from tickets t where t.rid >= ? and t.rid < ?
                 and not exists (select 1 from tickets x where x.rid = t.rid + 1) order by t.rid limit 1),
               (select max(t.rid) + 1 from tickets t where t.rid >= ? and t.rid < ?)) end",
            vals![next, next, next, near, next, end],
        );
        let found = tx.handle().number(sql).await?;
        if found < end {
            return Ok(found);
        }
        next = found;
    }
}

async fn update_ticket(tx: &Tx, ticket: &Ticket, loaded: i32) -> Result<(), StoreError> {
    let h = tx.handle();
    let update = ticket::Entity::update_many()
        .set(row::moved(ticket))
        .filter(ticket::Column::Id.eq(Col(ticket.id)))
        .filter(ticket::Column::Version.eq(Col(loaded)));
    if h.change(&update).await? == 1 {
        return Ok(());
    }
    let now = h
        .find_one(ticket::Entity::find_by_id(Col(ticket.id)))
        .await?;
    Err(StoreError::Conflict {
        object: "ticket".to_owned(),
        expected: loaded,
        current: now.map_or(0, |row| row.version.0),
    })
}

/// Seals the citizen anew, or leaves nothing of it.
async fn correct(tx: &Tx, ticket: &Ticket) -> Result<(), StoreError> {
    let h = tx.handle();
    let update = ticket::Entity::update_many()
        .set(row::corrected(ticket, h.seal())?)
        .filter(ticket::Column::Id.eq(Col(ticket.id)));
    h.change(&update).await.map(drop)
}

/// Writes the content, which no other update touches.
async fn reword(tx: &Tx, ticket: &Ticket) -> Result<(), StoreError> {
    let update = ticket::Entity::update_many()
        .set(ticket::ActiveModel {
            content: Set(ticket.content.clone().into()),
            ..Default::default()
        })
        .filter(ticket::Column::Id.eq(Col(ticket.id)));
    tx.handle().change(&update).await?;
    Ok(())
}

/// Copies deadline and reply of the lead assignment in force to the ticket, where reports count them.
async fn mark_lead(tx: &Tx, ticket: &Ticket, changed: &[&Assignment]) -> Result<(), StoreError> {
    if !changed.iter().any(|a| a.role == SlotRole::Lead) {
        return Ok(());
    }
    let h = tx.handle();
    let ended = [AssignmentStatus::Returned, AssignmentStatus::Recalled];
    let lead = assignment::Entity::find()
        .filter(assignment::Column::TicketId.eq(Col(ticket.id)))
        .filter(assignment::Column::Role.eq(Col(SlotRole::Lead)))
        .filter(assignment::Column::Status.is_not_in(ended.map(Col)))
        .order_by_desc(assignment::Column::CycleNo)
        .order_by_desc(assignment::Column::DispatchedAt)
        .order_by_desc(assignment::Column::Id)
        .limit(1);
    let lead: Option<Assignment> = h.find_one(lead).await?.map(Into::into);
    let update = ticket::Entity::update_many()
        .set(ticket::ActiveModel {
            lead_due_at: Set(lead.as_ref().and_then(|a| a.due_at).into()),
            lead_replied_at: Set(lead.as_ref().and_then(|a| a.replied_at).into()),
            ..Default::default()
        })
        .filter(ticket::Column::Id.eq(Col(ticket.id)));
    h.change(&update).await.map(drop)
}

/// The process of a ticket, in place of how it stood.
static INSTANCES: LazyLock<Insert> =
    LazyLock::new(|| table::upsert::<instance::Entity>(instance::moves()));
/// The insert of tries to reach the citizen.
static CONTACTS: LazyLock<Insert> = LazyLock::new(table::insert::<contact::Entity>);
static SITES: LazyLock<Insert> = LazyLock::new(table::insert::<site_record::Entity>);
/// What was handed over, in place of how it stood.
static TRANSFERS: LazyLock<Insert> =
    LazyLock::new(|| table::upsert::<transfer::Entity>(transfer::moves()));
/// Links with other tickets, in place of how they stood.
static LINKS: LazyLock<Insert> =
    LazyLock::new(|| table::upsert::<ticket_link::Entity>(ticket_link::moves()));
/// The insert of follow-up calls.
static FOLLOW_UPS: LazyLock<Insert> = LazyLock::new(table::insert::<follow_up::Entity>);
/// Questionnaires; of one that is there, that it was used.
static QUESTIONNAIRES: LazyLock<Insert> =
    LazyLock::new(|| table::upsert::<questionnaire::Entity>(questionnaire::moves()));
/// Ratings; of one that is there, that it was settled.
static RATINGS: LazyLock<Insert> =
    LazyLock::new(|| table::upsert::<rating::Entity>(rating::moves()));

async fn save_instance(tx: &Tx, case: &TicketCase) -> Result<(), StoreError> {
    if let Some(process) = &case.instance {
        let row = process.values(instance::Beside {});
        return table::put(tx, *INSTANCES, std::iter::once(row)).await;
    }
    let gone = instance::Entity::delete_by_id(Col(case.ticket.id));
    tx.handle().change(&gone).await.map(drop)
}

async fn append_events(tx: &Tx, change: &TicketChange) -> Result<(), StoreError> {
    let Some(first) = change.events.first() else {
        return Ok(());
    };
    let ticket = &change.after.ticket;
    // A ticket that this transaction has just added has no history yet.
    let last = match &change.before {
        Some(_) => events::last_seq(tx.handle(), ticket.id.into()).await?,
        None => 0,
    };
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
