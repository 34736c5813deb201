//! Link (关联) and unlink (取消关联): two tickets that have to do with each other and go on each by itself.
//! Not here: merging, after which one leads (`merge`), the kinds of links (`ticket::together`).
//! A link is seen from both sides, by whoever sees both tickets. What is over is linked as well: the line stands behind what an archive has sealed.

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{Together, Version, Words};
use crate::ticket::TicketState as T;
use crate::ticket::rules::length;
use crate::ticket::together::LinkKind;
use crate::ticket::{TicketNo, Verb};

use crate::ticket::verbs::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Link
    ///
    /// To another ticket in reach; both go on by themselves.
    Link {
        /// The version that the sender saw.
        version: Version,
        /// Number of the other ticket.
        ticket: TicketNo,
        /// What they have to do with each other.
        link: LinkKind,
        /// What else is to be known, at most 500 characters.
        link_note: Option<Words<1, { length::REASON }>>,
    }
}

impl CaseVerb for Link {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "ticket": "3201002026021401000124", "link": "same_place", "link_note": "同一小区，一并查看。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Link,
        need: Need::Permission(Permission::TicketLink),
        on: On::Ticket,
        states: &[
            T::ToDispatch,
            T::IntakeFix,
            T::Dispatched,
            T::Handling,
            T::ToReview,
            T::ToVisit,
            T::Suspended,
            T::Tracking,
            T::Closed,
            T::NotAccepted,
            T::Terminated,
            T::Archived,
        ],
        statuses: &[],
        rank: 8,
    };
}

impl Together for Link {}

command! {
    /// Unlink
    ///
    /// From another ticket, with a reason; all links to it end.
    Unlink {
        /// The version that the sender saw.
        version: Version,
        /// Number of the other ticket.
        ticket: TicketNo,
        /// Why, at most 500 characters.
        reason: Words<1, { length::REASON }>,
    }
}

impl CaseVerb for Unlink {
    type Of = Tickets;

    const EXAMPLE: &'static str =
        r#"{"version": 1, "ticket": "3201002026021401000124", "reason": "核实为不同地点。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Unlink,
        rank: 9,
        ..Link::DESCRIPTOR
    };
}

impl Together for Unlink {}
