//! Supervise (督办): the centre issues a directive about a unit's part of a ticket, the unit's leader answers it, the centre accepts the answer, asks
//! for a better one, or cancels it (`domain.md` 3.2, row 20). It stands beside the work: no clock of the ticket moves.
//! Not here: how a directive stands (`application::DirectiveState`), its list (`services::directives`).

use crate::access::{Need, Permission};
use crate::application::{DirectiveCause, DirectiveLevel};
use crate::command;
use crate::command::{Line, Sent, Together, Version, Within, Words};
use crate::fault::{Check, Code};
use crate::ticket::AssignmentStatus as A;
use crate::ticket::TicketState as T;
use crate::ticket::rules::length;
use crate::ticket::{TicketNo, Verb};

use super::{CaseVerb, Descriptor, On, Tickets};

/// A unit is held to its answer while the ticket is worked on, and after it was closed.
const STATES: &[T] = &[
    T::Dispatched,
    T::Handling,
    T::ToReview,
    T::ToVisit,
    T::Closed,
    T::Suspended,
    T::Tracking,
];
/// Of a part that the unit has, or had and has answered.
const STATUSES: &[A] = &[
    A::ToSign,
    A::Signed,
    A::SubAssigned,
    A::Handling,
    A::UnitReview,
    A::Replied,
    A::Done,
];

command! {
    /// Supervise
    ///
    /// Issues a directive to the unit that has the assignment; its leader answers in time.
    Supervise {
        /// The version that the sender saw.
        version: Version,
        /// Why.
        cause: DirectiveCause,
        /// How serious it is.
        level: DirectiveLevel,
        /// What the unit has to do, 10 to 1,000 characters.
        demand: Words<{ length::EXPLANATION_MIN }, { length::EXPLANATION }>,
        /// Working days of the unit until its answer, 1 to 10; 3 when absent.
        days: Option<Within<1, 10>>,
        /// Numbers of other tickets of the unit that it is about as well, at most 20.
        also: Vec<Line<1, 40>>,
    }
}

impl CaseVerb for Supervise {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "cause": "overdue", "level": "first", "demand": "承办件已超期，请立即办理并说明原因和整改措施。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Supervise,
        need: Need::Permission(Permission::TicketSupervise),
        on: On::Assignment,
        states: STATES,
        statuses: STATUSES,
        rank: 7,
    };
}

/// Tickets of one directive beside its own at most.
const ALSO: usize = 20;

impl Together for Supervise {
    fn settle(sent: &mut Sent) {
        sent.divide("also", |sign| {
            sign.is_whitespace() || matches!(sign, ',' | '，' | '、' | ';' | '；')
        });
    }

    fn check(sent: &Sent, check: &mut Check) {
        let all: Vec<Line<1, 40>> = sent.peek("also").unwrap_or_default();
        if all.len() > ALSO {
            check.add_with(
                "also",
                Code::InputTooLong,
                &[("max", &ALSO), ("length", &all.len())],
            );
        } else if all.iter().any(|no| TicketNo::parse(no).is_none()) {
            check.add("also", Code::DirectiveTicket);
        }
    }
}

command! {
    /// Answer a directive
    ///
    /// What the unit has done since, by its leader.
    AnswerDirective {
        /// The version that the sender saw.
        version: Version,
        /// What was done, why it came to this, and what follows, 20 to 4,000 characters.
        answer: Words<{ length::HANDLING_MIN }, { length::ANSWER }>,
    }
}

impl CaseVerb for AnswerDirective {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "answer": "已约谈责任科室，现场整改完毕并电话回访诉求人，今后每周自查一次。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::AnswerDirective,
        need: Need::Permission(Permission::AssignmentReview),
        on: On::Assignment,
        states: STATES,
        statuses: STATUSES,
        rank: 0,
    };
}

impl Together for AnswerDirective {}

command! {
    /// Judge the answer to a directive
    ///
    /// Closes the directive, or asks for a better answer.
    JudgeDirective {
        /// The version that the sender saw.
        version: Version,
        /// Whether the answer is accepted.
        accept: bool,
        /// Required when `accept` is false.
        opinion: Option<Words<1, { length::REASON }>>,
    }
}

impl CaseVerb for JudgeDirective {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "accept": true}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::JudgeDirective,
        rank: 0,
        ..Supervise::DESCRIPTOR
    };
}

impl Together for JudgeDirective {
    fn check(sent: &Sent, check: &mut Check) {
        super::opinion(sent, check, "accept");
    }
}

command! {
    /// Cancel a directive
    ///
    /// Nothing is asked of the unit any more.
    CancelDirective {
        /// The version that the sender saw.
        version: Version,
        /// Why, 5 to 500 characters.
        reason: Words<{ length::REDO_MIN }, { length::REASON }>,
    }
}

impl CaseVerb for CancelDirective {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "reason": "派发有误，另行督办"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::CancelDirective,
        rank: 8,
        ..Supervise::DESCRIPTOR
    };
}

impl Together for CancelDirective {}
