//! Rule on a proposed declining (裁定不予受理): the dispatcher confirms or refuses.
//! Not here: proposing it (`decline`).
//! A refused proposal leaves the ticket waiting for dispatch as before.

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{Sent, Together, Version, Words};
use crate::fault::Check;
use crate::ticket::rules::length;
use crate::ticket::TicketState as T;
use crate::ticket::Verb;

use super::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Rule on declining
    ///
    /// Confirms or refuses a proposed declining.
    ConfirmDecline {
        /// The version that the sender saw.
        version: Version,
        /// Whether it is declined.
        confirm: bool,
        /// Why it is refused; required when `confirm` is false.
        opinion: Option<Words<1, { length::REASON }>>,
    }
}

impl CaseVerb for ConfirmDecline {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "confirm": true}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::ConfirmDecline,
        need: Need::Permission(Permission::TicketConfirmDecline),
        on: On::Ticket,
        states: &[T::ToDispatch],
        statuses: &[],
        rank: 0,
    };
}

impl Together for ConfirmDecline {
    fn check(sent: &Sent, check: &mut Check) {
        super::opinion(sent, check, "confirm");
    }
}
