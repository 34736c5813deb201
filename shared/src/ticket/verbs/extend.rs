//! Ask for more time (申请延期): days and a reason, before the deadline (`domain.md` 3.2, row 12).
//! Not here: the ruling on it (`rule_extension`), how much may be asked for (`application::ExtensionCaps`, data).
//! The clock goes on while it waits.

use crate::access::{Need, Permission};
use crate::application::ExtensionReason;
use crate::command;
use crate::command::{Sent, Together, Version, Words};
use crate::fault::{Check, Code};
use crate::ticket::AssignmentStatus as A;
use crate::ticket::TicketState as T;
use crate::ticket::Verb;
use crate::ticket::rules::length;

use super::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Ask for more time
    ///
    /// With days and a reason; the dispatcher decides.
    Extend {
        /// The version that the sender saw.
        version: Version,
        /// Why.
        reason: ExtensionReason,
        /// Working days beyond the deadline, at least 1.
        days: u8,
        /// What has been done and what will be by when, 10 to 1,000 characters.
        explanation: Words<{ length::EXPLANATION_MIN }, { length::EXPLANATION }>,
    }
}

impl CaseVerb for Extend {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "reason": "works", "days": 3, "explanation": "防水层已铲除，需晾干后重做，预计三个工作日完成。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Extend,
        need: Need::Permission(Permission::AssignmentSendBack),
        on: On::Assignment,
        states: &[T::Dispatched, T::Handling],
        statuses: &[A::Signed, A::SubAssigned, A::Handling],
        rank: 4,
    };
}

impl Together for Extend {
    fn check(sent: &Sent, check: &mut Check) {
        if sent.peek::<u8>("days") == Some(0) {
            check.add("days", Code::InputNumber);
        }
    }
}
