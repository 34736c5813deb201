//! Which verb fits which state: the courtesy check before the process is asked, and what pages show as buttons.
//! Not here: the states of each verb (`ticket::verbs`), where a verb leads (the process definition decides), who may (`access`).
//! The table is a snapshot test, so that a change is read by a person.

use crate::fault::{Code, Fault};
use crate::ticket::{AssignmentStatus, TicketState, Verb};

/// Whether the verb fits a ticket in this state. Verbs of assignments also need the assignment's status.
pub fn fits_ticket(verb: Verb, state: TicketState) -> bool {
    verb.descriptor().states.contains(&state)
}

/// Whether the verb fits an assignment of this status.
pub fn fits_assignment(verb: Verb, status: AssignmentStatus) -> bool {
    verb.descriptor().statuses.contains(&status)
}

/// The fault for a verb that does not fit the ticket.
///
/// # Errors
/// `ticket.archived` for one that is; `ticket.flow.not_allowed` with `state` and `verb` for others.
pub fn ticket(verb: Verb, state: TicketState) -> Result<(), Fault> {
    if fits_ticket(verb, state) {
        return Ok(());
    }
    if state == TicketState::Archived {
        return Err(Fault::new(Code::TicketArchived));
    }
    Err(Fault::new(Code::FlowNotAllowed)
        .fact("state", state)
        .fact("verb", verb))
}

/// The fault for a verb that does not fit the assignment.
///
/// # Errors
/// `assignment.flow.not_allowed` with `status` and `verb`.
pub fn assignment(verb: Verb, status: AssignmentStatus) -> Result<(), Fault> {
    if fits_assignment(verb, status) {
        return Ok(());
    }
    Err(Fault::new(Code::AssignmentNotAllowed)
        .fact("status", status)
        .fact("verb", verb))
}

/// The table as text: one line per verb with the states that it fits.
pub fn table() -> String {
    let words = |list: Vec<&'static str>| {
        if list.is_empty() {
            "-".to_owned()
        } else {
            list.join(" ")
        }
    };
    let mut out = String::new();
    for verb in Verb::ALL {
        let states = TicketState::ALL
            .iter()
            .filter(|state| fits_ticket(*verb, **state))
            .map(|state| state.as_str())
            .collect();
        let statuses = AssignmentStatus::ALL
            .iter()
            .filter(|status| fits_assignment(*verb, **status))
            .map(|status| status.as_str())
            .collect();
        out.push_str(&format!(
            "{verb:<16} ticket: {}\n{:<16} assignment: {}\n",
            words(states),
            "",
            words(statuses)
        ));
    }
    out
}
