//! Rule on an extension (裁定延期): the days that were asked for, fewer, or none (`domain.md` 3.2, row 12).
//! Not here: asking (`extend`).
//! What is given moves the deadline of the assignment, and the ticket's where the lead's ends later.

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{Sent, Together, Version, Words};
use crate::fault::{Check, Code};
use crate::ticket::AssignmentStatus as A;
use crate::ticket::TicketState as T;
use crate::ticket::Verb;
use crate::ticket::rules::length;

use super::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Rule on an extension
    ///
    /// Gives the days that were asked for, fewer, or none.
    RuleExtension {
        /// The version that the sender saw.
        version: Version,
        /// Whether more time is given.
        grant: bool,
        /// Working days that are given; those asked for when absent.
        days: Option<u8>,
        /// Required when `grant` is false.
        opinion: Option<Words<1, { length::REASON }>>,
    }
}

impl CaseVerb for RuleExtension {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "grant": true, "days": 2, "opinion": "同意延期，请按期反馈。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::RuleExtension,
        need: Need::Permission(Permission::AssignmentRule),
        on: On::Assignment,
        states: &[T::Dispatched, T::Handling],
        statuses: &[A::Signed, A::SubAssigned, A::Handling, A::UnitReview],
        rank: 0,
    };
}

impl Together for RuleExtension {
    fn settle(sent: &mut Sent) {
        // A form keeps the days that were typed before it was refused.
        if sent.is_form() && sent.peek::<bool>("grant") == Some(false) {
            sent.forget("days");
        }
    }

    fn check(sent: &Sent, check: &mut Check) {
        if sent.peek::<Option<u8>>("days") == Some(Some(0)) {
            check.add("days", Code::InputNumber);
        }
        super::opinion(sent, check, "grant");
    }
}
