//! A loaded ticket as the facts that the rules look at.
//! Not here: the rules (`shared::quality`), loading (`store::quality`).
//! What is known beside a ticket comes from the snapshot of the slowly changing data.

use std::collections::HashMap;

use shared::access::lies_in;
use shared::application::{ApplicationSort, RulingOn};
use shared::calendar::Instant;
use shared::ids::AssignmentId;
use shared::quality::{AskedFacts, Facts, Known, PartFacts, ReplyFacts};
use shared::ticket::Satisfaction;
use store::record::{Assignment, Ticket, TicketCase};

use crate::applications::stands;
use crate::reference::Reference;

/// What a look knows beside the tickets.
pub(super) struct Beside<'b> {
    pub(super) reference: &'b Reference,
    pub(super) now: Instant,
    /// How much a reply is like the likest of the last ones, by assignment.
    pub(super) likest: &'b HashMap<AssignmentId, u32>,
}

impl Beside<'_> {
    fn known(&self, ticket: &Ticket) -> Known {
        let divisions = &self.reference.divisions;
        let street = ticket.street.as_deref();
        let category = ticket.category.as_deref().is_none_or(|code| {
            let known = &self.reference;
            code.len() == 6
                && (known.categories.contains_key(code) || known.retired.contains_key(code))
        });
        Known {
            place: divisions.contains_key(&ticket.region)
                && street.is_none_or(|street| divisions.contains_key(street)),
            category,
            caps: self.reference.extension,
        }
    }

    fn part(&self, ticket: &Ticket, part: &Assignment) -> PartFacts {
        let likest = self.likest.get(&part.id).copied().unwrap_or(0);
        let unit = self.reference.units.get(&part.unit);
        PartFacts {
            unit: part.unit.clone(),
            active: unit.is_some_and(|unit| unit.active),
            accused: ticket
                .accused_unit
                .as_deref()
                .is_some_and(|code| part.unit == code || lies_in(&part.unit_path, code)),
            role: part.role,
            cycle: part.cycle_no,
            status: part.status,
            dispatched_at: part.dispatched_at,
            signed_at: part.signed_at,
            replied_at: part.replied_at,
            extended_days: part.extended_days,
            reply: part.reply.as_ref().map(|reply| ReplyFacts {
                handling: reply.handling.clone(),
                public_reply: reply.public_reply.clone(),
                contacted: reply.contacted,
                tries: reply.contact_tries,
                likest,
            }),
        }
    }

    /// The facts of a ticket.
    pub(super) fn facts(&self, case: &TicketCase) -> Facts {
        let ticket = &case.ticket;
        let citizen = ticket.citizen.clone().unwrap_or_default();
        let visits = case.follow_ups.iter();
        let visits = visits.filter(|call| call.cycle_no == ticket.cycle_no);
        let asked = case.applications.iter().filter_map(|asked| {
            let asked = &asked.application;
            asked.extension_reason?;
            let of = |part: &&Assignment| part.id == asked.assignment_id;
            let part = case.assignments.iter().find(of)?;
            Some(AskedFacts {
                asked_at: asked.asked_at,
                due_at: part.due_at,
            })
        });
        let all = case.applications.iter();
        let mut directives =
            all.filter(|asked| asked.application.sort == ApplicationSort::Supervise);
        Facts {
            now: self.now,
            known: self.known(ticket),
            state: ticket.state,
            cycle: ticket.cycle_no,
            urgency: ticket.urgency,
            title: ticket.title.clone(),
            content: ticket.content.clone(),
            phone: citizen.phone,
            id_number: citizen.id_number,
            credit_code: citizen.credit_code,
            accepted_at: ticket.accepted_at,
            dispatched_at: ticket.first_dispatched_at,
            replied_at: ticket.replied_at,
            reviewed_at: ticket.reviewed_at,
            closed_at: ticket.closed_at,
            due_at: ticket.due_at,
            answered: ticket.answer.is_some(),
            exempt: ticket.exempt_reason.is_some(),
            rated: ticket.latest_satisfaction != Satisfaction::Unrated,
            visits: visits.map(|call| call.at).collect(),
            voices: case.follow_ups.len() + case.ratings.len(),
            parts: case
                .assignments
                .iter()
                .map(|part| self.part(ticket, part))
                .collect(),
            supervised: directives.next().is_some(),
            not_counted: ticket.not_counted,
            ruled: RulingOn::ALL.iter().any(|on| stands(case, *on)),
            asked: asked.collect(),
        }
    }
}
