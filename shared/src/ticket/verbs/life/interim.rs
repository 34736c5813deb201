//! Interim reply (阶段答复): what the law or the works take longer for than the limit. The unit proposes what the citizen reads and the day that it promises,
//! with its plan, inside the limit; the closing reviewer approves, and the ticket is tracked until that day (`domain.md` 3.2, row 16).
//! Not here: the reply itself (`reply`), which stays possible meanwhile.

use chrono::NaiveDate;

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{Sent, Together, Version, Words};
use crate::fault::Check;
use crate::ticket::AssignmentStatus as A;
use crate::ticket::TicketState as T;
use crate::ticket::Verb;
use crate::ticket::rules::length;

use crate::ticket::verbs::{CaseVerb, Descriptor, On, Tickets, opinion};

command! {
    /// Propose an interim reply
    ///
    /// With what the citizen reads, the promised day and the plan; the closing reviewer approves.
    Interim {
        /// The version that the sender saw.
        version: Version,
        /// What the citizen reads, 10 to 500 characters.
        public_words: Words<{ length::EXPLANATION_MIN }, { length::REASON }>,
        /// The day by which it is done, at most 180 days ahead.
        until: NaiveDate,
        /// What has been done, the legal basis or the plan, 10 to 1,000 characters.
        explanation: Words<{ length::EXPLANATION_MIN }, { length::EXPLANATION }>,
    }
}

impl CaseVerb for Interim {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "public_words": "屋面整体翻修已列入计划，承诺三月二十七日前完工。", "until": "2026-03-27", "explanation": "已完成勘察和报价，需公示七天后进场施工，工期十天。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Interim,
        need: Need::Permission(Permission::AssignmentSendBack),
        on: On::Assignment,
        states: &[T::Dispatched, T::Handling],
        statuses: &[A::Signed, A::SubAssigned, A::Handling],
        rank: 6,
    };
}

impl Together for Interim {}

command! {
    /// Rule on an interim reply
    ///
    /// Makes the promise to the citizen, or does not.
    RuleInterim {
        /// The version that the sender saw.
        version: Version,
        /// Whether the promise is made.
        grant: bool,
        /// Required when `grant` is false.
        opinion: Option<Words<1, { length::REASON }>>,
    }
}

impl CaseVerb for RuleInterim {
    type Of = Tickets;

    const EXAMPLE: &'static str =
        r#"{"version": 1, "grant": true, "opinion": "同意，请按承诺日期完成。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::RuleInterim,
        need: Need::Permission(Permission::TicketReview),
        on: On::Assignment,
        states: &[T::Dispatched, T::Handling],
        statuses: &[A::Signed, A::SubAssigned, A::Handling, A::UnitReview],
        rank: 0,
    };
}

impl Together for RuleInterim {
    fn check(sent: &Sent, check: &mut Check) {
        opinion(sent, check, "grant");
    }
}
