//! Recall and redispatch (撤派改派): the centre takes an assignment back and gives its slot to another unit.
//! Not here: rulings on what a unit sent back (`rule`).
//! The lead's slot is never left empty.

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{RowCode, Sent, Together, UnitCode, Version, Words};
use crate::fault::{Check, Code};
use crate::ids::AssignmentId;
use crate::ticket::rules::length;
use crate::ticket::AssignmentStatus as A;
use crate::ticket::TicketState as T;
use crate::ticket::Verb;

use super::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Recall and redispatch
    ///
    /// Takes an assignment back and gives its place to another unit.
    Recall {
        /// The version that the sender saw.
        version: Version,
        /// The assignment to recall; the lead's when absent.
        assignment: Option<AssignmentId>,
        /// The unit that gets it now; required for the lead.
        to: Option<UnitCode>,
        /// At most 500 characters.
        reason: Words<1, { length::REASON }>,
        /// Code of one of the office's reasons that are offered here (`reasons` of the ticket).
        cause: Option<RowCode>,
    }
}

impl CaseVerb for Recall {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "to": "320100-CGJ", "reason": "派错单位，改派城管局。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Recall,
        need: Need::Permission(Permission::TicketRecall),
        on: On::Ticket,
        states: &[T::Dispatched, T::Handling, T::Suspended, T::Tracking],
        statuses: &[A::ToSign, A::Signed, A::SubAssigned, A::Handling, A::UnitReview],
        rank: 6,
    };
}

impl Together for Recall {
    fn check(sent: &Sent, check: &mut Check) {
        let of_lead = sent.peek::<Option<AssignmentId>>("assignment") == Some(None);
        if of_lead && sent.peek::<Option<UnitCode>>("to") == Some(None) {
            check.add("to", Code::InputRequired);
        }
    }
}
