//! When verbs of a ticket's life fit that are no station of the main road: back to intake, three-way calls, the unit's own word, leaders who urge, bad
//! ratings, the bin.
//! Not here: verbs that ask the centre for something and the rulings on them (`super`).

use shared::fault::{Code, Fault};
use shared::ticket::Verb;
use store::record::{ApplicationCase, Assignment, TicketCase};

use super::{recall, refused, waits};
use crate::applications::with_unit;
use crate::process::said::{AT_DESK, AT_GATE};

/// The fault for a verb that does not fit now, of those that have no rule in the module above.
pub(super) fn admits(
    verb: Verb,
    case: &TicketCase,
    assignment: Option<&Assignment>,
) -> Result<(), Fault> {
    match verb {
        // Whatever could be dispatched now.
        Verb::ToIntake => waits(AT_GATE, case, None),
        // Whatever could be answered now.
        Verb::ThreeWay => waits(AT_DESK, case, None),
        Verb::Endorse => endorse(case, assignment),
        Verb::Press => recall(verb, case),
        Verb::Appease => upset(case),
        Verb::Recycle => recycle(case),
        Verb::Restore => Ok(()),
        // Most verbs fit when an open task of the process waits for them.
        _ => waits(verb, case, assignment),
    }
}

/// The unit's own word on what it asks.
fn endorse(case: &TicketCase, assignment: Option<&Assignment>) -> Result<(), Fault> {
    let assignment = assignment.ok_or_else(Fault::missing)?;
    match with_unit(case, assignment.id) {
        Some(_) => Ok(()),
        None => Err(Fault::new(Code::AssignmentNotAllowed)
            .fact("status", assignment.status)
            .fact("verb", Verb::Endorse)),
    }
}

/// A bad rating that came after the closing waits to be seen to.
fn upset(case: &TicketCase) -> Result<(), Fault> {
    match store::tickets::pool::upset(&case.ticket, &case.ratings) {
        Some(_) => Ok(()),
        None => Err(refused(Verb::Appease, case)),
    }
}

/// Nothing that others wait for: no ticket that leads others, and of what is over nothing that is asked about it.
fn recycle(case: &TicketCase) -> Result<(), Fault> {
    let leads = case.merged.iter().any(|it| it.answered_at.is_none());
    let waits = if case.ticket.state.is_open() {
        case.instance.is_none()
    } else {
        case.applications.iter().any(ApplicationCase::is_open)
    };
    if leads || waits {
        Err(refused(Verb::Recycle, case))
    } else {
        Ok(())
    }
}
