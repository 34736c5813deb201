//! The unit's own word on what it asks of the centre (单位审批): its leader passes the request on or stops it (`domain.md` 3.2, rows 8, 12, 13, 16 and 21).
//! Not here: whether an office wants that step (`register`, a switch), the ruling that comes after it (`extend`, `send_back`, `suspend` and their like).
//! What is stopped here was never asked of the centre.

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{Sent, Together, Version, Words};
use crate::fault::Check;
use crate::ticket::AssignmentStatus as A;
use crate::ticket::TicketState as T;
use crate::ticket::Verb;
use crate::ticket::rules::length;

use crate::ticket::verbs::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Endorse a request
    ///
    /// Passes what the unit asks for on to the centre, or stops it; never by whoever asked.
    Endorse {
        /// The version that the sender saw.
        version: Version,
        /// Whether the unit asks for it.
        endorse: bool,
        /// Why not; required when `endorse` is false.
        opinion: Option<Words<1, { length::REASON }>>,
    }
}

impl CaseVerb for Endorse {
    type Of = Tickets;

    const EXAMPLE: &'static str =
        r#"{"version": 1, "endorse": true, "opinion": "情况属实，同意申请。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Endorse,
        need: Need::Permission(Permission::AssignmentReview),
        on: On::Assignment,
        states: &[T::Dispatched, T::Handling, T::Tracking],
        statuses: &[
            A::ToSign,
            A::Signed,
            A::SubAssigned,
            A::Handling,
            A::UnitReview,
        ],
        rank: 0,
    };
}

impl Together for Endorse {
    fn check(sent: &Sent, check: &mut Check) {
        crate::ticket::verbs::opinion(sent, check, "endorse");
    }
}
