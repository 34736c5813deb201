//! What only grows: clock ledger, audit entries; and messages waiting to be sent.
//! Not here: the history (`host`), the hash chain over audit rows (`audit`).
//! All of these are written in the verb's transaction (I4, I5).

use std::collections::BTreeMap;

use shared::calendar::Instant;
use shared::ids::{TicketId, UserId};
use shared::notification::About;
use uuid::Uuid;

/// A notification to a citizen or an applicant, sealed in the row; sent by a job after the commit (I9).
#[derive(Debug, Clone, PartialEq)]
pub struct OutboxMessage {
    pub id: Uuid,
    pub ticket_id: Option<TicketId>,
    /// `sms` or `mail`.
    pub channel: String,
    /// Phone number or address.
    pub to: String,
    pub body: String,
    pub at: Instant,
    /// What it tells.
    pub about: Option<About>,
    /// Division of its case, for who looks after what was not delivered.
    pub area: Option<String>,
    /// Goes out at night as well.
    pub urgent: bool,
}

/// One audit row: who did what to which object, with what outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditEntry {
    pub id: Uuid,
    pub at: Instant,
    pub actor: Option<UserId>,
    /// Sign-in name, `citizen`, `visitor` or `system`.
    pub actor_name: String,
    /// Permission or verb code, `session.sign_in`, `export.tickets`, ….
    pub action: String,
    /// `ticket:<uuid>`, `user:<uuid>`, ….
    pub object: String,
    /// `ok`, or the fault's code.
    pub outcome: String,
    pub ip: Option<String>,
    /// Safe facts; they are part of the digest.
    pub facts: BTreeMap<String, String>,
    /// Values that may have to be erased one day; only their salted hashes are part of the digest.
    pub erasable: BTreeMap<String, String>,
}
