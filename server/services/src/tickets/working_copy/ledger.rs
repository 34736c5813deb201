//! What an entry of the clock ledger says beside the deadline of now: what was added since the entry before it, the deadline until then, why and by whom.
//! Nothing is read for it: what the clock was stands in the case as it was loaded and in the entries that the verb has written already.
//! Not here: what the entries make of a deadline (`shared::calendar::ledger`), where they are shown (`views::ledger`).

use shared::calendar::{Added, Instant};
use shared::ids::AssignmentId;
use store::record::{ClockEntry, TicketCase};

use super::WorkingCopy;
use crate::tickets::clocks;

/// A clock at one moment.
#[derive(Default)]
struct Stood {
    added: Added,
    due_at: Option<Instant>,
}

impl Stood {
    /// The clock of a ticket or of one of its assignments.
    fn of(case: &TicketCase, assignment: Option<AssignmentId>) -> Option<Self> {
        let Some(id) = assignment else {
            return Some(Self {
                added: clocks::added_to_ticket(&case.ticket),
                due_at: case.ticket.due_at,
            });
        };
        let part = case.assignments.iter().find(|part| part.id == id)?;
        Some(Self {
            added: clocks::added(part),
            due_at: part.due_at,
        })
    }
}

impl WorkingCopy<'_> {
    /// Writes an entry, with what is other than at the entry before.
    pub(super) fn enter(&mut self, mut entry: ClockEntry) {
        if !entry.kind.is_beside() {
            let before = self.before();
            let before = before.and_then(|case| Stood::of(case, entry.assignment_id));
            let mut before = before.unwrap_or_default();
            let told = self.told().iter();
            let same = told.filter(|it| it.assignment_id == entry.assignment_id);
            for told in same.filter(|it| !it.kind.is_beside()) {
                before.added.days += told.added_days;
                before.added.paused += told.added_minutes;
                before.added.promised = told.promised_at.or(before.added.promised);
                before.due_at = told.due_at;
            }
            let now = Stood::of(&self.case, entry.assignment_id).unwrap_or_default();
            entry.added_days = now.added.days - before.added.days;
            entry.added_minutes = now.added.paused - before.added.paused;
            let promised = now.added.promised;
            entry.promised_at = promised.filter(|_| promised != before.added.promised);
            entry.due_before = before.due_at;
        }
        self.ledger(entry);
    }

    /// Says in each entry which verb it was, and whose.
    pub(super) fn sign_ledger(&mut self) {
        let mut events = self.events().iter();
        let first = self.events().first();
        let verb = events.find(|event| !event.verb.is_of_process()).or(first);
        let reason = verb.map(|event| event.verb.as_str().to_owned());
        let actor = self.scene.actor;
        let (kind, name) = (actor.who.kind(), actor.signature());
        for entry in self.told_mut() {
            entry.reason.clone_from(&reason);
            entry.actor = Some(kind);
            entry.by_name.clone_from(&name);
        }
    }
}
