//! What a verb adds to a ticket and never changes: calls, ratings, entries of the ticket's own clock, notices to the citizen.
//! Not here: the history (`host::working_copy`), assignments' own clock entries (`assignments`), the words of messages (`shared::text::sms`).

use shared::text::sms::{self, About, Notice};
use store::record::{ClockEntry, ClockKind, FollowUp, OutboxMessage, Rating};

use super::WorkingCopy;
use crate::tickets::rights;

impl WorkingCopy<'_> {
    /// Adds a follow-up call.
    pub fn add_follow_up(&mut self, call: FollowUp) {
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
        self.case.ratings.push(rating);
    }

    /// Writes an entry of the ticket's own clock with its present deadline.
    pub fn ticket_clock(&mut self, kind: ClockKind) {
        let ticket = &self.case.ticket;
        let entry = ClockEntry {
            case_id: ticket.id.into(),
            assignment_id: None,
            at: self.scene.now,
            kind,
            due_at: ticket.due_at,
            limit_rule: ticket.limit_rule,
            provisional: ticket.provisional,
        };
        self.ledger(entry);
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
        let message = OutboxMessage {
            id: self.scene.ids.new_id(self.scene.now),
            ticket_id: Some(ticket.id),
            channel: "sms".to_owned(),
            to: phone.to_owned(),
            body: notice.text(about, sms::LANGUAGE),
            at: self.scene.now,
        };
        self.send(message);
    }
}
