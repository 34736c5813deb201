//! Take (接办) and hand over (移交责任人): a unit's share of a ticket has one person who answers for it, and from the signing on always one
//! (`domain.md` 3.2c). Whoever signs is it, unless somebody took it before; it is handed over with a reason.
//! Not here: stand-ins, who act for whoever is away (`account::stand_in`).

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{Together, Username, Version, Words};
use crate::ticket::AssignmentStatus as A;
use crate::ticket::TicketState as T;
use crate::ticket::Verb;
use crate::ticket::rules::length;

use crate::ticket::verbs::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Take
    ///
    /// Whoever sends it is responsible for the part, for which nobody is yet.
    Take {
        /// The version that the sender saw.
        version: Version,
    }
}

impl CaseVerb for Take {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Take,
        need: Need::Permission(Permission::AssignmentReply),
        on: On::Assignment,
        states: &[T::Dispatched, T::Handling, T::Suspended, T::Tracking],
        statuses: &[
            A::ToSign,
            A::Signed,
            A::SubAssigned,
            A::Handling,
            A::UnitReview,
        ],
        rank: 6,
    };
}

impl Together for Take {}

command! {
    /// Hand over
    ///
    /// To a colleague of the unit who may answer for it, with a reason.
    HandOver {
        /// The version that the sender saw.
        version: Version,
        /// Sign-in name of the colleague.
        colleague: Username,
        /// At most 500 characters.
        reason: Words<1, { length::REASON }>,
    }
}

impl CaseVerb for HandOver {
    type Of = Tickets;

    const EXAMPLE: &'static str =
        r#"{"version": 1, "colleague": "zjj-handler", "reason": "本人外出培训，请接手办理。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::HandOver,
        rank: 7,
        ..Take::DESCRIPTOR
    };
}

impl Together for HandOver {}
