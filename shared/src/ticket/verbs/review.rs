//! Closing review (办结审核): the reply passes, or goes back to the unit in the same cycle.
//! Not here: the unit's own review (`unit_review`).
//! An opinion says why it goes back.

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{RowCode, Sent, Together, Version, Words};
use crate::fault::Check;
use crate::ticket::TicketState as T;
use crate::ticket::Verb;
use crate::ticket::rules::length;

use super::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Closing review
    ///
    /// Pass, or back to the unit in the same cycle.
    Review {
        /// The version that the sender saw.
        version: Version,
        /// Whether it passes.
        pass: bool,
        /// Required when `pass` is false.
        opinion: Option<Words<1, { length::REASON }>>,
        /// Code of one of the office's reasons that are offered here (`reasons` of the ticket).
        cause: Option<RowCode>,
        /// Codes of the office's checklist of replies (`checklist` of the ticket) that hold; kept with the review.
        checked: Vec<RowCode>,
    }
}

impl CaseVerb for Review {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "pass": true}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Review,
        need: Need::Permission(Permission::TicketReview),
        on: On::Ticket,
        states: &[T::ToReview],
        statuses: &[],
        rank: 1,
    };
}

impl Together for Review {
    fn check(sent: &Sent, check: &mut Check) {
        super::opinion(sent, check, "pass");
    }
}
