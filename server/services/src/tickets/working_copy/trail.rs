//! What a verb adds to a ticket and never changes: calls, tries to reach the citizen, ratings, entries of the ticket's own clock, notices to the citizen and to people of the house.
//! Not here: the history (`host::working_copy`), assignments' own clock entries (`assignments`), the words of messages (`shared::text::sms`).

use shared::access::Role;
use shared::calendar::Instant;
use shared::notice::{Audience, NoticeKind, Told};
use shared::register::{ToldEvent, ToldWay};
use shared::text::sms::{self, About, Notice};
use shared::ticket::command::Citizen;
use shared::ticket::{TicketState, Urgency};
use store::record::{ClockEntry, ClockKind, Contact, FollowUp, OutboxMessage, Rating};

use super::WorkingCopy;
use crate::gateway::inside::{self, Subject};
use crate::gateway::{MAIL, SMS};
use crate::host::Other;
use crate::tickets::{clocks, flow, ladder, rights};

impl WorkingCopy<'_> {
    /// Adds a follow-up call.
    pub fn add_follow_up(&mut self, call: FollowUp) {
        self.case.follow_ups.push(call);
    }

    /// Adds a try to reach the citizen.
    pub fn add_contact(&mut self, contact: Contact) {
        self.case.contacts.push(contact);
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
        let is_upset = self.case.ticket.state == TicketState::Closed && flow::is_bad(&rating);
        self.case.ratings.push(rating);
        if is_upset {
            self.tell_of_upset();
        }
    }

    /// Tells those who call citizens that a closed ticket was rated badly.
    fn tell_of_upset(&mut self) {
        let region = &self.case.ticket.region;
        let callers = ladder::of_centre(self.scene.reference, region, &[Role::FollowUp]);
        if let Some(callers) = callers {
            self.tell(NoticeKind::Upset, &callers);
        }
    }

    /// Writes an entry of the ticket's own clock with its present deadline.
    pub fn ticket_clock(&mut self, kind: ClockKind) {
        self.ticket_clock_from(kind, self.scene.now);
    }

    /// The same for a clock that runs from another moment.
    pub fn ticket_clock_from(&mut self, kind: ClockKind, at: Instant) {
        let ticket = &self.case.ticket;
        let entry = ClockEntry {
            due_at: ticket.due_at,
            limit_rule: ticket.limit_rule,
            provisional: ticket.provisional,
            began_at: Some(ticket.accepted_at),
            limit_value: ticket.limit_value,
            limit_unit: ticket.limit_unit,
            tied: Some(clocks::is_led(&self.case)),
            ..ClockEntry::new(ticket.id.into(), kind, at)
        };
        self.enter(entry);
    }

    /// Whether a notification would reach the citizen.
    pub fn is_told(&self, event: ToldEvent) -> bool {
        let ticket = &self.case.ticket;
        let way = self.scene.reference.lists.tells(&ticket.region, event);
        let citizen = ticket.citizen.as_ref();
        way.zip(citizen)
            .is_some_and(|(way, citizen)| !ways_to(citizen, way).is_empty())
    }

    /// Writes notifications to the citizen, by the ways that the office has chosen and where there is a mobile number or a mailbox for them.
    pub fn notify(&mut self, notice: &Notice<'_>) {
        let ticket = &self.case.ticket;
        let lists = &self.scene.reference.lists;
        let event = ToldEvent::of_citizen(notice.about());
        let way = event.map_or(Some(ToldWay::Either), |it| lists.tells(&ticket.region, it));
        let (Some(way), Some(citizen)) = (way, ticket.citizen.as_ref()) else {
            return;
        };
        let about = About {
            no: &ticket.ticket_no,
            discreet: rights::is_discreet(ticket),
            public_url: self.scene.public_url,
            wordings: lists.wordings(&ticket.region),
        };
        let body = notice.text(about, sms::LANGUAGE);
        let message = |(channel, to): (&'static str, &str)| OutboxMessage {
            id: self.scene.ids.new_id(self.scene.now),
            ticket_id: Some(ticket.id),
            channel: channel.to_owned(),
            to: to.to_owned(),
            body: body.clone(),
            at: self.scene.now,
            about: Some(notice.about()),
            area: Some(ticket.region.clone()),
            urgent: matches!(notice, Notice::Accepted { .. }) || ticket.urgency != Urgency::Normal,
        };
        let messages: Vec<OutboxMessage> = ways_to(citizen, way).into_iter().map(message).collect();
        for message in messages {
            self.send(message);
        }
    }
}

impl WorkingCopy<'_> {
    /// Tells people of the house that something is theirs to go on with, but not whoever did it.
    pub fn tell(&mut self, kind: NoticeKind, audience: &Audience) {
        let ticket = &self.case.ticket;
        let lists = &self.scene.reference.lists;
        let event = ToldEvent::of_staff(kind);
        if event.is_some_and(|it| lists.tells(&ticket.region, it).is_none()) {
            return;
        }
        let told = Told {
            kind,
            no: ticket.ticket_no.to_string(),
            by: self.scene.actor.user(),
            approval: None,
        };
        let subject = Subject {
            ticket: Some(ticket.id),
            region: &ticket.region,
        };
        let now = self.scene.now;
        let id = self.scene.ids.new_id(now);
        let message = inside::notice(audience, &told, subject, (id, now));
        self.send(message);
    }

    /// The same to people of a unit, about another ticket.
    pub fn tell_unit_of(
        &mut self,
        other: &Other,
        kind: NoticeKind,
        (unit, roles): (&str, &[Role]),
    ) {
        let told = Told {
            kind,
            no: other.no.clone(),
            by: self.scene.actor.user(),
            approval: None,
        };
        let audience = Audience::Unit {
            unit: unit.to_owned(),
            roles: roles.to_vec(),
        };
        let subject = Subject {
            ticket: Some(other.id),
            region: &other.region,
        };
        let now = self.scene.now;
        let id = self.scene.ids.new_id(now);
        self.send(inside::notice(&audience, &told, subject, (id, now)));
    }

    /// The same to people of a unit.
    pub fn tell_unit(&mut self, kind: NoticeKind, unit: &str, roles: &[Role]) {
        let audience = Audience::Unit {
            unit: unit.to_owned(),
            roles: roles.to_vec(),
        };
        self.tell(kind, &audience);
    }
}

/// Where a citizen is told by this way: a mobile number, a mailbox, or neither.
fn ways_to(citizen: &Citizen, way: ToldWay) -> Vec<(&'static str, &str)> {
    let mobile = citizen.phone.as_deref();
    let mobile = mobile.filter(|phone| shared::person::phone::is_mobile(phone));
    let by_sms = mobile.map(|phone| (SMS, phone));
    let by_mail = citizen.email.as_deref().map(|mail| (MAIL, mail));
    match way {
        ToldWay::Either => by_sms.or(by_mail).into_iter().collect(),
        ToldWay::Both => by_sms.into_iter().chain(by_mail).collect(),
        ToldWay::Sms => by_sms.into_iter().collect(),
        ToldWay::Mail => by_mail.into_iter().collect(),
    }
}
