//! The history as the reader may see it: lines of the own part alone for a unit that was returned, notes for whom they are for.
//! Not here: the history itself (`tickets`), the ticket (`show`).

use shared::access::{ActorKind, needs};
use shared::ticket::Verb;
use shared::ticket::view::HistoryEvent;
use store::record::{Event, TicketCase};

use super::Eye;
use crate::tickets::notes;
use crate::tickets::rights::{self, is_own, own_part_only};
use crate::tickets::verbs::life::intake;
use crate::views::sight::Sight;

impl Eye<'_> {
    /// The history as this actor may see it.
    pub fn history(&self, case: &TicketCase, events: &[Event]) -> Vec<HistoryEvent> {
        let own_part = own_part_only(self.actor, case);
        let last = case
            .assignments
            .iter()
            .filter(|a| is_own(self.actor, a))
            .filter_map(|a| a.ended_at)
            .max();
        let is_told = |event: &Event| {
            let mut parts = case.assignments.iter();
            let part = parts.find(|part| Some(part.id) == event.assignment_id);
            !event.verb.is_of_directive()
                || part.is_some_and(|part| self.is_told_of_directives(case, part))
        };
        let seen = |event: &Event| {
            !own_part
                || event.assignment_id.is_some_and(|id| {
                    case.assignments
                        .iter()
                        .any(|a| a.id == id && is_own(self.actor, a))
                })
                || (event.assignment_id.is_none() && last.is_some_and(|last| event.at < last))
        };
        events
            .iter()
            .filter(|event| seen(event) && is_told(event))
            .filter(|event| !event.verb.is_note() || self.reads(case, event))
            .map(|event| self.event(case, event))
            .collect()
    }

    /// Whether a note is for this reader: every note in a centre; in a unit those of its own people, and those that name the reader.
    fn reads(&self, case: &TicketCase, note: &Event) -> bool {
        let scope = needs::TICKETS.scope(self.actor);
        let of_centre = scope.is_some_and(|scope| !rights::is_unit_view(&scope, case));
        let unit = note.unit.as_deref();
        let named = || {
            let user = self.actor.user().map(|user| user.to_string());
            let ids = note.facts.get(notes::COPIED_TO);
            let mut ids = ids.map_or("", String::as_str).split(',');
            user.is_some_and(|user| ids.any(|id| id == user))
        };
        of_centre || unit.is_some_and(|unit| self.actor.is_at(unit)) || named()
    }

    fn event(&self, case: &TicketCase, event: &Event) -> HistoryEvent {
        // What the process tells of a unit's part names the unit: several parts may be overdue at one moment.
        let told_of = event.assignment_id.filter(|_| event.verb.is_of_process());
        let part = told_of.and_then(|id| case.assignments.iter().find(|a| a.id == id));
        let unit = event.unit.as_ref().or(part.map(|part| &part.unit));
        let mut facts = event.facts.clone();
        for name in intake::WORDS_BEFORE {
            if let Some(words) = facts.get_mut(name) {
                *words = Sight::of_case(self.actor, case).words(words);
            }
        }
        HistoryEvent {
            seq: event.seq,
            verb: event.verb,
            at: event.at,
            done_at: event.done_at,
            actor: event.doer(nameless(event.verb)),
            actor_code: event.actor_code.clone(),
            by: event.by_name.clone(),
            unit: unit.map(|code| self.reference.unit_at(code, Some(event.at))),
            from_state: event.from_state,
            to_state: event.to_state,
            note: event.note.clone(),
            facts,
        }
    }
}

/// Whose a line without a name is, in histories of earlier releases.
fn nameless(verb: Verb) -> ActorKind {
    match verb {
        Verb::Register | Verb::Urge | Verb::Rate | Verb::Withdraw => ActorKind::Citizen,
        verb if verb.is_of_process() => ActorKind::Process,
        _ => ActorKind::System,
    }
}
