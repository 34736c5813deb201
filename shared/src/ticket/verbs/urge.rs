//! Urge (催办): a nudge by the citizen, or taken down by an agent for a caller, once per working day; and by telephone (电话催办), by the centre.
//! Not here: supervision orders, which have deadlines of their own.
//! A repeated call is taken down by whoever may register.

use crate::access::{Need, Permission, needs};
use crate::command;
use crate::command::{Line, Together, Version, Words};
use crate::ticket::AssignmentStatus as A;
use crate::ticket::TicketState as T;
use crate::ticket::Verb;
use crate::ticket::rules::length;

use super::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Urge
    ///
    /// For the citizen, once per working day.
    Urge {
        /// At most 500 characters.
        message: Option<Words<1, { length::REASON }>>,
    }
}

impl CaseVerb for Urge {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"message": "诉求人再次来电催促。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Urge,
        need: needs::DESK,
        on: On::Ticket,
        states: &[
            T::ToDispatch,
            T::IntakeFix,
            T::Dispatched,
            T::Handling,
            T::ToReview,
            T::Suspended,
            T::Tracking,
        ],
        statuses: &[],
        rank: 7,
    };
    const ENTERED_LATER: bool = true;
}

impl Together for Urge {}

command! {
    /// Urge by telephone
    ///
    /// The centre has called the unit that has the part; what was said.
    PhoneUrge {
        /// The version that the sender saw.
        version: Version,
        /// Whether anybody answered.
        reached: bool,
        /// Who answered, or was called.
        called: Line<1, { length::NAME }>,
        /// What was said and agreed, 2 to 500 characters.
        urge_said: Words<2, { length::REASON }>,
    }
}

impl CaseVerb for PhoneUrge {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "reached": true, "called": "住建局联络员李建国", "urge_said": "已催办，答应今天下班前反馈。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::PhoneUrge,
        need: Need::Permission(Permission::TicketSupervise),
        on: On::Assignment,
        states: &[T::Dispatched, T::Handling, T::Tracking],
        statuses: &[
            A::ToSign,
            A::Signed,
            A::SubAssigned,
            A::Handling,
            A::UnitReview,
        ],
        rank: 8,
    };
    const ENTERED_LATER: bool = true;
}

impl Together for PhoneUrge {}
