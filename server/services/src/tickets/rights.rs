//! Whether a scope reaches a case or one of its assignments.
//! The store applies the same scopes in SQL (I7); here they are asked once more on the loaded case, before every write (I6).
//! Not here: what a verb asks (`shared::ticket::Verb::need`), who holds what (`shared::access::policy`).

use shared::access::{Actor, Scope, Seen, needs};
use shared::ticket::{AssignmentStatus, RequestKind};
use store::record::{Assignment, Ticket, TicketCase};

use crate::reference::Reference;

/// Whether the scope reaches the ticket: through its registrar, its region, or any active or past assignment.
pub fn covers(scope: &Scope, case: &TicketCase) -> bool {
    through(scope, case).is_some()
}

/// The part of a scope through which the ticket is seen.
pub fn through<'s>(scope: &'s Scope, case: &TicketCase) -> Option<&'s Scope> {
    scope.through(seen(case, &units(case)))
}

/// Code and path of every unit that has or had a part in a case.
pub fn units(case: &TicketCase) -> Vec<(&str, &str)> {
    let parts = case.assignments.iter();
    parts
        .map(|a| (a.unit.as_str(), a.unit_path.as_str()))
        .collect()
}

/// A case as scopes look at it.
pub fn seen<'a>(case: &'a TicketCase, units: &'a [(&'a str, &'a str)]) -> Seen<'a> {
    Seen {
        by: case.ticket.accepted_by,
        region: &case.ticket.region,
        units,
        accused: case.ticket.accused_unit.as_deref(),
    }
}

/// The part of a scope through which the ticket is seen, as far as its row tells: of the units it knows the lead alone.
pub fn row_through<'s>(
    scope: &'s Scope,
    reference: &Reference,
    ticket: &Ticket,
) -> Option<&'s Scope> {
    let lead = lead_of(reference, ticket);
    scope.through(seen_row(ticket, &lead))
}

/// Code and path of the unit that leads, which of all its units the row of a ticket tells.
pub(crate) fn lead_of<'r>(reference: &'r Reference, ticket: &Ticket) -> Vec<(&'r str, &'r str)> {
    let lead = ticket.lead_unit.as_deref();
    let lead = lead.and_then(|code| reference.units.get(code));
    lead.into_iter()
        .map(|unit| (unit.code.as_str(), unit.path.as_str()))
        .collect()
}

/// The row of a ticket as scopes look at it, with the unit that leads.
pub(crate) fn seen_row<'t>(ticket: &'t Ticket, lead: &'t [(&'t str, &'t str)]) -> Seen<'t> {
    Seen {
        by: ticket.accepted_by,
        region: &ticket.region,
        units: lead,
        accused: ticket.accused_unit.as_deref(),
    }
}

/// Whether the ticket is seen as a handling unit sees it.
pub fn is_unit_view(scope: &Scope, case: &TicketCase) -> bool {
    through(scope, case).unwrap_or(scope).is_of_unit()
}

/// Whether the scope reaches this assignment: a unit reaches only its own part.
pub fn covers_assignment(scope: &Scope, case: &TicketCase, assignment: &Assignment) -> bool {
    if is_unit_view(scope, case) {
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
    is_unit_view(&scope, case)
        && !case.assignments.iter().any(|a| {
            !matches!(
                a.status,
                AssignmentStatus::Returned | AssignmentStatus::Recalled
            ) && covers_assignment(&scope, case, a)
        })
}

/// Whether the assignment is one of a unit where the actor works, or of a unit below one.
pub fn is_own(actor: &Actor, assignment: &Assignment) -> bool {
    actor.is_at(&assignment.unit) || actor.is_above(&assignment.unit_path)
}
