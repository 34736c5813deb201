//! Messages that came in by text message or mail. None is deleted; each moves once, from waiting to what became of it.
//! Not here: sealing (`trail::incoming`).

use serde::{Deserialize, Serialize};
use shared::calendar::Instant;
use shared::ids::{IncomingId, TicketId, UserId};
use shared::incoming::{DismissReason, IncomingState, IncomingWay, RefusedFile, Suspicion};
use shared::ticket::TicketNo;

use crate::entity::prelude::*;

/// What a message says, as it is sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Number or address that it came from.
    pub from: String,
    /// Where it was sent to.
    pub to: String,
    /// Subject of a mail.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// Files that hung on a mail and are neither kept nor named.
    pub files: u32,
    /// Files that hung on it and are not kept, by name.
    #[serde(default)]
    pub refused: Vec<RefusedFile>,
}

entity! {
    /// A message that came in.
    #[sea_orm(table_name = "incoming_messages")]
    #[derive(Eq)]
    pub struct IncomingMessage {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: IncomingId,
        pub way: IncomingWay,
        /// The provider's number of a text message, the id of a mail.
        pub provider_no: String,
        /// Of the number or address that it came from.
        pub sender_hmac: Vec<u8>,
        /// Division whose desk it waits at.
        pub area: String,
        pub received_at: Instant,
        pub kept_at: Instant,
        /// The text was longer than is kept.
        pub is_cut: bool,
    }
    moves {
        pub state: IncomingState,
        /// Why it was set aside.
        pub why: Option<Suspicion>,
        pub ticket_id: Option<TicketId>,
        /// Of what it became; of a new one the number that stands in its text.
        pub ticket_no: Option<TicketNo>,
        pub settled_at: Option<Instant>,
        pub settled_by: Option<UserId>,
        pub settled_name: Option<String>,
        /// Why it was dismissed.
        pub reason: Option<DismissReason>,
        /// What was said to that.
        pub words: Option<String>,
    }
    row {
        pub key_id: String,
        pub sealed: Vec<u8>,
    }
    record {
        /// What it says; nothing once it was emptied.
        pub letter: Letter,
    }
}
