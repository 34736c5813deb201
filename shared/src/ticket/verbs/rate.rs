//! Rate (评价), by the citizen: one rating of each handling; silence is no rating.
//! Not here: answers in a call (`follow_up`).
//! Staff have no entrance for it; a caller's words are taken down by whoever may register.

use crate::access::needs;
use crate::command;
use crate::command::{Sent, Together, Words};
use crate::fault::{Check, Code};
use crate::ticket::TicketState as T;
use crate::ticket::rules::length;
use crate::ticket::{Satisfaction, Solved, Verb};

use super::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Rate
    ///
    /// By the citizen, once for each handling.
    Rate {
        /// Is it solved?
        solved: Solved,
        /// 1 to 5.
        satisfaction: Satisfaction,
        /// At most 1,000 characters.
        words: Option<Words<1, { length::EXPLANATION }>>,
    }
}

impl CaseVerb for Rate {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"solved": "yes", "satisfaction": "satisfied", "words": "很快就修好了。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Rate,
        need: needs::DESK,
        on: On::Own,
        states: &[T::ToVisit, T::Closed],
        statuses: &[],
        rank: 8,
    };
}

impl Together for Rate {
    fn check(sent: &Sent, check: &mut Check) {
        let given = sent.peek::<Satisfaction>("satisfaction");
        if given.is_some_and(|given| !given.is_rated()) {
            check.add("satisfaction", Code::InputCode);
        }
    }
}
