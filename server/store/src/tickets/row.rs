//! The ticket's row beside its entity: the citizen block is sealed here and opened here, and what lists look at is computed.
//! Not here: the columns (`entity::ticket::ticket`), which rows (`list`, `tickets::case`).
//! A column is named in the entity alone.

use std::sync::LazyLock;

use sea_orm::ActiveValue::Set;
use sea_orm::{FromQueryResult as _, QueryResult, Value};
use shared::ticket::command::Citizen;
use uuid::Uuid;

use super::person::Digests;
use crate::bulk::rows::Insert;
use crate::entity::table;
use crate::entity::ticket::ticket::{ActiveModel, Beside, Entity, Model};
use crate::record::{Assignment, Ticket};
use crate::scope::city_of;
use crate::{Seal, StoreError};

/// Place to which a citizen block is bound.
pub(crate) const PLACE: &str = "tickets.citizen";

/// What `read` expects, of the table with the alias `t`.
pub(crate) static COLUMNS: LazyLock<&str> = LazyLock::new(|| table::columns::<Entity>("t"));

/// The insert of tickets.
pub(crate) static INSERT: LazyLock<Insert> = LazyLock::new(table::insert::<Entity>);
/// The same with SQLite's row number behind all other values.
pub(crate) static INSERT_SQLITE: LazyLock<Insert> =
    LazyLock::new(|| table::with::<Entity>(&["rid"]));

/// A ticket from the selected `COLUMNS`.
pub(crate) fn read(row: &QueryResult, seal: &Seal) -> Result<Ticket, StoreError> {
    opened(Model::from_query_result(row, "")?, seal)
}

fn opened(row: Model, seal: &Seal) -> Result<Ticket, StoreError> {
    let (mut ticket, beside) = row.split();
    ticket.citizen = open_citizen(seal, ticket.id.0, beside.citizen_key, beside.sealed)?;
    Ok(ticket)
}

/// The values of a new ticket's row. `lead` is the lead assignment in force, if there is one already.
pub(crate) fn inserted(
    ticket: &Ticket,
    lead: Option<&Assignment>,
    seal: &Seal,
) -> Result<Vec<Value>, StoreError> {
    let kept = Kept::of(ticket, seal)?;
    Ok(ticket.values(Beside {
        city: city_of(&ticket.region).to_owned(),
        is_open: ticket.state.is_open(),
        lead_due_at: lead.and_then(|a| a.due_at),
        lead_replied_at: lead.and_then(|a| a.replied_at),
        phone_hmac: kept.found.phone,
        name_hmac: kept.found.name,
        id_number_hmac: kept.found.id_number,
        contact_hmac: kept.found.contact,
        citizen_key: kept.key,
        sealed: kept.sealed,
    }))
}

/// The citizen as the row keeps it: sealed, with the digests by which it is found.
struct Kept {
    found: Digests,
    key: Option<String>,
    sealed: Option<Vec<u8>>,
}

impl Kept {
    fn of(ticket: &Ticket, seal: &Seal) -> Result<Self, StoreError> {
        let citizen = ticket.citizen.as_ref();
        let sealed = match citizen {
            Some(citizen) => {
                let plain =
                    serde_json::to_vec(citizen).map_err(|e| StoreError::Broken(e.into()))?;
                Some(seal.seal(PLACE, ticket.id.0.as_bytes(), &plain)?)
            }
            None => None,
        };
        Ok(Self {
            found: Digests::of(seal, citizen),
            key: sealed.as_ref().map(|_| seal.key_id().to_owned()),
            sealed,
        })
    }
}

/// An update of the citizen, where a verb has corrected or erased it: all digests go with it.
pub(crate) fn corrected(ticket: &Ticket, seal: &Seal) -> Result<ActiveModel, StoreError> {
    let kept = Kept::of(ticket, seal)?;
    Ok(ActiveModel {
        phone_hmac: Set(kept.found.phone.into()),
        name_hmac: Set(kept.found.name.into()),
        id_number_hmac: Set(kept.found.id_number.into()),
        contact_hmac: Set(kept.found.contact.into()),
        citizen_key: Set(kept.key.into()),
        sealed: Set(kept.sealed.into()),
        ..Default::default()
    })
}

/// An update of what verbs change.
pub(crate) fn moved(ticket: &Ticket) -> ActiveModel {
    ActiveModel {
        city: Set(city_of(&ticket.region).to_owned().into()),
        is_open: Set(ticket.state.is_open().into()),
        ..ticket.moved()
    }
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
