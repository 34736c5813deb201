//! A case as a verb loads it, and what the verb leaves behind for one transaction (I4).
//! Not here: how a verb decides (`services::tickets`), SQL (`tickets::case`).
//! `TicketCase` is loaded inside the actor's scope; `TicketChange` is saved with a compare-and-set on the versions.

use super::change::{Change, Hung, Kept};
use super::{
    ApplicationCase, ApplicationChange, Assignment, Contact, Event, FollowUp, Instance, Merged,
    Questionnaire, Rating, SiteRecord, Ticket, TicketLink, Transfer,
};

/// Everything a verb needs to decide.
#[derive(Debug, Clone, PartialEq)]
pub struct TicketCase {
    pub ticket: Ticket,
    /// All cycles, in order of dispatch.
    pub assignments: Vec<Assignment>,
    /// What was asked for about the assignments, in this order.
    pub applications: Vec<ApplicationCase>,
    /// Tries of the units to reach the citizen, in this order.
    pub contacts: Vec<Contact>,
    /// Visits of the units on site, in this order.
    pub site_records: Vec<SiteRecord>,
    /// What was handed over to other bodies, in this order.
    pub transfers: Vec<Transfer>,
    /// Links with other tickets, made from either side, those that ended included.
    pub links: Vec<TicketLink>,
    pub follow_ups: Vec<FollowUp>,
    pub ratings: Vec<Rating>,
    /// Questionnaires that were sent by text message, in this order.
    pub questionnaires: Vec<Questionnaire>,
    /// The tickets that were merged into it, in this order.
    pub merged: Vec<Merged>,
    /// That it was merged into another one itself.
    pub joined: Option<Merged>,
    pub hung: Hung,
    /// `None` once the process has ended.
    pub instance: Option<Instance>,
    /// Sequence of the newest event, 0 before the first.
    pub last_seq: i32,
}

impl TicketCase {
    /// A case of which nothing is known but its ticket.
    pub fn of(ticket: Ticket) -> Self {
        Self {
            ticket,
            assignments: Vec::new(),
            applications: Vec::new(),
            contacts: Vec::new(),
            site_records: Vec::new(),
            transfers: Vec::new(),
            links: Vec::new(),
            follow_ups: Vec::new(),
            ratings: Vec::new(),
            questionnaires: Vec::new(),
            merged: Vec::new(),
            joined: None,
            hung: Hung::default(),
            instance: None,
            last_seq: 0,
        }
    }
}

impl Kept for TicketCase {
    type Line = Event;
    /// Of its applications.
    type Beside = Vec<ApplicationChange>;

    fn hung(&self) -> &Hung {
        &self.hung
    }
}

/// What a verb changes of a ticket.
pub type TicketChange = Change<TicketCase>;
