//! Hard case (疑难): the unit that leads asks with a reason and a day, a board meets and votes, and the centre's leader records what it came to; the limit
//! then ends on the day that the board gave, outside the caps of extensions (`domain.md` 3.1, 3.4).
//! Not here: more time without a board (`extend`), promises (`interim`).

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::access::{Need, Permission};
use crate::application::{DifficultReason, Meeting};
use crate::command;
use crate::command::{Line, Sent, Together, Version, Words};
use crate::fault::{Check, Code};
use crate::ticket::AssignmentStatus as A;
use crate::ticket::TicketState as T;
use crate::ticket::Verb;
use crate::ticket::rules::length;

use crate::ticket::verbs::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Ask for a hard case
    ///
    /// With a reason and the day by which it would be done; a board votes on it.
    AskDifficult {
        /// The version that the sender saw.
        version: Version,
        /// Why it is hard.
        reason: DifficultReason,
        /// The day by which it would be done, at most 180 days ahead.
        until: NaiveDate,
        /// What was tried, and what stands against it, 10 to 1,000 characters.
        explanation: Words<{ length::EXPLANATION_MIN }, { length::EXPLANATION }>,
    }
}

impl CaseVerb for AskDifficult {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "reason": "several_units", "until": "2026-04-20", "explanation": "涉及规划、消防、住建三部门，已两次协调，仍需现场鉴定后会审。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::AskDifficult,
        need: Need::Permission(Permission::AssignmentSendBack),
        on: On::Assignment,
        states: &[T::Dispatched, T::Handling, T::Tracking],
        statuses: &[A::Signed, A::SubAssigned, A::Handling],
        rank: 7,
    };
}

impl Together for AskDifficult {}

/// Members of a board.
type Members = Vec<Line<1, { length::PARTY }>>;

command! {
    /// Rule on a hard case
    ///
    /// What the board came to, as its votes say.
    RuleDifficult {
        /// The version that the sender saw.
        version: Version,
        /// The day on which the board met, not in the future.
        held_on: NaiveDate,
        /// Members who voted for it; with those against three or more, at most 20.
        agree: Members,
        /// Members who voted against it.
        against: Members,
        /// Minutes of the meeting, 10 to 4,000 characters.
        minutes: Words<{ length::MINUTES_MIN }, { length::MINUTES }>,
        /// Whether it is a hard case, as most members voted.
        grant: bool,
        /// The new end of the limit, at most 180 days ahead; required when `grant` is true.
        until: Option<NaiveDate>,
        /// What the board decided, and why, at most 500 characters.
        opinion: Words<1, { length::REASON }>,
    }
}

impl CaseVerb for RuleDifficult {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "held_on": "2026-03-02", "agree": ["王主任", "市住建局李科长"], "against": ["市城管局张科长"], "minutes": "三方现场查看，认为须待鉴定后分步处置，同意列为疑难。", "grant": true, "until": "2026-04-20", "opinion": "列为疑难，四月二十日前办结。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::RuleDifficult,
        need: Need::Permission(Permission::RulingDecide),
        on: On::Assignment,
        states: &[T::Dispatched, T::Handling, T::Tracking],
        statuses: &[A::Signed, A::SubAssigned, A::Handling, A::UnitReview],
        rank: 0,
    };
}

impl Together for RuleDifficult {
    fn settle(sent: &mut Sent) {
        for field in ["agree", "against"] {
            sent.divide(field, |sign| {
                matches!(sign, '\n' | '\r' | '、' | '；' | ';' | '，' | ',')
            });
        }
        if sent.is_form() && sent.peek::<bool>("grant") == Some(false) {
            sent.forget("until");
        }
    }

    fn check(sent: &Sent, check: &mut Check) {
        let grant: Option<bool> = sent.peek("grant");
        if grant == Some(true) && sent.peek::<Option<NaiveDate>>("until") == Some(None) {
            check.add("until", Code::InputRequired);
        }
        let agree: Members = sent.peek("agree").unwrap_or_default();
        let against: Members = sent.peek("against").unwrap_or_default();
        let all = agree.iter().chain(&against);
        let names: BTreeSet<String> = all.map(|it| (**it).to_owned()).collect();
        let votes = agree.len() + against.len();
        if votes < Meeting::PARTIES {
            check.add_with("agree", Code::MeetingParties, &[("min", &Meeting::PARTIES)]);
        } else if votes > Meeting::MOST {
            check.add_with(
                "agree",
                Code::InputTooLong,
                &[("max", &Meeting::MOST), ("length", &votes)],
            );
        } else if names.len() < votes {
            check.add("against", Code::BoardMember);
        } else if grant.is_some_and(|grant| grant != (agree.len() > against.len())) {
            check.add("grant", Code::BoardVote);
        }
    }
}
