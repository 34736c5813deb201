//! Which verb fits which state: the courtesy check before the process is asked, and what pages show as buttons.
//! Not here: where a verb leads (the process definition decides), who may (`access`).
//! The table is a snapshot test, so that a change is read by a person.

use crate::fault::{Code, Fault};
use crate::ticket::AssignmentStatus as A;
use crate::ticket::TicketState as T;
use crate::ticket::{AssignmentStatus, TicketState, Verb};

/// Whether the verb fits a ticket in this state. Verbs of assignments also need the assignment's status.
pub const fn fits_ticket(verb: Verb, state: TicketState) -> bool {
    match verb {
        Verb::Register => matches!(state, T::Draft),
        Verb::Answer | Verb::Decline => matches!(state, T::Draft | T::ToDispatch | T::IntakeFix),
        Verb::ConfirmDecline | Verb::Dispatch => matches!(state, T::ToDispatch),
        Verb::Recall
        | Verb::Sign
        | Verb::SendBack
        | Verb::Rule
        | Verb::Reply
        | Verb::UnitReview => matches!(state, T::Dispatched | T::Handling),
        Verb::Review => matches!(state, T::ToReview),
        Verb::FollowUp | Verb::Close => matches!(state, T::ToVisit),
        Verb::Redo => matches!(state, T::ToVisit | T::Closed),
        Verb::Withdraw => matches!(
            state,
            T::ToDispatch | T::IntakeFix | T::Dispatched | T::Handling
        ),
        Verb::Urge => matches!(
            state,
            T::ToDispatch
                | T::IntakeFix
                | T::Dispatched
                | T::Handling
                | T::ToReview
                | T::Suspended
                | T::Tracking
        ),
        Verb::Rate => matches!(state, T::ToVisit | T::Closed),
        Verb::Reveal => !matches!(state, T::Draft),
        Verb::Ring | Verb::Serve | Verb::Message => false,
        // Whatever the state: the process stands still.
        Verb::Retry | Verb::Skip => true,
    }
}

/// Whether the verb fits an assignment of this status.
pub const fn fits_assignment(verb: Verb, status: AssignmentStatus) -> bool {
    match verb {
        Verb::Sign => matches!(status, A::ToSign),
        Verb::SendBack | Verb::Rule => matches!(status, A::ToSign | A::Signed | A::Handling),
        Verb::Reply => matches!(status, A::Signed | A::Handling),
        Verb::UnitReview => matches!(status, A::UnitReview),
        Verb::Recall => status.is_open(),
        _ => false,
    }
}

/// The fault for a verb that does not fit the ticket.
///
/// # Errors
/// `ticket.flow.not_allowed` with `state` and `verb`.
pub fn ticket(verb: Verb, state: TicketState) -> Result<(), Fault> {
    if fits_ticket(verb, state) {
        return Ok(());
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
