//! What a verb adds to a case and never changes: history, calls, ratings, clock entries, messages, audit rows.
//! Not here: assignments' own clock entries (`assignments`), the words of messages (`crate::notices`).

use shared::ticket::Verb;
use store::record::{AuditEntry, ClockEntry, ClockKind, Event, FollowUp, OutboxMessage, Rating};

use super::{Draft, Told};
use crate::cases::rights;
use crate::notices::{About, Notice};

impl Draft<'_> {
    /// Adds a follow-up call.
    pub fn add_follow_up(&mut self, call: FollowUp) {
        self.follow_ups.push(call.clone());
        self.case.follow_ups.push(call);
    }

    /// Adds a rating: the first stays the first, the latest is replaced.
    pub fn add_rating(&mut self, rating: Rating) {
        if self.case.ratings.is_empty() {
            self.case.ticket.first_satisfaction = rating.satisfaction;
        }
        self.case.ticket.latest_satisfaction = rating.satisfaction;
        if rating.solved.is_some() {
            self.case.ticket.solved = rating.solved;
        }
        self.ratings.push(rating.clone());
        self.case.ratings.push(rating);
    }

    /// Writes one history event; the state it leads to is filled in at the end.
    pub fn event(&mut self, verb: Verb, told: Told) {
        let actor = self.scene.actor;
        let seq = self.case.last_seq + i32::try_from(self.events.len()).unwrap_or(i32::MAX) + 1;
        self.events.push(Event {
            case_id: self.case.ticket.id.into(),
            seq,
            verb,
            at: self.recorded_at(),
            by: actor.user,
            by_name: actor.user.map(|_| actor.name.clone()),
            unit: actor.unit.clone(),
            assignment_id: told.assignment,
            element: None,
            task_no: None,
            from_state: self.from_state,
            to_state: self.case.ticket.state,
            note: told.note,
            facts: told.facts,
        });
    }

    /// Writes an entry of the ticket's own clock with its present deadline.
    pub fn ticket_clock(&mut self, kind: ClockKind) {
        let ticket = &self.case.ticket;
        self.clock.push(ClockEntry {
            case_id: ticket.id.into(),
            assignment_id: None,
            at: self.scene.now,
            kind,
            due_at: ticket.due_at,
            limit_rule: ticket.limit_rule,
            provisional: ticket.provisional,
        });
    }

    /// Writes a text message to the citizen, when there is a mobile number.
    pub fn notify(&mut self, notice: &Notice<'_>) {
        let ticket = &self.case.ticket;
        let Some(phone) = ticket
            .citizen
            .as_ref()
            .and_then(|citizen| citizen.phone.as_deref())
            .filter(|phone| shared::person::phone::is_mobile(phone))
        else {
            return;
        };
        let about = About {
            no: &ticket.ticket_no,
            discreet: rights::is_discreet(ticket),
            public_url: self.scene.public_url,
        };
        self.outbox.push(OutboxMessage {
            id: self.scene.ids.new_id(self.scene.now),
            ticket_id: Some(ticket.id),
            channel: "sms".to_owned(),
            to: phone.to_owned(),
            body: notice.text(about),
            at: self.scene.now,
        });
    }

    /// Adds an audit row to the verb's transaction.
    pub fn audit(&mut self, entry: AuditEntry) {
        self.audit.push(entry);
    }
}
