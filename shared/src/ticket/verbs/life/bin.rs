//! Recycle (放入回收站) and restore (恢复): tickets that are none, such as tests and silent calls, go out of lists and figures and can come back for some
//! days (`domain.md` 3.2, row 26). Nothing is deleted.
//! Not here: taking back a whole import (`services::import::undo`), withdrawing at the citizen's word (`withdraw`).
//! What was withdrawn, merged or sealed stays as it is.

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{Together, Version, Words};
use crate::ticket::TicketState as T;
use crate::ticket::rules::length;
use crate::ticket::{BinReason, Verb};

use crate::ticket::verbs::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Recycle
    ///
    /// Takes what is no request out of lists and figures; its work ends.
    Recycle {
        /// The version that the sender saw.
        version: Version,
        /// What it is.
        bin: BinReason,
        /// Why, at most 500 characters.
        reason: Words<1, { length::REASON }>,
    }
}

impl CaseVerb for Recycle {
    type Of = Tickets;

    const EXAMPLE: &'static str =
        r#"{"version": 1, "bin": "test", "reason": "培训时登记的测试工单。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Recycle,
        need: Need::Permission(Permission::TicketRecycle),
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
            T::NotAccepted,
            T::Terminated,
        ],
        statuses: &[],
        rank: 21,
    };
}

impl Together for Recycle {}

command! {
    /// Restore
    ///
    /// Takes a ticket out of the bin: what was open waits for its dispatch, what was over is so again.
    Restore {
        /// The version that the sender saw.
        version: Version,
        /// Why, at most 500 characters.
        reason: Words<1, { length::REASON }>,
    }
}

impl CaseVerb for Restore {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "reason": "核实为真实诉求，恢复办理。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Restore,
        states: &[T::Recycled],
        rank: 1,
        ..Recycle::DESCRIPTOR
    };
}

impl Together for Restore {}
