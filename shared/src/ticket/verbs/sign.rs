//! Sign for (签收): the unit acknowledges; its clock has run since the dispatch (`domain.md` 3.2, row 7).
//! Not here: refusing it (`send_back`).
//! Signing late is allowed and stays visible in the times.

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{Together, Version};
use crate::ticket::AssignmentStatus as A;
use crate::ticket::TicketState as T;
use crate::ticket::Verb;

use super::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Sign for
    Sign {
        /// The version that the sender saw.
        version: Version,
    }
}

impl CaseVerb for Sign {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Sign,
        need: Need::Permission(Permission::AssignmentSign),
        on: On::Assignment,
        states: &[T::Dispatched, T::Handling, T::Suspended, T::Tracking],
        statuses: &[A::ToSign],
        rank: 1,
    };
    const ENTERED_LATER: bool = true;
}

impl Together for Sign {}
