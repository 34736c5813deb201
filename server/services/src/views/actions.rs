//! What an actor may do now: exactly the verbs that the runner would admit, by right, scope, flow and open task.
//! A button that is shown works; a verb that is not shown is refused (I6 is kept by the runner, not by this list).
//! Not here: the checks themselves (`tickets::flow`, `tickets::rights`).

use shared::ticket::Verb;
use shared::ticket::verbs::On;
use store::record::{Assignment, TicketCase};

use super::show::Eye;
use crate::tickets::flow::{self, Today};
use crate::tickets::verbs::life::reach::{place_call, relay};
use crate::tickets::{rights, tree};

/// The verbs that are done to a ticket or to an assignment, what the stage waits for first.
fn verbs_on(on: On) -> Vec<Verb> {
    let mut verbs: Vec<Verb> = Verb::of_people()
        .filter(|verb| verb.descriptor().on == on)
        .collect();
    verbs.sort_by_key(|verb| verb.descriptor().rank);
    verbs
}

/// What the actor may do with the ticket now.
pub fn of_ticket(eye: &Eye<'_>, case: &TicketCase) -> Vec<Verb> {
    let today = Today::of(eye.reference, eye.now);
    // Who has no part any more says nothing to citizens.
    let is_past = rights::own_part_only(eye.actor, case);
    let may = |verb: Verb| {
        let scope = verb.need().scope(eye.actor);
        scope.is_some_and(|scope| rights::covers(&scope, case))
            && !(verb == Verb::PrivateWords && is_past)
    };
    verbs_on(On::Ticket)
        .into_iter()
        .filter(|verb| may(*verb) && flow::admits(*verb, case, None, &today).is_ok())
        .collect()
}

/// What the actor may do with one assignment now.
pub fn of_assignment(eye: &Eye<'_>, case: &TicketCase, assignment: &Assignment) -> Vec<Verb> {
    let today = Today::of(eye.reference, eye.now);
    let may = |verb: Verb| {
        verb.need()
            .scope(eye.actor)
            .is_some_and(|scope| rights::covers_assignment(&scope, case, assignment))
            && offered(eye, case, (verb, assignment))
    };
    verbs_on(On::Assignment)
        .into_iter()
        .filter(|verb| may(*verb) && flow::admits(*verb, case, Some(assignment), &today).is_ok())
        .collect()
}

/// Whether there is anything to choose, and the actor somebody to whom it can come.
fn offered(eye: &Eye<'_>, case: &TicketCase, (verb, assignment): (Verb, &Assignment)) -> bool {
    match verb {
        Verb::SubAssign => !tree::units_below(eye.reference, case, assignment).is_empty(),
        Verb::Relay => relay::unfit(&case.ticket).is_none(),
        Verb::PlaceCall => place_call::is_fit(&case.ticket, eye.reference.calls_a_day),
        Verb::Take => eye.actor.is_at(&assignment.unit),
        _ => true,
    }
}
