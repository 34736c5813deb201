//! Leaders urge (领导催办): a yellow or a red card, or a call that was made, to whoever works on the ticket; once a working day, whatever the citizen does.
//! Not here: the citizen's urge (`urge`), directives, which ask for an answer by a day (`supervise`), what the ladder does by itself (`ladder`).
//! Nothing moves in the process.

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{Together, Words};
use crate::ticket::TicketState as T;
use crate::ticket::rules::length;
use crate::ticket::{PressKind, Verb};

use crate::ticket::verbs::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Urge as a leader
    ///
    /// Once per working day, apart from the citizen's.
    Press {
        /// How.
        press: PressKind,
        /// What is expected, or with whom it was spoken, at most 500 characters.
        message: Words<1, { length::REASON }>,
    }
}

impl CaseVerb for Press {
    type Of = Tickets;

    const EXAMPLE: &'static str =
        r#"{"press": "yellow", "message": "诉求人反复来电，请加快办理并按期答复。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Press,
        need: Need::Permission(Permission::TicketSupervise),
        on: On::Ticket,
        states: &[T::Dispatched, T::Handling, T::Suspended, T::Tracking],
        statuses: &[],
        rank: 8,
    };
    const ENTERED_LATER: bool = true;
}

impl Together for Press {}
