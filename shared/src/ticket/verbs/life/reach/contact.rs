//! Contact the citizen (联系诉求人): each try of the unit, by whatever way, reached or not (`domain.md` 3.2, row 11). The first that reaches, or the
//! third try, ends the limit of the first contact.
//! Not here: the centre's follow-up calls (`follow_up`), what the reply says of it (`reply`).

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{Sent, Together, Version, Words};
use crate::fault::{Check, Code};
use crate::ids::FileId;
use crate::place::{Latitude, Longitude};
use crate::ticket::AssignmentStatus as A;
use crate::ticket::TicketState as T;
use crate::ticket::rules::length;
use crate::ticket::{ContactWay, Verb};

use super::site::evidence;
use crate::ticket::verbs::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Contact the citizen
    ///
    /// One try, with whether it reached anybody.
    Contact {
        /// The version that the sender saw.
        version: Version,
        /// How.
        way: ContactWay,
        /// Whether the citizen was reached.
        reached: bool,
        /// Which number, or what was said; at most 500 characters.
        note: Option<Words<1, { length::REASON }>>,
        /// Longitude of where it was, in degrees (GCJ-02), with latitude.
        lon: Option<Longitude>,
        /// Latitude in degrees (GCJ-02).
        lat: Option<Latitude>,
        /// Ids of files that hang on the ticket and prove it, such as photos; at most 9.
        files: Vec<FileId>,
    }
}

impl CaseVerb for Contact {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "way": "call", "reached": true, "note": "已电话联系，约定周三上午上门查看。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Contact,
        need: Need::Permission(Permission::AssignmentReply),
        on: On::Assignment,
        states: &[T::Dispatched, T::Handling, T::Suspended, T::Tracking],
        statuses: &[A::Signed, A::SubAssigned, A::Handling, A::UnitReview],
        rank: 3,
    };
    const ENTERED_LATER: bool = true;
}

impl Together for Contact {
    fn check(sent: &Sent, check: &mut Check) {
        evidence(sent, check);
        // What the gateway connects it notes itself.
        if sent.peek::<ContactWay>("way") == Some(ContactWay::Bridge) {
            check.add("way", Code::InputCode);
        }
    }
}
