//! Reopen (重新打开): the citizen brings a new fact within some days after the closing, on the web or by the desk, and the dispatcher decides: another cycle,
//! or the same matter of which the result was told (`domain.md` 3.2, row 24).
//! Not here: a redo, for which a call or a rating gives cause (`redo`).

use crate::access::{Need, Permission, needs};
use crate::command;
use crate::command::{Together, Version, Words};
use crate::ticket::AssignmentStatus as A;
use crate::ticket::TicketState as T;
use crate::ticket::Verb;
use crate::ticket::rules::length;

use crate::ticket::verbs::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Ask to reopen
    ///
    /// For the citizen, with the new fact; the dispatcher decides.
    Reopen {
        /// What is new, 10 to 1,000 characters.
        fact: Words<{ length::EXPLANATION_MIN }, { length::EXPLANATION }>,
    }
}

impl CaseVerb for Reopen {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"fact": "昨夜下雨后原处又开始漏水，附近新出现一道裂缝。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Reopen,
        need: needs::DESK,
        on: On::Ticket,
        states: &[T::Closed],
        statuses: &[],
        rank: 7,
    };
    const ENTERED_LATER: bool = true;
}

impl Together for Reopen {}

command! {
    /// Rule on reopening
    ///
    /// Another cycle with the same unit, or the same matter of which the result was told.
    RuleReopening {
        /// The version that the sender saw.
        version: Version,
        /// Whether it is handled again.
        grant: bool,
        /// For the unit where it is, for the citizen where it is not, 5 to 500 characters.
        opinion: Words<{ length::REDO_MIN }, { length::REASON }>,
    }
}

impl CaseVerb for RuleReopening {
    type Of = Tickets;

    const EXAMPLE: &'static str =
        r#"{"version": 1, "grant": true, "opinion": "裂缝是新情况，请重新勘察并维修。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::RuleReopening,
        need: Need::Permission(Permission::AssignmentRule),
        on: On::Assignment,
        states: &[T::Closed],
        statuses: &[A::Replied, A::Done],
        rank: 0,
    };
}

impl Together for RuleReopening {}
