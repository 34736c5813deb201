//! Ask another unit to assist (会办) while the work goes on: the unit that leads, or the centre for it, adds a part for another unit of the city, which
//! answers at least one working day before who leads (`domain.md` 3.2, row 14).
//! Not here: assisting units of the dispatch (`dispatch`), units below (`tree`), how the day is reckoned (`services::tickets::assisting`).

use chrono::NaiveDate;

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{Together, UnitCode, Version, Words};
use crate::ticket::AssignmentStatus as A;
use crate::ticket::TicketState as T;
use crate::ticket::Verb;
use crate::ticket::rules::length;

use crate::ticket::verbs::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Ask another unit to assist
    ///
    /// What it answers is gathered by the unit that leads.
    AskAssistance {
        /// The version that the sender saw.
        version: Version,
        /// Code of the unit that is asked.
        assist_unit: UnitCode,
        /// The day on which it answers at the latest; one working day before who leads where absent.
        assist_due: Option<NaiveDate>,
        /// What it is to do, at most 500 characters.
        advice: Words<1, { length::ADVICE }>,
    }
}

impl CaseVerb for AskAssistance {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "assist_unit": "320100-CGJ", "advice": "请核查外立面占用情况，并告知处理意见。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::AskAssistance,
        need: Need::Permission(Permission::AssignmentAssist),
        on: On::Assignment,
        states: &[T::Dispatched, T::Handling, T::Tracking],
        statuses: &[A::Signed, A::SubAssigned, A::Handling],
        rank: 6,
    };
    const ENTERED_LATER: bool = true;
}

impl Together for AskAssistance {}
