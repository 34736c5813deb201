//! Terminate (终止办理): a cause for which the request would have been declined came to light later, or the citizen does not co-operate. The unit asks with
//! the cause and what the citizen is told, the closing reviewer decides (`domain.md` 3.2, row 21).
//! Not here: declining at the gate (`decline`).

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{Sent, Together, Version, Words};
use crate::fault::Check;
use crate::ticket::AssignmentStatus as A;
use crate::ticket::TicketState as T;
use crate::ticket::rules::length;
use crate::ticket::{DeclineReason, Verb};

use crate::ticket::verbs::{CaseVerb, Descriptor, On, Tickets, opinion};

command! {
    /// Ask to terminate
    ///
    /// With the cause of the law and what the citizen is told; the closing reviewer decides.
    Terminate {
        /// The version that the sender saw.
        version: Version,
        /// Why.
        reason: DeclineReason,
        /// Explanation for the citizen, 10 to 500 characters; NA01 names the route.
        public_words: Words<{ length::EXPLANATION_MIN }, { length::REASON }>,
        /// What was found out, for the reviewer, 10 to 1,000 characters.
        explanation: Words<{ length::EXPLANATION_MIN }, { length::EXPLANATION }>,
    }
}

impl CaseVerb for Terminate {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "reason": "NA01", "public_words": "该事项法院已立案受理，请通过诉讼途径解决。", "explanation": "办理中查明诉求人已就同一事项起诉，案号附后。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Terminate,
        need: Need::Permission(Permission::AssignmentSendBack),
        on: On::Assignment,
        states: &[T::Dispatched, T::Handling, T::Tracking],
        statuses: &[A::Signed, A::SubAssigned, A::Handling],
        rank: 7,
    };
}

impl Together for Terminate {}

command! {
    /// Rule on a termination
    ///
    /// Ends the ticket, or sends the unit on.
    RuleTermination {
        /// The version that the sender saw.
        version: Version,
        /// Whether it ends.
        grant: bool,
        /// Required when `grant` is false.
        opinion: Option<Words<1, { length::REASON }>>,
    }
}

impl CaseVerb for RuleTermination {
    type Of = Tickets;

    const EXAMPLE: &'static str =
        r#"{"version": 1, "grant": true, "opinion": "情况属实，同意终止。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::RuleTermination,
        need: Need::Permission(Permission::TicketReview),
        on: On::Assignment,
        states: &[T::Dispatched, T::Handling, T::Tracking],
        statuses: &[A::Signed, A::SubAssigned, A::Handling, A::UnitReview],
        rank: 0,
    };
}

impl Together for RuleTermination {
    fn check(sent: &Sent, check: &mut Check) {
        opinion(sent, check, "grant");
    }
}
