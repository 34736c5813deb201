//! Send back (退单): the unit says that it is not its matter (`domain.md` 3.2, row 8).
//! Not here: the ruling on it (`rule`).
//! It relies on a row of the areas of responsibility, or on what is written, and may name who should have it. Each unit is heard once in a cycle
//! (`rules::dispute`).

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{RowCode, Sent, Together, UnitCode, Version, Words};
use crate::fault::{Check, Code};
use crate::ticket::rules::length;
use crate::ticket::AssignmentStatus as A;
use crate::ticket::TicketState as T;
use crate::ticket::{ReturnReason, Verb};

use super::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Send back
    ///
    /// With a reason code; the dispatcher upholds the dispatch or gives it to another unit.
    SendBack {
        /// The version that the sender saw.
        version: Version,
        /// Why.
        reason: ReturnReason,
        /// The facts, 10 to 1,000 characters.
        explanation: Words<{ length::EXPLANATION_MIN }, { length::EXPLANATION }>,
        /// Unit to whose areas of responsibility the matter of that place belongs; this or `basis`.
        duty: Option<UnitCode>,
        /// Law, policy or decision that it relies on, at most 500 characters; this or `duty`.
        basis: Option<Words<{ length::BASIS_MIN }, { length::REASON }>>,
        /// Another unit, that should have it; that of `duty` when absent.
        suggested_unit: Option<UnitCode>,
        /// Code of one of the office's reasons that are offered here (`reasons` of the ticket).
        cause: Option<RowCode>,
    }
}

impl CaseVerb for SendBack {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "reason": "wrong_duty", "explanation": "屋面维修由物业主管部门负责，不属于本单位职责。", "basis": "《南京市政府部门权责清单》", "suggested_unit": "320100-CGJ"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::SendBack,
        need: Need::Permission(Permission::AssignmentSendBack),
        on: On::Assignment,
        states: &[T::Dispatched, T::Handling],
        statuses: &[A::ToSign, A::Signed, A::Handling],
        rank: 5,
    };
    const ENTERED_LATER: bool = true;
}

impl Together for SendBack {
    fn check(sent: &Sent, check: &mut Check) {
        if !sent.has("duty") && !sent.has("basis") {
            check.add("basis", Code::InputRequired);
        }
    }
}
