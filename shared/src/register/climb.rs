//! What a draft of the ladder would have told of the tickets that came in lately, before it counts.
//! Not here: reckoning (services), when a rung is reached (`crate::ladder`), the words (`text::register::climb`).
//! Numbers, codes of rungs and numbers of tickets, nothing personal.

use serde::{Deserialize, Serialize};

use crate::ids::TicketId;

/// What a replay of a draft of the ladder came to, and while it runs what it has seen so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LadderReplay {
    /// Clocks of tickets and assignments.
    pub clocks: i64,
    /// Clocks that would have reached other rungs, or in another order.
    pub changed: i64,
    /// Rungs that they reached by the ladder of now.
    pub told: i64,
    /// Rungs that they would have reached by the draft.
    pub would_tell: i64,
    /// The first that differ.
    pub first: Vec<Climbed>,
}

/// A clock that would have reached other rungs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Climbed {
    /// The ticket.
    pub ticket: TicketId,
    /// Its number.
    pub no: String,
    /// The unit of an assignment; absent for the ticket's own clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Codes of the rungs by the ladder of now.
    pub was: Vec<String>,
    /// Codes of the rungs by the draft.
    pub would_be: Vec<String>,
}
