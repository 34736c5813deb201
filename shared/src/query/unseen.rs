//! Why a number that was typed finds nothing, for whoever may know.
//! Not here: who that is (services). For everybody else a ticket outside the scope is one that does not exist.

use serde::{Deserialize, Serialize};

use crate::ids::TicketId;

/// Why a ticket is not listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unseen {
    /// It is in the reader's scope, and another filter leaves it out.
    Filtered(TicketId),
    /// It is outside the scope, and the reader may know who can see it: the lead unit's name, where there is one and the ticket is not discreet.
    Elsewhere(Option<String>),
}
