//! Whether a scope reaches a case or one of its assignments.
//! The store applies the same scopes in SQL (I7); here they are asked once more on the loaded case, before every write (I6).
//! Not here: what a verb asks (`shared::ticket::Verb::need`), who holds what (`shared::access::policy`).

use shared::access::{Actor, Scope, Seen, needs};
use shared::ticket::{AssignmentStatus, RequestKind};
use store::record::{Assignment, Ticket, TicketCase};

/// Whether the scope reaches the ticket: through its registrar, its region, or any active or past assignment.
pub fn covers(scope: &Scope, case: &TicketCase) -> bool {
    let units: Vec<(&str, &str)> = case
        .assignments
        .iter()
        .map(|a| (a.unit.as_str(), a.unit_path.as_str()))
        .collect();
    scope.covers(Seen {
        by: case.ticket.accepted_by,
        region: &case.ticket.region,
        units: &units,
    })
}

/// Whether the scope reaches this assignment: a unit reaches only its own part.
pub fn covers_assignment(scope: &Scope, case: &TicketCase, assignment: &Assignment) -> bool {
    if scope.is_of_unit() {
        scope.covers_unit(&assignment.unit, &assignment.unit_path)
    } else {
        covers(scope, case)
    }
}

/// Whether units must not learn who speaks: the citizen asked for it, or it is a tip-off (`domain.md` 0, item 8).
pub fn is_discreet(ticket: &Ticket) -> bool {
    ticket.confidential || ticket.kind == RequestKind::TipOff
}

/// Whether the actor sees the ticket only through assignments that were returned or recalled.
pub fn own_part_only(actor: &Actor, case: &TicketCase) -> bool {
    let Some(scope) = needs::TICKETS.scope(actor) else {
        return true;
    };
    scope.is_of_unit()
        && !case.assignments.iter().any(|a| {
            !matches!(
                a.status,
                AssignmentStatus::Returned | AssignmentStatus::Recalled
            ) && covers_assignment(&scope, case, a)
        })
}

/// Whether the assignment is one of the actor's unit or of a unit below it.
pub fn is_own(actor: &Actor, assignment: &Assignment) -> bool {
    actor.unit.as_deref() == Some(assignment.unit.as_str())
        || actor
            .unit_path
            .as_deref()
            .is_some_and(|path| assignment.unit_path.starts_with(path))
}
