//! How a ticket counts (考核认定): not in assessments (不计入考核), or as an unreasonable demand (不合理诉求). The leader of the unit or the centre asks
//! with a reason, the closing reviewer gives a first opinion, the centre's leader decides, and nobody does two of these (`domain.md` 0, item 6; 1).
//! What was ruled is revoked on the same road. Not here: what becomes of the ticket (`services::tickets`).

use crate::access::{Need, Permission};
use crate::application::{RulingOn, RulingReason};
use crate::command;
use crate::command::{Sent, Ticked, Together, Version, Words};
use crate::fault::{Check, Code};
use crate::ticket::AssignmentStatus as A;
use crate::ticket::TicketState as T;
use crate::ticket::Verb;
use crate::ticket::rules::length;

use crate::ticket::verbs::{CaseVerb, Descriptor, On, Tickets};

/// From the work on until it is archived.
const STATES: &[T] = &[
    T::Handling,
    T::ToReview,
    T::ToVisit,
    T::Closed,
    T::Suspended,
    T::Tracking,
];
/// Of a part that the unit has, or had and has answered.
const STATUSES: &[A] = &[
    A::Signed,
    A::SubAssigned,
    A::Handling,
    A::UnitReview,
    A::Replied,
    A::Done,
];

command! {
    /// Ask how it counts
    ///
    /// That the ticket is not counted, or is an unreasonable demand, or that such a ruling is revoked.
    AskRuling {
        /// The version that the sender saw.
        version: Version,
        /// What is asked for.
        ruling: RulingOn,
        /// Whether the ruling of this kind that stands is to be revoked.
        revoke: Ticked,
        /// Why; one that fits what is asked for.
        reason: RulingReason,
        /// What happened, and what proves it, 10 to 1,000 characters.
        explanation: Words<{ length::EXPLANATION_MIN }, { length::EXPLANATION }>,
        /// Law or decision that it relies on, 4 to 500 characters.
        legal_basis: Option<Words<{ length::BASIS_MIN }, { length::REASON }>>,
    }
}

impl CaseVerb for AskRuling {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "ruling": "not_counted", "reason": "objective", "explanation": "该路段列入明年改造计划，现阶段不具备施工条件，计划文件附后。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::AskRuling,
        need: Need::Permission(Permission::RulingAsk),
        on: On::Assignment,
        states: STATES,
        statuses: STATUSES,
        rank: 7,
    };
}

impl Together for AskRuling {
    fn check(sent: &Sent, check: &mut Check) {
        let ruling: Option<RulingOn> = sent.peek("ruling");
        let reason: Option<RulingReason> = sent.peek("reason");
        let revokes = sent.peek::<Ticked>("revoke").is_some_and(|it| it.0);
        if let (Some(ruling), Some(reason)) = (ruling, reason)
            && !reason.fits(ruling, revokes)
        {
            check.add("reason", Code::RulingReason);
        }
    }
}

command! {
    /// First opinion on how it counts
    ///
    /// By the closing reviewer, for the centre's leader, who decides.
    AdviseRuling {
        /// The version that the sender saw.
        version: Version,
        /// Whether it should be granted.
        support: bool,
        /// Why, 5 to 500 characters.
        opinion: Words<{ length::REDO_MIN }, { length::REASON }>,
    }
}

impl CaseVerb for AdviseRuling {
    type Of = Tickets;

    const EXAMPLE: &'static str =
        r#"{"version": 1, "support": true, "opinion": "计划文件属实，建议同意。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::AdviseRuling,
        need: Need::Permission(Permission::TicketReview),
        rank: 0,
        ..AskRuling::DESCRIPTOR
    };
}

impl Together for AdviseRuling {}

command! {
    /// Decide how it counts
    ///
    /// By the centre's leader, who neither asked for it nor gave the first opinion.
    DecideRuling {
        /// The version that the sender saw.
        version: Version,
        /// Whether it is granted.
        grant: bool,
        /// Why, 5 to 500 characters.
        opinion: Words<{ length::REDO_MIN }, { length::REASON }>,
    }
}

impl CaseVerb for DecideRuling {
    type Of = Tickets;

    const EXAMPLE: &'static str =
        r#"{"version": 1, "grant": true, "opinion": "情况属实，同意不计入考核。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::DecideRuling,
        need: Need::Permission(Permission::RulingDecide),
        rank: 0,
        ..AskRuling::DESCRIPTOR
    };
}

impl Together for DecideRuling {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_fits_what_is_asked_for() {
        for on in RulingOn::ALL {
            assert_eq!(RulingOn::of(on.sort()), Some(*on));
            for revokes in [false, true] {
                let fitting = RulingReason::ALL.iter();
                assert!(fitting.filter(|it| it.fits(*on, revokes)).count() > 1);
            }
        }
        assert!(!RulingReason::Untrue.fits(RulingOn::NotCounted, false));
        assert!(!RulingReason::Untrue.fits(RulingOn::Unreasonable, true));
    }
}
