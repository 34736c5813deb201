//! How urgent a request is said to be (分级): the office's matrix proposes it from impact and haste; whoever says otherwise says why.
//! Not here: the matrix (`register::holding`), the limits that follow (`opening`).
//! Without both, or without a row for them, the agent's word counts alone.

use shared::fault::{Check, Code};
use shared::ticket::command::Register;
use shared::ticket::verbs::Dispatch;
use shared::ticket::{Urgency, level};
use store::record::Ticket;

use crate::reference::Reference;
use crate::tickets::working_copy::Told;

/// What the matrix proposes for a request at a place.
pub(crate) fn proposed(reference: &Reference, region: &str, command: &Register) -> Option<Urgency> {
    let matrix = reference.lists.levels(region);
    level::proposed(&matrix, command.impact, command.haste)
}

/// Asks for the reason of another level than is proposed.
pub(crate) fn check(
    reference: &Reference,
    (region, command): (&str, &Register),
    check: &mut Check,
) {
    let both = proposed(reference, region, command).zip(command.urgency);
    let differs = both.is_some_and(|(proposed, said)| proposed != said);
    if differs && command.urgency_reason.is_none() {
        check.add("urgency_reason", Code::InputRequired);
    }
}

/// Impact and haste with what they propose, and why it is another level, for the line of the history.
pub(crate) fn told(
    reference: &Reference,
    (command, ticket): (&Register, &Ticket),
    mut told: Told,
) -> Told {
    if let Some(impact) = command.impact {
        told = told.fact("impact", impact);
    }
    if let Some(haste) = command.haste {
        told = told.fact("haste", haste);
    }
    let Some(proposed) = proposed(reference, &ticket.region, command) else {
        return told;
    };
    told = told
        .fact("proposed", proposed)
        .fact("urgency", ticket.urgency);
    if proposed == ticket.urgency {
        return told;
    }
    told.note(command.urgency_reason.as_deref())
}

/// That whoever dispatches says otherwise, and why.
pub(crate) fn told_change(
    told: Told,
    (before, after): (Urgency, Urgency),
    command: &Dispatch,
) -> Told {
    let why = command.urgency_reason.as_deref();
    match why.filter(|_| before != after) {
        Some(why) => told.fact("urgency", after).fact("urgency_reason", why),
        None => told,
    }
}
