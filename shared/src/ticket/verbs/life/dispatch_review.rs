//! Dispatch review (派单审核): a second person decides about a dispatch that was proposed, before any unit gets the ticket.
//! Not here: which dispatch is only a proposal (`services`, by the office's switches), proposing, which is the dispatch itself (`dispatch`).
//! Granted, the dispatch is done as proposed; refused, the ticket waits for its dispatch as before, with the words.

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{Sent, Together, Version, Words};
use crate::fault::Check;
use crate::ticket::TicketState as T;
use crate::ticket::Verb;
use crate::ticket::rules::length;

use crate::ticket::verbs::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Review a dispatch
    ///
    /// Grants or refuses a proposed dispatch; never by whoever proposed it.
    ReviewDispatch {
        /// The version that the sender saw.
        version: Version,
        /// Whether it is dispatched as proposed.
        grant: bool,
        /// Why it is refused; required when `grant` is false.
        opinion: Option<Words<1, { length::REASON }>>,
    }
}

impl CaseVerb for ReviewDispatch {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "grant": true}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::ReviewDispatch,
        need: Need::Permission(Permission::DispatchReview),
        on: On::Ticket,
        states: &[T::ToDispatch],
        statuses: &[],
        rank: 1,
    };
}

impl Together for ReviewDispatch {
    fn check(sent: &Sent, check: &mut Check) {
        crate::ticket::verbs::opinion(sent, check, "grant");
    }
}
