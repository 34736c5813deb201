//! Redo (重办): opens the next cycle after a follow-up (`domain.md` 3.2, row 19).
//! Not here: whether a call or a rating justifies it (services).
//! The reason says what has to be done better.

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{RowCode, Together, Version, Words};
use crate::ticket::rules::length;
use crate::ticket::TicketState as T;
use crate::ticket::Verb;

use super::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Redo
    ///
    /// Opens the next cycle after a follow-up.
    Redo {
        /// The version that the sender saw.
        version: Version,
        /// What has to be done better, 5 to 1,000 characters.
        reason: Words<{ length::REDO_MIN }, { length::EXPLANATION }>,
        /// Code of one of the office's reasons that are offered here (`reasons` of the ticket).
        cause: Option<RowCode>,
    }
}

impl CaseVerb for Redo {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "reason": "漏水处仍未修好，请重新办理。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Redo,
        need: Need::Permission(Permission::TicketRedo),
        on: On::Ticket,
        states: &[T::ToVisit, T::Closed],
        statuses: &[],
        rank: 4,
    };
}

impl Together for Redo {}
