//! Merge (并案): many complaints about one event are worked on once. Each is merged into the leading ticket (主件), keeps its number, its history and its
//! citizen, and gets the answer of the leading one (`domain.md` 3.2, row 22). Split (拆分) takes one out again; a sentence for one citizen alone
//! (个别答复) stands with the merged ticket until it is answered.
//! Not here: what fits a leading ticket and the answer to each (`services::tickets::together`).

use crate::access::{Need, Permission, needs};
use crate::command;
use crate::command::{Together, Version, Words};
use crate::ticket::TicketState as T;
use crate::ticket::rules::length;
use crate::ticket::{TicketNo, Verb};

use crate::ticket::verbs::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Merge
    ///
    /// Into the leading ticket about the same event; the open assignments end, the answer will be that of the leading ticket.
    Merge {
        /// The version that the sender saw.
        version: Version,
        /// Number of the leading ticket.
        into: TicketNo,
        /// Why it is the same event, at most 500 characters.
        reason: Option<Words<1, { length::REASON }>>,
    }
}

impl CaseVerb for Merge {
    type Of = Tickets;

    const EXAMPLE: &'static str =
        r#"{"version": 1, "into": "3201002026021401000123", "reason": "同一路段路灯不亮。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Merge,
        need: needs::DISPATCHING,
        on: On::Ticket,
        states: &[
            T::ToDispatch,
            T::IntakeFix,
            T::Dispatched,
            T::Handling,
            T::Suspended,
            T::Tracking,
        ],
        statuses: &[],
        rank: 7,
    };
}

impl Together for Merge {}

command! {
    /// Split
    ///
    /// Takes a merged ticket out again; it goes on by itself and waits for its dispatch.
    Split {
        /// The version that the sender saw.
        version: Version,
        /// Why it is another matter, 5 to 500 characters.
        reason: Words<{ length::REDO_MIN }, { length::REASON }>,
    }
}

impl CaseVerb for Split {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "reason": "实为另一路段，须单独办理。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Split,
        need: needs::DISPATCHING,
        on: On::Ticket,
        states: &[T::Merged],
        statuses: &[],
        rank: 1,
    };
}

impl Together for Split {}

command! {
    /// Words for one citizen
    ///
    /// On the leading ticket: what one of the merged tickets' citizens is told beside the answer to all.
    PrivateWords {
        /// The version that the sender saw.
        version: Version,
        /// Number of the merged ticket.
        ticket: TicketNo,
        /// What its citizen alone is told, at most 500 characters; without it nothing is said beside the answer.
        private_words: Option<Words<1, { length::REASON }>>,
    }
}

impl CaseVerb for PrivateWords {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "ticket": "3201002026021401000124", "private_words": "您门前的路灯已单独更换灯头。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::PrivateWords,
        need: Need::Permission(Permission::TicketPrivateWords),
        on: On::Ticket,
        states: &[
            T::Dispatched,
            T::Handling,
            T::ToReview,
            T::ToVisit,
            T::Suspended,
            T::Tracking,
        ],
        statuses: &[],
        rank: 6,
    };
}

impl Together for PrivateWords {}
