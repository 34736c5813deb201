//! Plan (排程): when who of the unit does its part. A person and a day, or neither, which takes the plan away.
//! Not here: what of a plan clashes (`ticket::plan`), who is responsible (`responsible`).
//! A plan warns and forbids nothing but days that are past or far away.

use chrono::NaiveDate;

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{Sent, Together, Username, Version, Within, Words};
use crate::fault::{Check, Code};
use crate::ticket::Verb;
use crate::ticket::plan::DayPart;
use crate::ticket::rules::length;

use super::Take;
use crate::ticket::verbs::{CaseVerb, Descriptor, Tickets};

command! {
    /// Plan
    ///
    /// Who of the unit does it, and when; without both the plan is taken away.
    Plan {
        /// The version that the sender saw.
        version: Version,
        /// Sign-in name of whoever does it.
        colleague: Option<Username>,
        /// The day, from today to 90 days ahead.
        day: Option<NaiveDate>,
        /// The part of the day; all of it where absent.
        day_part: Option<DayPart>,
        /// Hours that it takes.
        hours: Option<Within<1, 80>>,
        /// What else is to be known, at most 500 characters.
        plan_note: Option<Words<1, { length::REASON }>>,
    }
}

impl CaseVerb for Plan {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "colleague": "zjj-handler", "day": "2026-03-10", "day_part": "morning", "hours": 3, "plan_note": "与城管局一同现场查看。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Plan,
        need: Need::Permission(Permission::AssignmentPlan),
        rank: 9,
        ..Take::DESCRIPTOR
    };
}

impl Together for Plan {
    fn check(sent: &Sent, check: &mut Check) {
        let colleague: Option<Option<Username>> = sent.peek("colleague");
        let day: Option<Option<NaiveDate>> = sent.peek("day");
        if matches!((&colleague, &day), (Some(Some(_)), Some(None))) {
            check.add("day", Code::InputRequired);
        }
        if matches!((&colleague, &day), (Some(None), Some(Some(_)))) {
            check.add("colleague", Code::InputRequired);
        }
    }
}
