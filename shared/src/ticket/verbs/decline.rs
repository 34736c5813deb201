//! Decline (不予受理): the agent proposes with a reason code (`domain.md` 3.2, row 4).
//! Not here: the ruling on it (`confirm_decline`).
//! NA01 names the route in its explanation.

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{RowCode, Together, Version, Words};
use crate::ticket::rules::length;
use crate::ticket::TicketState as T;
use crate::ticket::{DeclineReason, Verb};

use super::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Decline
    ///
    /// Proposes not to accept the request; a dispatcher confirms.
    Decline {
        /// The version that the sender saw.
        version: Version,
        /// Why.
        reason: DeclineReason,
        /// Explanation for the citizen, 10 to 1,000 characters; NA01 names the route.
        explanation: Words<{ length::EXPLANATION_MIN }, { length::EXPLANATION }>,
        /// Code of one of the office's reasons that are offered here (`reasons` of the ticket).
        cause: Option<RowCode>,
    }
}

impl CaseVerb for Decline {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "reason": "NA02", "explanation": "该事项已进入信访渠道，请向原受理机关查询办理进展。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Decline,
        need: Need::Permission(Permission::TicketDecline),
        on: On::Ticket,
        states: &[T::Draft, T::ToDispatch, T::IntakeFix],
        statuses: &[],
        rank: 5,
    };
}

impl Together for Decline {}
