//! Withdraw (撤回), by the citizen or for the citizen (`domain.md` 3.2, row 23).
//! Not here: declining by the centre (`decline`).
//! Before the lead unit has answered.

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{Together, Version, Words};
use crate::ticket::rules::length;
use crate::ticket::TicketState as T;
use crate::ticket::Verb;

use super::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Withdraw
    ///
    /// For the citizen.
    Withdraw {
        /// The version that the sender saw.
        version: Version,
        /// At most 500 characters.
        reason: Option<Words<1, { length::REASON }>>,
    }
}

impl CaseVerb for Withdraw {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "reason": "诉求人来电撤回。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Withdraw,
        need: Need::Permission(Permission::TicketWithdraw),
        on: On::Ticket,
        states: &[T::ToDispatch, T::IntakeFix, T::Dispatched, T::Handling, T::Suspended, T::Tracking],
        statuses: &[],
        rank: 8,
    };
    const ENTERED_LATER: bool = true;
}

impl Together for Withdraw {}
