//! Call without the number (电话联系诉求人，不见号码): the gateway calls the handler, then the citizen, and connects the two; the handler learns no number.
//! It counts as a try of the unit to reach the citizen; what came of it is entered as any other contact.
//! Not here: who connects them (`services::gateway::call`), how often (`register::Keep::CALLS`).

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{Together, Version};
use crate::person::PhoneNumber;
use crate::ticket::AssignmentStatus as A;
use crate::ticket::TicketState as T;
use crate::ticket::Verb;

use crate::ticket::verbs::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Call without the number
    ///
    /// The own telephone rings first, then the citizen's; neither sees the other's number.
    PlaceCall {
        /// The version that the sender saw.
        version: Version,
        /// The caller's own telephone, which rings first.
        own_number: PhoneNumber,
    }
}

impl CaseVerb for PlaceCall {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "own_number": "13700137000"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::PlaceCall,
        need: Need::Permission(Permission::AssignmentReply),
        on: On::Assignment,
        states: &[T::Dispatched, T::Handling, T::Suspended, T::Tracking],
        statuses: &[A::Signed, A::SubAssigned, A::Handling, A::UnitReview],
        rank: 4,
    };
}

impl Together for PlaceCall {}
