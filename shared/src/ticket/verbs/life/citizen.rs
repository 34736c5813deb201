//! Correct and erase what a ticket keeps about its citizen (更正、删除诉求人信息): at the citizen's word, by who supervises. The case stays with its facts.
//! Not here: what is shown of it (`access::sight`), the citizen's account (`crate::citizen`).
//! What is erased is gone from the row; what the history says of numbers is masked as ever.

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{Line, Sent, Together, Version, Words};
use crate::fault::{Check, Code};
use crate::person::{EmailAddress, PhoneNumber};
use crate::ticket::TicketState as T;
use crate::ticket::Verb;
use crate::ticket::rules::length;

use crate::ticket::verbs::{CaseVerb, Descriptor, On, Tickets};

/// What can be corrected, of which at least one is given.
const GIVEN: [&str; 3] = ["name", "phone", "email"];

command! {
    /// Correct the citizen
    ///
    /// Name, number or e-mail address, as the citizen says; what is not given stays.
    CorrectCitizen {
        /// The version that the sender saw.
        version: Version,
        /// The right name.
        name: Option<Line<1, { length::NAME }>>,
        /// The right number.
        phone: Option<PhoneNumber>,
        /// The right e-mail address.
        email: Option<EmailAddress>,
        /// Who asked for it and how that was proved, at most 500 characters.
        reason: Words<1, { length::REASON }>,
    }
}

impl CaseVerb for CorrectCitizen {
    type Of = Tickets;

    const EXAMPLE: &'static str =
        r#"{"version": 1, "name": "王建国", "reason": "诉求人来电更正姓名，已用查询码核实。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::CorrectCitizen,
        need: Need::Permission(Permission::TicketSupervise),
        on: On::Ticket,
        states: &[
            T::ToDispatch,
            T::IntakeFix,
            T::Dispatched,
            T::Handling,
            T::ToReview,
            T::ToVisit,
            T::Closed,
            T::Suspended,
            T::Tracking,
        ],
        statuses: &[],
        rank: 20,
    };
}

impl Together for CorrectCitizen {
    fn check(sent: &Sent, check: &mut Check) {
        if !GIVEN.iter().any(|field| sent.has(field)) {
            check.add("name", Code::InputRequired);
        }
    }
}

command! {
    /// Erase the citizen
    ///
    /// Who spoke and where, once the ticket is over; it stays as a case without a person.
    EraseCitizen {
        /// The version that the sender saw.
        version: Version,
        /// Who asked for it and how that was proved, at most 500 characters.
        reason: Words<1, { length::REASON }>,
    }
}

impl CaseVerb for EraseCitizen {
    type Of = Tickets;

    const EXAMPLE: &'static str =
        r#"{"version": 1, "reason": "诉求人书面申请删除个人信息，已核实身份。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::EraseCitizen,
        states: &[T::Closed, T::NotAccepted, T::Terminated, T::Archived],
        ..CorrectCitizen::DESCRIPTOR
    };
}

impl Together for EraseCitizen {}
