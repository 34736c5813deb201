//! Rule on a return (裁定退单): the dispatch stands, or another unit gets it (`domain.md` 3.2, row 9).
//! Not here: sending back (`send_back`).
//! A final ruling cannot be sent back again.

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{Sent, Together, UnitCode, Version, Words};
use crate::fault::{Check, Code};
use crate::ticket::rules::length;
use crate::ticket::AssignmentStatus as A;
use crate::ticket::TicketState as T;
use crate::ticket::Verb;

use super::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Rule on the return
    ///
    /// The dispatch stands, or another unit gets it.
    Rule {
        /// The version that the sender saw.
        version: Version,
        /// True: the dispatch stands. False: redispatch to `to`.
        uphold: bool,
        /// The unit that gets it now; required unless `uphold`.
        to: Option<UnitCode>,
        /// Reason of the ruling, at most 500 characters.
        opinion: Words<1, { length::REASON }>,
        /// A final ruling cannot be sent back again.
        final_ruling: Option<bool>,
    }
}

impl CaseVerb for Rule {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "uphold": true, "opinion": "职责清楚，维持派单。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Rule,
        need: Need::Permission(Permission::AssignmentRule),
        on: On::Assignment,
        states: &[T::Dispatched, T::Handling],
        statuses: &[A::ToSign, A::Signed, A::Handling],
        rank: 0,
    };
}

impl Together for Rule {
    fn settle(sent: &mut Sent) {
        // A form keeps the unit that was chosen before the dispatch was upheld.
        if sent.is_form() && sent.peek::<bool>("uphold") == Some(true) {
            sent.forget("to");
        }
    }

    fn check(sent: &Sent, check: &mut Check) {
        let redispatched = sent.peek::<bool>("uphold") == Some(false);
        if redispatched && sent.peek::<Option<UnitCode>>("to") == Some(None) {
            check.add_with("to", Code::InputRequired, &[("choice", &1)]);
        }
    }
}
