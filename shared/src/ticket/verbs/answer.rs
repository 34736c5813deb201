//! Answer directly (直接答复): the ticket closes at the desk (`domain.md` 3.2, row 2).
//! Not here: declining (`decline`).
//! Limits: `ticket::rules::length`.

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{Together, Version, Words};
use crate::ticket::rules::length;
use crate::ticket::TicketState as T;
use crate::ticket::Verb;

use super::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Answer directly
    ///
    /// Closes the ticket at the desk.
    Answer {
        /// The version that the sender saw.
        version: Version,
        /// What the citizen was told, 10 to 4,000 characters.
        answer: Words<{ length::CONTENT_MIN }, { length::ANSWER }>,
    }
}

impl CaseVerb for Answer {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "answer": "您好，公积金提取所需材料清单已在电话中逐项说明。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Answer,
        need: Need::Permission(Permission::TicketAnswer),
        on: On::Ticket,
        states: &[T::Draft, T::ToDispatch, T::IntakeFix],
        statuses: &[],
        rank: 4,
    };
    const ENTERED_LATER: bool = true;
}

impl Together for Answer {}
