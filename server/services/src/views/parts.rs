//! Small parts of a ticket as views, the same for everybody who sees them: an answer, a try, a call, a rating, what it waits for.
//! Not here: who sees which part (`show`).

use shared::access::{Actor, PersonalField};
use shared::application::SuspensionReason;
use shared::person;
use shared::ticket::Hold;
use shared::ticket::view::{
    ContactView, FollowUpView, HoldView, RatingView, ReplyView, ResponsibleView, SiteView,
};
use store::record::{Assignment, Contact, FollowUp, Rating, Reply, SiteRecord, Ticket};

use super::sight::Sight;
use crate::tickets::evidence;

/// What a unit answered.
pub(super) fn reply_view(reply: &Reply, assignment: &Assignment) -> ReplyView {
    ReplyView {
        handling: reply.handling.clone(),
        public_reply: reply.public_reply.clone(),
        fact_true: reply.fact_true,
        solved: reply.solved,
        contacted: reply.contacted,
        contact_tries: i32::from(reply.contact_tries),
        unsolved_reason: reply.unsolved_reason.clone(),
        basis: reply.basis.clone(),
        replied_at: assignment.replied_at.unwrap_or(assignment.updated_at),
        passed: assignment.reply_passed,
        alike: None,
    }
}

/// Who of the unit answers for its part; whoever looks, or somebody for whom he stands in.
pub(super) fn responsible_view(actor: &Actor, assignment: &Assignment) -> Option<ResponsibleView> {
    let id = assignment.responsible?;
    Some(ResponsibleView {
        id,
        name: assignment.responsible_name.clone().unwrap_or_default(),
        is_own: actor.users().any(|user| user == id),
        stand_in: None,
    })
}

/// What an open ticket waits for.
pub fn hold_view(ticket: &Ticket) -> Option<HoldView> {
    let (kind, until) = ticket.hold.zip(ticket.held_until)?;
    let words = ticket.hold_words.as_deref();
    Some(HoldView {
        kind,
        until,
        reason: words
            .filter(|_| kind == Hold::Suspended)
            .and_then(SuspensionReason::parse),
        words: words.filter(|_| kind == Hold::Tracking).map(str::to_owned),
    })
}

/// One try to reach the citizen.
pub(super) fn contact_view(contact: &Contact, sight: &Sight) -> ContactView {
    ContactView {
        at: contact.at,
        done_at: contact.done_at,
        by: contact.by_name.clone(),
        way: contact.way,
        reached: contact.reached,
        note: contact.note.clone(),
        lon: sight.degrees(contact.lon),
        lat: sight.degrees(contact.lat),
        files: evidence::ids(&contact.files),
    }
}

/// One visit on site.
pub(super) fn site_view(site: &SiteRecord, sight: &Sight) -> SiteView {
    let address = site.address.as_deref();
    SiteView {
        at: site.at,
        by: site.by_name.clone(),
        kind: site.kind,
        visited_at: site.visited_at,
        address: sight.value(PersonalField::Address, address, person::mask_address),
        lon: sight.degrees(site.lon),
        lat: sight.degrees(site.lat),
        officer: site.officer.clone(),
        officer_no: site.officer_no.clone(),
        second_officer: site.second_officer.clone(),
        second_officer_no: site.second_officer_no.clone(),
        found: site.found.clone(),
        measures: site.measures.clone(),
        files: evidence::ids(&site.files),
    }
}

/// One follow-up call.
pub(super) fn follow_up_view(call: &FollowUp) -> FollowUpView {
    FollowUpView {
        at: call.at,
        done_at: call.done_at,
        by: call.by_name.clone(),
        channel: call.channel,
        connected: call.connected,
        staff_contacted: call.staff_contacted,
        report_true: call.report_true,
        solved: call.solved,
        satisfaction: call.satisfaction,
        opinion: call.opinion.clone(),
        outcome: call.outcome.filter(|_| !call.connected),
        appointed_at: call.appointed_at,
    }
}

/// One rating.
pub fn rating_view(rating: &Rating) -> RatingView {
    RatingView {
        satisfaction: rating.satisfaction,
        solved: rating.solved,
        source: rating.source,
        at: rating.at,
        words: rating.words.clone(),
    }
}
