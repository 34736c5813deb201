//! Unit review (单位审核): the reply passes inside the unit, or goes back to the handler.
//! Not here: the centre's review (`review`).
//! An opinion says why it goes back.

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{Sent, Together, Version, Words};
use crate::fault::Check;
use crate::ticket::rules::length;
use crate::ticket::AssignmentStatus as A;
use crate::ticket::TicketState as T;
use crate::ticket::Verb;

use super::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Unit review
    ///
    /// Pass, or back to the handler.
    UnitReview {
        /// The version that the sender saw.
        version: Version,
        /// Whether it passes.
        pass: bool,
        /// Required when `pass` is false.
        opinion: Option<Words<1, { length::REASON }>>,
    }
}

impl CaseVerb for UnitReview {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "pass": true}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::UnitReview,
        need: Need::Permission(Permission::AssignmentReview),
        on: On::Assignment,
        states: &[T::Dispatched, T::Handling, T::Tracking],
        statuses: &[A::UnitReview],
        rank: 1,
    };
    const ENTERED_LATER: bool = true;
}

impl Together for UnitReview {
    fn check(sent: &Sent, check: &mut Check) {
        super::opinion(sent, check, "pass");
    }
}
