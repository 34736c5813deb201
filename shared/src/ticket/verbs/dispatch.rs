//! Dispatch (派单) to one lead unit and any number of assisting units (`domain.md` 3.2, row 6, V08).
//! Not here: whether the units exist and lie below the dispatcher (services).
//! A unit that a form names twice leads.

use chrono::NaiveDate;

use crate::access::needs;
use crate::command;
use crate::command::{
    CategoryCode, RowCode, Sent, Ticked, Together, Typed, UnitCode, Version, Words,
};
use crate::fault::{Check, Code};
use crate::ticket::TicketState as T;
use crate::ticket::rules::length;
use crate::ticket::{Urgency, Verb};

use super::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Dispatch
    ///
    /// To one lead unit and any number of assisting units.
    Dispatch {
        /// The version that the sender saw.
        version: Version,
        /// Unit code.
        lead: UnitCode,
        /// Unit codes, at most 20.
        assisting: Vec<UnitCode>,
        /// The day on which assisting units answer at the latest; one working day before who leads where absent.
        assist_due: Option<NaiveDate>,
        /// Leaf of the category tree; required here at the latest.
        category: Option<CategoryCode>,
        /// Advice to the units, at most 500 characters.
        advice: Option<Words<1, { length::ADVICE }>>,
        /// Changes the urgency when given.
        urgency: Option<Urgency>,
        /// Why the urgency is changed, at most 500 characters; needed where it is.
        urgency_reason: Option<Words<1, { length::REASON }>>,
        /// Codes of the office's tags, which come to those that the ticket has.
        tags: Vec<RowCode>,
        /// Answers to the office's own fields, by their codes; an empty one takes an answer away, others stay.
        own: Typed,
        /// The tags given take the place of those that it has.
        retag: Ticked,
        /// A second person looks at it first, also where the office does not ask for that.
        review: Ticked,
    }
}

impl CaseVerb for Dispatch {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "lead": "320100-ZJJ", "assisting": ["320100-CGJ"], "category": "010101", "advice": "请核实并答复诉求人。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Dispatch,
        need: needs::DISPATCHING,
        on: On::Ticket,
        states: &[T::ToDispatch],
        statuses: &[],
        rank: 1,
    };
    const ENTERED_LATER: bool = true;
}

impl Together for Dispatch {
    fn settle(sent: &mut Sent) {
        // A unit ticked in both columns of a form leads.
        if sent.is_form()
            && let Some(lead) = sent.peek::<UnitCode>("lead")
        {
            sent.keep("assisting", |unit| unit.trim() != lead.as_str());
        }
    }

    fn check(sent: &Sent, check: &mut Check) {
        let assisting: Vec<UnitCode> = sent.peek("assisting").unwrap_or_default();
        let lead = sent.peek::<UnitCode>("lead");
        if assisting.len() > length::ASSISTING {
            check.add_with(
                "assisting",
                Code::InputTooLong,
                &[("max", &length::ASSISTING), ("length", &assisting.len())],
            );
        }
        for (index, unit) in assisting.iter().enumerate() {
            if lead.as_ref() == Some(unit) {
                check.add("assisting", Code::LeadAmongAssisting);
            } else if assisting[..index].contains(unit) {
                check.add("assisting", Code::InputUnit);
            }
        }
    }
}
