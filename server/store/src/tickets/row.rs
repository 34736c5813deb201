//! The ticket's row: columns, reading, writing. The citizen block is sealed here and opened here.
//! Not here: which rows (`list`, `cases`).
//! Columns are read and written in one order; change all three places together.

use sea_orm::{QueryResult, Value};
use shared::person::normalise_phone;
use shared::ticket::TicketNo;
use shared::ticket::command::Citizen;
use uuid::Uuid;

use crate::bulk::rows::Insert;
use crate::record::Ticket;
use crate::scope::city_of;
use crate::sql::{Reader, json_or_null, vals};
use crate::{Seal, StoreError};

/// Place to which a citizen block is bound.
pub(crate) const PLACE: &str = "tickets.citizen";

/// What `read` expects, in its order.
pub(crate) const COLUMNS: &str = "t.id, t.ticket_no, t.version, t.cycle_no, t.kind, t.channel, t.category, t.region, t.street, t.urgency, t.subject_type,
 t.anonymous, t.confidential, t.reply_required, t.state, t.accepted_at, t.accepted_by, t.updated_at, t.first_dispatched_at, t.replied_at,
 t.reviewed_at, t.closed_at, t.due_at, t.warn_at, t.provisional, t.limit_rule, t.limit_value, t.limit_unit, t.lead_unit, t.urge_count,
 t.last_urged_on, t.repeat_of, t.first_satisfaction, t.latest_satisfaction, t.solved, t.decline_reason, t.decline_proposed, t.exempt_reason,
 t.source_system, t.external_no, t.batch_id, t.occurred_at, t.lon, t.lat, t.query_code_hash, t.citizen_key, t.citizen,
 t.title, t.address, t.decline_explanation, t.source_words, t.content, t.answer";

macro_rules! insert {
    ($tail:literal) => {
        concat!(
            "insert into tickets (id, ticket_no, query_code_hash, channel, subject_type, anonymous, confidential, reply_required,
              source_system, external_no, batch_id, occurred_at, accepted_at, accepted_by, repeat_of, content, citizen_key, citizen, phone_hmac, name_hmac,
              id_number_hmac, version, cycle_no, kind, category, region, city, street, address, lon, lat, urgency, title, state, is_open, updated_at,
              first_dispatched_at, replied_at, reviewed_at, closed_at, due_at, warn_at, provisional, limit_rule, limit_value, limit_unit, lead_unit, urge_count,
              last_urged_on, first_satisfaction, latest_satisfaction, solved, answer, decline_reason, decline_explanation, decline_proposed, exempt_reason, source_words",
            $tail
        )
    };
}

/// What `fixed` and then `moving` write, in their order.
pub(crate) const INSERT: &str = insert!("");
/// `INSERT` with the lead's columns, up to the rows.
pub(crate) const BULK: Insert = Insert::plain(
    insert!(", lead_due_at, lead_replied_at) values "),
    INSERTED + 2,
);
/// The same with SQLite's row number.
pub(crate) const BULK_SQLITE: Insert = Insert::plain(
    insert!(", lead_due_at, lead_replied_at, rid) values "),
    INSERTED + 3,
);

/// Number of values of `INSERT`.
pub(crate) const INSERTED: usize = 58;

/// What `moving` sets.
pub(crate) const UPDATE: &str = "update tickets set version = ?, cycle_no = ?, kind = ?, category = ?, region = ?, city = ?, street = ?, address = ?, lon = ?, lat = ?,
 urgency = ?, title = ?, state = ?, is_open = ?, updated_at = ?, first_dispatched_at = ?, replied_at = ?, reviewed_at = ?, closed_at = ?, due_at = ?,
 warn_at = ?, provisional = ?, limit_rule = ?, limit_value = ?, limit_unit = ?, lead_unit = ?, urge_count = ?, last_urged_on = ?,
 first_satisfaction = ?, latest_satisfaction = ?, solved = ?, answer = ?, decline_reason = ?, decline_explanation = ?, decline_proposed = ?,
 exempt_reason = ?, source_words = ?";

/// A ticket from the selected `COLUMNS`.
pub(crate) fn read(row: &QueryResult, seal: &Seal) -> Result<Ticket, StoreError> {
    let mut r = Reader::new(row);
    let id: Uuid = r.get()?;
    let number: String = r.get()?;
    let ticket_no = TicketNo::parse(&number)
        .ok_or_else(|| StoreError::broken(format!("{number} is no ticket number")))?;
    Ok(Ticket {
        id: shared::ids::TicketId(id),
        ticket_no,
        version: r.int()?,
        cycle_no: r.int()?,
        kind: r.code()?,
        channel: r.code()?,
        category: r.get()?,
        region: r.get()?,
        street: r.get()?,
        urgency: r.code()?,
        subject_type: r.code()?,
        anonymous: r.get()?,
        confidential: r.get()?,
        reply_required: r.get()?,
        state: r.code()?,
        accepted_at: r.at()?,
        accepted_by: r.get::<Option<Uuid>>()?.map(shared::ids::UserId),
        updated_at: r.at()?,
        first_dispatched_at: r.opt_at()?,
        replied_at: r.opt_at()?,
        reviewed_at: r.opt_at()?,
        closed_at: r.opt_at()?,
        due_at: r.opt_at()?,
        warn_at: r.opt_at()?,
        provisional: r.get()?,
        limit_rule: r.get()?,
        limit_value: r.opt_int()?,
        limit_unit: r.opt_code()?,
        lead_unit: r.get()?,
        urge_count: r.int()?,
        last_urged_on: r.get()?,
        repeat_of: r
            .get::<Option<String>>()?
            .and_then(|no| TicketNo::parse(&no)),
        first_satisfaction: r.code()?,
        latest_satisfaction: r.code()?,
        solved: r.opt_code()?,
        decline_reason: r.opt_code()?,
        decline_proposed: r.get()?,
        exempt_reason: r.opt_code()?,
        source_system: r.get()?,
        external_no: r.get()?,
        batch: r.get::<Option<Uuid>>()?.map(shared::ids::BatchId),
        occurred_at: r.opt_at()?,
        lon: r.get()?,
        lat: r.get()?,
        query_code_hash: r.get()?,
        citizen: open_citizen(seal, id, r.get()?, r.get()?)?,
        title: r.get()?,
        address: r.get()?,
        decline_explanation: r.get()?,
        source_words: r.json()?,
        content: r.get()?,
        answer: r.get()?,
    })
}

/// The values of `INSERT`.
pub(crate) fn inserted(ticket: &Ticket, seal: &Seal) -> Result<Vec<Value>, StoreError> {
    let mut values = fixed(ticket, seal)?;
    values.extend(moving(ticket));
    debug_assert_eq!(values.len(), INSERTED);
    Ok(values)
}

/// What never changes after registration.
fn fixed(t: &Ticket, seal: &Seal) -> Result<Vec<Value>, StoreError> {
    let citizen = t.citizen.as_ref();
    let sealed = match citizen {
        Some(citizen) => {
            let plain = serde_json::to_vec(citizen).map_err(|e| StoreError::Broken(e.into()))?;
            Some(seal.seal(PLACE, t.id.0.as_bytes(), &plain)?)
        }
        None => None,
    };
    let key = sealed.as_ref().map(|_| seal.key_id());
    Ok(vals![
        t.id,
        t.ticket_no.as_str(),
        &t.query_code_hash,
        t.channel,
        t.subject_type,
        t.anonymous,
        t.confidential,
        t.reply_required,
        t.source_system.clone(),
        t.external_no.clone(),
        t.batch,
        t.occurred_at,
        t.accepted_at,
        t.accepted_by,
        t.repeat_of.as_ref().map(TicketNo::as_str),
        &t.content,
        key,
        sealed,
        citizen
            .and_then(|c| c.phone.as_deref())
            .map(|p| phone_hash(seal, p)),
        citizen
            .and_then(|c| c.name.as_deref())
            .map(|n| seal.hash("name", n.trim())),
        citizen
            .and_then(|c| c.id_number.as_deref())
            .map(|n| seal.hash("id-number", &n.trim().to_uppercase())),
    ])
}

/// What verbs change, in the order of `UPDATE`.
pub(crate) fn moving(t: &Ticket) -> Vec<Value> {
    vals![
        t.version,
        t.cycle_no,
        t.kind,
        t.category.clone(),
        &t.region,
        city_of(&t.region),
        t.street.clone(),
        t.address.clone(),
        t.lon,
        t.lat,
        t.urgency,
        &t.title,
        t.state,
        t.state.is_open(),
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
        t.urge_count,
        t.last_urged_on.clone(),
        t.first_satisfaction,
        t.latest_satisfaction,
        t.solved,
        t.answer.clone(),
        t.decline_reason,
        t.decline_explanation.clone(),
        t.decline_proposed,
        t.exempt_reason,
        json_or_null(&t.source_words),
    ]
}

/// The hash under which a phone number is found, however it was typed.
pub(crate) fn phone_hash(seal: &Seal, phone: &str) -> Vec<u8> {
    seal.phone_hash(&normalise_phone(phone))
}

pub(crate) fn open_citizen(
    seal: &Seal,
    id: Uuid,
    key: Option<String>,
    sealed: Option<Vec<u8>>,
) -> Result<Option<Citizen>, StoreError> {
    let (Some(key), Some(sealed)) = (key, sealed) else {
        return Ok(None);
    };
    let plain = seal.open(&key, PLACE, id.as_bytes(), &sealed)?;
    serde_json::from_slice(&plain)
        .map(Some)
        .map_err(|e| StoreError::Broken(e.into()))
}
