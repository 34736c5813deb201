//! See to a bad rating of a closed ticket (差评处理): the citizen is called, what is said is verified, put right and told, and the matter is settled; or the
//! ticket is done once more, which is a verb of its own (`redo`).
//! Not here: ratings before the closing, which the follow-up call hears (`follow_up`), the shelf on which it waits (`ticket::pool`).
//! Each step is a line of the history.

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{Together, Version, Words};
use crate::ticket::TicketState as T;
use crate::ticket::rules::length;
use crate::ticket::{UpsetStep, Verb};

use crate::ticket::verbs::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// See to a bad rating
    ///
    /// One step of it; the last one settles the matter, after the citizen was reached and told.
    Appease {
        /// The version that the sender saw.
        version: Version,
        /// What was done.
        upset: UpsetStep,
        /// With whom, and what came of it; at most 500 characters.
        note: Words<1, { length::REASON }>,
    }
}

impl CaseVerb for Appease {
    type Of = Tickets;

    const EXAMPLE: &'static str =
        r#"{"version": 1, "upset": "contact", "note": "已电话联系诉求人，对维修进度不满意。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Appease,
        need: Need::Permission(Permission::TicketFollowUp),
        on: On::Ticket,
        states: &[T::Closed],
        statuses: &[],
        rank: 2,
    };
    const ENTERED_LATER: bool = true;
}

impl Together for Appease {}
