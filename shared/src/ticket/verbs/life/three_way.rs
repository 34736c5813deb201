//! Three-way call (三方通话): the agent brings the citizen and a unit together on the line, and records who spoke and whether it is solved; what is solved
//! closes at the desk (`domain.md` 2, `handle_mode` 3).
//! Not here: the call itself (a partner's), answering without a unit (`answer`).
//! What was not solved waits for its dispatch as before, with the words.

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{Line, Together, UnitCode, Version, Words};
use crate::ticket::TicketState as T;
use crate::ticket::Verb;
use crate::ticket::rules::length;

use crate::ticket::verbs::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Three-way call
    ///
    /// Records who was on the line; closes the ticket where it was solved.
    ThreeWay {
        /// The version that the sender saw.
        version: Version,
        /// The unit that was on the line.
        line_unit: UnitCode,
        /// Who spoke for it, at most 60 characters.
        line_with: Line<1, { length::NAME }>,
        /// Whether it is solved.
        solved: bool,
        /// What the citizen was told, 10 to 4,000 characters; the answer where it is solved.
        answer: Words<{ length::CONTENT_MIN }, { length::ANSWER }>,
    }
}

impl CaseVerb for ThreeWay {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "line_unit": "320100-ZJJ", "line_with": "物业科 李工", "solved": true, "answer": "三方通话中已说明维修资金的申请流程和所需材料。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::ThreeWay,
        need: Need::Permission(Permission::TicketAnswer),
        on: On::Ticket,
        states: &[T::ToDispatch, T::IntakeFix],
        statuses: &[],
        rank: 9,
    };
    const ENTERED_LATER: bool = true;
}

impl Together for ThreeWay {}
