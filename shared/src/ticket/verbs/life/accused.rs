//! Name the unit complained about (认定被举报单位): neither it nor a unit below it sees the ticket from then on, nor gets it. Whoever dispatches says it
//! where the citizen gave only words, or names another one, or none.
//! Not here: who sees it (`access::scope`), what registering says of it (`command::Register`).

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{Together, UnitCode, Version, Words};
use crate::ticket::TicketState as T;
use crate::ticket::Verb;
use crate::ticket::rules::length;

use crate::ticket::verbs::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Name the unit complained about
    ///
    /// It and the units below it see nothing of the ticket; without one nobody is kept from it any more.
    NameAccused {
        /// The version that the sender saw.
        version: Version,
        /// The unit's code; none when nobody is to be avoided.
        accused_unit: Option<UnitCode>,
        /// Why, at most 500 characters.
        reason: Words<1, { length::REASON }>,
    }
}

impl CaseVerb for NameAccused {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "accused_unit": "320100-CGJ", "reason": "诉求内容写明举报该单位工作人员。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::NameAccused,
        need: Need::Permission(Permission::TicketDispatch),
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
        ],
        statuses: &[],
        rank: 21,
    };
}

impl Together for NameAccused {}
