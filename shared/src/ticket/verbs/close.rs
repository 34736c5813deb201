//! Close (办结), with a completed follow-up or a reason to do without (`domain.md` 3.2, row 18).
//! Not here: whether the follow-up is complete (services).
//! *Solved* is the citizen's word, *closed* is ours.

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{Together, Version};
use crate::ticket::TicketState as T;
use crate::ticket::{ExemptReason, Verb};

use super::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Close
    Close {
        /// The version that the sender saw.
        version: Version,
        /// Reason for closing without a completed follow-up.
        exempt: Option<ExemptReason>,
    }
}

impl CaseVerb for Close {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Close,
        need: Need::Permission(Permission::TicketClose),
        on: On::Ticket,
        states: &[T::ToVisit],
        statuses: &[],
        rank: 3,
    };
}

impl Together for Close {}
