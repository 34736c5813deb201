//! Write to the citizen (短信联系诉求人): a unit sends words by text message through the gateway, without seeing the number. It counts as a try of the
//! unit to reach the citizen.
//! Not here: what the message says around the words (`text::notification`), how often (`register::Keep::RELAYS`).

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{Together, Version, Words};
use crate::ticket::AssignmentStatus as A;
use crate::ticket::TicketState as T;
use crate::ticket::Verb;
use crate::ticket::rules::length;

use crate::ticket::verbs::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Write to the citizen
    ///
    /// By text message, without seeing the number. The words hold no numbers of people.
    Relay {
        /// The version that the sender saw.
        version: Version,
        /// What is said, at most 200 characters.
        words: Words<2, { length::RELAYED }>,
    }
}

impl CaseVerb for Relay {
    type Of = Tickets;

    const EXAMPLE: &'static str =
        r#"{"version": 1, "words": "维修人员明天上午九点到现场，请家中留人。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Relay,
        need: Need::Permission(Permission::AssignmentReply),
        on: On::Assignment,
        states: &[T::Dispatched, T::Handling, T::Suspended, T::Tracking],
        statuses: &[A::Signed, A::SubAssigned, A::Handling, A::UnitReview],
        rank: 4,
    };
}

impl Together for Relay {}
