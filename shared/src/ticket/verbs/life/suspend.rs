//! Suspend (挂起): the unit asks with a cause, evidence and the day on which the work goes on, the closing reviewer decides (`domain.md` 3.2, row 13);
//! and resume (恢复), by the unit or the centre, before that day. Meanwhile the clocks of the ticket and of its assignments stand still.
//! Not here: that it goes on by itself on its day (`services::tickets::holds`).

use chrono::NaiveDate;

use crate::access::{Need, Permission};
use crate::application::SuspensionReason;
use crate::command;
use crate::command::{Sent, Together, Version, Words};
use crate::fault::Check;
use crate::ids::FileId;
use crate::ticket::AssignmentStatus as A;
use crate::ticket::TicketState as T;
use crate::ticket::Verb;
use crate::ticket::rules::length;

use super::reach::proofs;
use crate::ticket::verbs::{CaseVerb, Descriptor, On, Tickets, opinion};

command! {
    /// Ask to suspend
    ///
    /// With a cause, evidence and the day on which the work goes on; the closing reviewer decides.
    SuspendWork {
        /// The version that the sender saw.
        version: Version,
        /// Why.
        reason: SuspensionReason,
        /// The day on which the work goes on, at most 30 days ahead.
        until: NaiveDate,
        /// What is waited for, and what proves it, 10 to 1,000 characters.
        explanation: Words<{ length::EXPLANATION_MIN }, { length::EXPLANATION }>,
        /// Ids of files that hang on the ticket and prove it; at most 9.
        files: Vec<FileId>,
    }
}

impl CaseVerb for SuspendWork {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "reason": "appraisal", "until": "2026-03-20", "explanation": "已委托房屋安全鉴定，受理单号 2026-0318，等鉴定报告。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::SuspendWork,
        need: Need::Permission(Permission::AssignmentSendBack),
        on: On::Assignment,
        states: &[T::Dispatched, T::Handling],
        statuses: &[A::Signed, A::SubAssigned, A::Handling],
        rank: 6,
    };
}

impl Together for SuspendWork {
    fn check(sent: &Sent, check: &mut Check) {
        proofs(sent, check);
    }
}

command! {
    /// Rule on a suspension
    ///
    /// Stops the clocks until the day that was asked for, or does not.
    RuleSuspension {
        /// The version that the sender saw.
        version: Version,
        /// Whether it is suspended.
        grant: bool,
        /// Required when `grant` is false.
        opinion: Option<Words<1, { length::REASON }>>,
    }
}

impl CaseVerb for RuleSuspension {
    type Of = Tickets;

    const EXAMPLE: &'static str =
        r#"{"version": 1, "grant": true, "opinion": "同意挂起，鉴定报告出具后及时恢复。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::RuleSuspension,
        need: Need::Permission(Permission::TicketReview),
        on: On::Assignment,
        states: &[T::Dispatched, T::Handling],
        statuses: &[A::Signed, A::SubAssigned, A::Handling, A::UnitReview],
        rank: 0,
    };
}

impl Together for RuleSuspension {
    fn check(sent: &Sent, check: &mut Check) {
        opinion(sent, check, "grant");
    }
}

command! {
    /// Resume
    ///
    /// What was waited for is there before its day.
    ResumeWork {
        /// The version that the sender saw.
        version: Version,
        /// At most 500 characters.
        reason: Option<Words<1, { length::REASON }>>,
    }
}

impl CaseVerb for ResumeWork {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "reason": "鉴定报告已出具，恢复办理。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::ResumeWork,
        need: Need::Permission(Permission::TicketResume),
        on: On::Assignment,
        states: &[T::Suspended],
        statuses: &[A::Signed, A::SubAssigned, A::Handling, A::UnitReview],
        rank: 1,
    };
}

impl Together for ResumeWork {}
