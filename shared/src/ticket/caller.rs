//! The caller card (来电人卡片): what an agent may know of a number's own past while he registers.
//! Not here: who may ask and what is recorded of it (services), likely duplicates (`view::Related`).
//! Confidential tickets and tip-offs are in no number of it.

use serde::{Deserialize, Serialize};

use super::view::TagView;
use super::{RequestKind, Satisfaction, TicketNo, TicketState};
use crate::calendar::Instant;
use crate::ids::TicketId;

/// More than so many tickets are not counted.
pub const MOST: i64 = 1_000;

/// What is known of a caller in the agent's area.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CallerCard {
    /// How many tickets there are of the number, up to 1,000.
    pub total: i64,
    /// Those that are being worked on.
    pub open: i64,
    /// Those with which the citizen was not satisfied.
    pub dissatisfied: i64,
    /// The last of them, newest first.
    pub last: Vec<CallerTicket>,
    /// The office's tags of those, each once.
    pub tags: Vec<TagView>,
}

/// One of the caller's tickets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CallerTicket {
    /// The ticket.
    pub id: TicketId,
    /// Its number.
    pub ticket_no: TicketNo,
    /// Its title; what the role does not show is masked in it.
    pub title: String,
    /// What it is.
    pub kind: RequestKind,
    /// How it stands.
    pub state: TicketState,
    /// When it was accepted.
    pub accepted_at: Instant,
    /// What the citizen said of it, if anything.
    pub satisfaction: Option<Satisfaction>,
    /// It is about the same matter as an earlier one.
    pub is_repeat: bool,
    /// How often the citizen has urged.
    pub urge_count: i32,
    /// Whether the reader may open it.
    pub may_open: bool,
}
