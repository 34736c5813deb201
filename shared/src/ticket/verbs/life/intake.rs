//! Back to intake (退回补充) and what answers it: whoever took the request down completes it and submits it again (`domain.md` 3.2, row 5).
//! Not here: whose to-do it is meanwhile (`services`), correcting who speaks (`citizen`), declining (`decline`).
//! What is not sent stays as it is; the place stays in its city, in which the ticket has its number.

use crate::access::{Need, Permission, needs};
use crate::command;
use crate::command::{CategoryCode, Line, Together, Version, Words};
use crate::place::DivisionCode;
use crate::ticket::TicketState as T;
use crate::ticket::rules::length;
use crate::ticket::{RequestKind, Verb};

use crate::ticket::verbs::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Back to intake
    ///
    /// Gives an incomplete ticket back to whoever took it down, instead of dispatching it.
    ToIntake {
        /// The version that the sender saw.
        version: Version,
        /// What is missing, at most 500 characters.
        missing: Words<2, { length::REASON }>,
    }
}

impl CaseVerb for ToIntake {
    type Of = Tickets;

    const EXAMPLE: &'static str =
        r#"{"version": 1, "missing": "没有写明楼栋和房号，请联系诉求人补充。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::ToIntake,
        need: Need::Permission(Permission::TicketDispatch),
        on: On::Ticket,
        states: &[T::ToDispatch],
        statuses: &[],
        rank: 6,
    };
}

impl Together for ToIntake {}

command! {
    /// Complete and resubmit
    ///
    /// Corrects what was taken down and gives the ticket back to be dispatched.
    Resubmit {
        /// The version that the sender saw.
        version: Version,
        /// The right kind.
        kind: Option<RequestKind>,
        /// The right title.
        title: Option<Line<1, { length::TITLE }>>,
        /// Who, when, where, what, wish.
        content: Option<Words<{ length::CONTENT_MIN }, { length::CONTENT }>>,
        /// Division code in the same city: 6 digits, or 9 for a street.
        region: Option<DivisionCode>,
        /// Address within the division.
        address: Option<Line<1, { length::ADDRESS }>>,
        /// Leaf of the category tree.
        category: Option<CategoryCode>,
        /// What was done about it, at most 500 characters.
        note: Words<1, { length::REASON }>,
    }
}

impl CaseVerb for Resubmit {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "address": "宁海路12号3幢201室", "note": "已联系诉求人补充楼栋和房号。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Resubmit,
        need: needs::DESK,
        on: On::Ticket,
        states: &[T::IntakeFix],
        statuses: &[],
        rank: 0,
    };
}

impl Together for Resubmit {}
