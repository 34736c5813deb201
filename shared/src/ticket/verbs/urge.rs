//! Urge (催办): a nudge by the citizen, or taken down by an agent for a caller, once per working day.
//! Not here: supervision orders, which have deadlines of their own.
//! A repeated call is taken down by whoever may register.

use crate::access::needs;
use crate::command;
use crate::command::{Together, Words};
use crate::ticket::rules::length;
use crate::ticket::TicketState as T;
use crate::ticket::Verb;

use super::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Urge
    ///
    /// For the citizen, once per working day.
    Urge {
        /// At most 500 characters.
        message: Option<Words<1, { length::REASON }>>,
    }
}

impl CaseVerb for Urge {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"message": "诉求人再次来电催促。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Urge,
        need: needs::DESK,
        on: On::Ticket,
        states: &[T::ToDispatch, T::IntakeFix, T::Dispatched, T::Handling, T::ToReview, T::Suspended, T::Tracking],
        statuses: &[],
        rank: 7,
    };
    const ENTERED_LATER: bool = true;
}

impl Together for Urge {}
