//! The rows of a new case, column by column, in the order of the insert statements beside them.
//! Not here: sending them (`prepared`), changing rows of a case that is there (`cases`).
//! The citizen block is sealed here; only HMACs of phone, name and identity number are searchable.

use sea_orm::Value;
use shared::calendar::Instant;
use shared::person;
use shared::ticket::{SlotRole, TicketState};

use crate::record::{Application, Assignment, ClockEntry, Event, FollowUp, Instance, Rating, Task, Ticket};
use crate::sql::{json_or_null, vals};
use crate::{Seal, StoreError};

pub(super) const TICKETS: &str = "insert into tickets (id, ticket_no, version, cycle_no, kind, channel, category, region, city, street, urgency, subject_type,
 anonymous, confidential, reply_required, state, is_open, accepted_at, accepted_by, updated_at, first_dispatched_at, replied_at, reviewed_at, closed_at,
 due_at, warn_at, provisional, limit_rule, limit_value, limit_unit, lead_unit, lead_due_at, lead_replied_at, urge_count, last_urged_on, repeat_of,
 first_satisfaction, latest_satisfaction, solved, decline_reason, decline_proposed, exempt_reason, source_system, external_no, batch_id, occurred_at,
 lon, lat, query_code_hash, phone_hmac, name_hmac, id_number_hmac, citizen_key, citizen, title, address, decline_explanation, source_words, content, answer) values ";
pub(super) const TICKETS_WITH_RID: &str = "insert into tickets (rid, id, ticket_no, version, cycle_no, kind, channel, category, region, city, street, urgency, subject_type,
 anonymous, confidential, reply_required, state, is_open, accepted_at, accepted_by, updated_at, first_dispatched_at, replied_at, reviewed_at, closed_at,
 due_at, warn_at, provisional, limit_rule, limit_value, limit_unit, lead_unit, lead_due_at, lead_replied_at, urge_count, last_urged_on, repeat_of,
 first_satisfaction, latest_satisfaction, solved, decline_reason, decline_proposed, exempt_reason, source_system, external_no, batch_id, occurred_at,
 lon, lat, query_code_hash, phone_hmac, name_hmac, id_number_hmac, citizen_key, citizen, title, address, decline_explanation, source_words, content, answer) values ";
pub(super) const TICKET_COLUMNS: usize = 60;

/// Name, phone and identity number as HMACs, the whole block sealed.
struct Sealed {
    phone: Option<Vec<u8>>,
    name: Option<Vec<u8>>,
    id_number: Option<Vec<u8>>,
    key: Option<String>,
    block: Option<Vec<u8>>,
}

fn sealed(seal: &Seal, ticket: &Ticket) -> Result<Sealed, StoreError> {
    let Some(citizen) = &ticket.citizen else {
        return Ok(Sealed { phone: None, name: None, id_number: None, key: None, block: None });
    };
    let plain = serde_json::to_vec(citizen).map_err(|e| StoreError::Broken(e.into()))?;
    Ok(Sealed {
        phone: citizen.phone.as_deref().map(|phone| seal.phone_hash(&person::normalise_phone(phone))),
        name: citizen.name.as_deref().map(|name| seal.hash("name", name.trim())),
        id_number: citizen.id_number.as_deref().map(|number| seal.hash("id_number", &number.trim().to_uppercase())),
        key: Some(seal.key_id().to_owned()),
        block: Some(seal.seal("tickets.citizen", ticket.id.0.as_bytes(), &plain)?),
    })
}

/// Deadline and reply of the lead's assignment of the last cycle, which the report counts.
fn lead(assignments: &[Assignment]) -> (Option<Instant>, Option<Instant>) {
    use shared::ticket::AssignmentStatus::{Recalled, Returned};
    let lead = assignments.iter().rev().find(|a| a.role == SlotRole::Lead && !matches!(a.status, Returned | Recalled));
    (lead.and_then(|a| a.due_at), lead.and_then(|a| a.replied_at))
}

pub(super) fn ticket(seal: &Seal, t: &Ticket, assignments: &[Assignment]) -> Result<Vec<Value>, StoreError> {
    let citizen = sealed(seal, t)?;
    let (lead_due, lead_replied) = lead(assignments);
    let city = crate::scope::city_of(&t.region);
    Ok(vals![
        t.id,
        t.ticket_no.as_str(),
        t.version,
        t.cycle_no,
        t.kind,
        t.channel,
        t.category.clone(),
        &t.region,
        city,
        t.street.clone(),
        t.urgency,
        t.subject_type,
        t.anonymous,
        t.confidential,
        t.reply_required,
        t.state,
        t.state.is_open(),
        t.accepted_at,
        t.accepted_by,
        t.updated_at,
        t.first_dispatched_at,
        t.replied_at,
        t.reviewed_at,
        t.closed_at,
        t.due_at,
        t.warn_at,
        t.provisional,
        t.limit_rule,
        t.limit_value,
        t.limit_unit,
        t.lead_unit.clone(),
        lead_due,
        lead_replied,
        t.urge_count,
        t.last_urged_on.clone(),
        t.repeat_of.as_ref().map(|no| no.as_str().to_owned()),
        t.first_satisfaction,
        t.latest_satisfaction,
        t.solved,
        t.decline_reason,
        t.decline_proposed,
        t.exempt_reason,
        t.source_system.clone(),
        t.external_no.clone(),
        t.batch,
        t.occurred_at,
        t.lon,
        t.lat,
        &t.query_code_hash,
        citizen.phone,
        citizen.name,
        citizen.id_number,
        citizen.key,
        citizen.block,
        &t.title,
        t.address.clone(),
        t.decline_explanation.clone(),
        json_or_null(&t.source_words),
        &t.content,
        t.answer.clone(),
    ])
}

pub(super) const ASSIGNMENTS: &str = "insert into assignments (id, ticket_id, version, cycle_no, slot, role, unit, unit_path, status, dispatched_at, dispatched_by,
 sign_due_at, due_at, warn_at, provisional, limit_rule, limit_value, limit_unit, signed_at, signed_by, replied_at, replied_by, return_count, final_ruling,
 reply_passed, ended_at, updated_at, advice, reply) values ";
pub(super) const ASSIGNMENT_COLUMNS: usize = 29;

pub(super) fn assignment(a: &Assignment) -> Result<Vec<Value>, StoreError> {
    let reply = a.reply.as_ref().map(serde_json::to_string).transpose().map_err(|e| StoreError::Broken(e.into()))?;
    Ok(vals![
        a.id,
        a.ticket_id,
        a.version,
        a.cycle_no,
        &a.slot,
        a.role,
        &a.unit,
        &a.unit_path,
        a.status,
        a.dispatched_at,
        a.dispatched_by,
        a.sign_due_at,
        a.due_at,
        a.warn_at,
        a.provisional,
        a.limit_rule,
        a.limit_value,
        a.limit_unit,
        a.signed_at,
        a.signed_by,
        a.replied_at,
        a.replied_by,
        a.return_count,
        a.final_ruling,
        a.reply_passed,
        a.ended_at,
        a.updated_at,
        a.advice.clone(),
        reply,
    ])
}

pub(super) const APPLICATIONS: &str = "insert into applications (id, ticket_id, assignment_id, reason, explanation, suggested_unit, asked_at, asked_by, status,
 decided_at, decided_by, opinion) values ";

pub(super) fn application(a: &Application) -> Vec<Value> {
    vals![
        a.id, a.ticket_id, a.assignment_id, a.reason, &a.explanation, a.suggested_unit.clone(), a.asked_at, a.asked_by, a.status, a.decided_at, a.decided_by,
        a.opinion.clone()
    ]
}

pub(super) const FOLLOW_UPS: &str = "insert into follow_ups (id, ticket_id, cycle_no, at, by_user, by_name, channel, connected, staff_contacted, report_true, solved,
 satisfaction, opinion) values ";

pub(super) fn follow_up(f: &FollowUp) -> Vec<Value> {
    vals![
        f.id, f.ticket_id, f.cycle_no, f.at, f.by, f.by_name.clone(), f.channel, f.connected, f.staff_contacted, f.report_true, f.solved, f.satisfaction,
        f.opinion.clone()
    ]
}

pub(super) const RATINGS: &str = "insert into ratings (id, ticket_id, cycle_no, at, source, satisfaction, solved, words) values ";

pub(super) fn rating(r: &Rating) -> Vec<Value> {
    vals![r.id, r.ticket_id, r.cycle_no, r.at, r.source, r.satisfaction, r.solved, r.words.clone()]
}

pub(super) const INSTANCES: &str = "insert into instances (ticket_id, definition, definition_version, state) values ";

pub(super) fn instance(i: &Instance) -> Vec<Value> {
    vals![i.ticket_id, &i.definition, i.definition_version, &i.state]
}

pub(super) const TASKS: &str = "insert into tasks (ticket_id, task_no, element, assignment_id, role, unit, unit_path, region, city, verbs, opened_at, due_at, due_key,
 warn_at, provisional) values ";

pub(super) fn task(t: &Task) -> Vec<Value> {
    let city = crate::scope::city_of(&t.region);
    vals![
        t.ticket_id,
        t.task_no,
        &t.element,
        t.assignment_id,
        t.role,
        t.unit.clone(),
        t.unit_path.clone(),
        &t.region,
        city,
        &t.verbs,
        t.opened_at,
        t.due_at,
        t.due_at.map_or(i64::MAX, |at| at.0),
        t.warn_at,
        t.provisional,
    ]
}

pub(super) const EVENTS: &str = "insert into events (ticket_id, seq, verb, at, by_user, by_name, unit, assignment_id, from_state, to_state, note, facts) values ";

pub(super) fn event(e: &Event) -> Vec<Value> {
    vals![
        e.ticket_id,
        e.seq,
        e.verb,
        e.at,
        e.by,
        e.by_name.clone(),
        e.unit.clone(),
        e.assignment_id,
        e.from_state,
        e.to_state,
        e.note.clone(),
        json_or_null(&e.facts),
    ]
}

pub(super) const CLOCK: &str = "insert into clock_entries (ticket_id, assignment_id, at, kind, due_at, limit_rule, provisional) values ";

pub(super) fn clock(c: &ClockEntry) -> Vec<Value> {
    vals![c.ticket_id, c.assignment_id, c.at, c.kind, c.due_at, c.limit_rule, c.provisional]
}

pub(super) const UNITS: &str = "insert into ticket_units (unit, ticket_id, direct) values ";

/// The unit of each assignment and every unit above it, each once; a unit of its own wins over one above another's.
pub(super) fn units(ticket: &Ticket, assignments: &[Assignment]) -> Vec<Vec<Value>> {
    let mut found: std::collections::BTreeMap<&str, bool> = std::collections::BTreeMap::new();
    for assignment in assignments {
        for code in assignment.unit_path.split('/').filter(|code| !code.is_empty()) {
            *found.entry(code).or_default() |= code == assignment.unit;
        }
        found.insert(&assignment.unit, true);
    }
    found.into_iter().map(|(code, direct)| vals![code, ticket.id, direct]).collect()
}

/// The state in which a new case may be written at all.
pub(super) fn is_sound(state: TicketState, instance: Option<&Instance>) -> bool {
    state.is_open() == instance.is_some()
}
