//! Ask for more time (申请延期): days and a reason, before the deadline; and rule on it (裁定延期): the days that were asked for, fewer, or none
//! (`domain.md` 3.2, row 12). The clock goes on while it waits; what is given moves the assignment's deadline, and the ticket's where the lead's ends later.
//! Not here: how much may be asked for (`application::ExtensionCaps`, data).

use crate::access::{Need, Permission};
use crate::application::ExtensionReason;
use crate::command;
use crate::command::{RowCode, Sent, Together, Version, Words};
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
        /// Code of one of the office's reasons that are offered here (`reasons` of the ticket).
        cause: Option<RowCode>,
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
    const ENTERED_LATER: bool = true;
}

impl Together for Extend {
    fn check(sent: &Sent, check: &mut Check) {
        if sent.peek::<u8>("days") == Some(0) {
            check.add("days", Code::InputNumber);
        }
    }
}

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
