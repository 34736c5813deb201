//! Tickets about one event (同诉归并): one is merged into a leading one and goes out of it again, with its clocks kept by the ledger; the answer of the
//! leading one reaches each (`answer`); what looks alike is found (`alike`, for citizens `me_too`), many are merged at once (`gather`), and pages see how it stands (`show`).
//! Not here: the verbs themselves (`verbs::life::merge`), registering that joins a ticket (`verbs::register`).
//! Who is locked first: the merged ticket by its own verb, then the leading one, so that of two mergers crosswise one is first.

mod alike;
mod answer;
mod gather;
pub mod me_too;
mod show;

use shared::access::Role;
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::notice::NoticeKind;
use shared::place;
use shared::text::sms::Notice;
use shared::ticket::{TicketNo, TicketState, Verb};
use store::record::{ClockKind, Merged, TicketCase};

use super::clocks;
use super::ladder::red;
use super::rights;
use super::verbs::withdraw::end_all;
use super::working_copy::{Halt, Told, WorkingCopy};
use crate::host::Other;
use crate::process::said::Begin;

pub use alike::likely;
pub(crate) use alike::{Looks, Suspected, alike};
pub(crate) use answer::run;
pub use gather::{Gathered, gather};
pub(crate) use show::view;

/// Tickets that are merged into one at most: what its closing reaches stays small.
pub(crate) const MOST: usize = 500;

/// A ticket in reach, as rules about another one look at it.
pub(crate) fn other_of(case: &TicketCase) -> Other {
    let ticket = &case.ticket;
    let units = rights::units(case).into_iter();
    Other {
        no: ticket.ticket_no.to_string(),
        id: ticket.id,
        units: units.map(|(code, _)| code.to_owned()).collect(),
        state: ticket.state,
        region: ticket.region.clone(),
        is_discreet: rights::is_discreet(ticket),
        lead_unit: ticket.lead_unit.clone(),
        merged: case.merged.len(),
    }
}

/// Whether a ticket fits to be merged into another one: both open, of one centre, and of those about which more people than one may know.
///
/// # Errors
/// `ticket.merge.leads`, `ticket.merge.discreet`, `ticket.merge.full`; `ticket.merge.into` at the field.
pub(crate) fn fits(case: &TicketCase, lead: &Other, field: &str) -> Result<(), Fault> {
    let ticket = &case.ticket;
    // Whoever works on the other one would learn of it, the unit that it is about as well.
    if rights::is_discreet(ticket) || ticket.accused_unit.is_some() || lead.is_discreet {
        return Err(Fault::new(Code::MergeDiscreet));
    }
    if !case.merged.is_empty() {
        return Err(Fault::new(Code::MergeLeads));
    }
    let is_near = place::city_code(&ticket.region) == place::city_code(&lead.region);
    // What waits for its call or its closing was answered already: nobody joins it any more.
    let is_worked_on = lead.state.is_open() && lead.state != TicketState::ToVisit;
    if lead.id == ticket.id || !is_near || !is_worked_on {
        return Err(Fault::field(field, Code::MergeInto));
    }
    if lead.merged >= MOST {
        return Err(Fault::new(Code::MergeFull).fact("max", MOST));
    }
    Ok(())
}

/// Merges the ticket into another one that fits: its process and its open assignments end, its clocks stop.
pub(crate) fn join(
    copy: &mut WorkingCopy<'_>,
    lead: &Other,
    reason: Option<&str>,
) -> Result<(), Halt> {
    let lead_no = TicketNo::parse(&lead.no).ok_or_else(Fault::missing)?;
    end_all(copy)?;
    let actor = copy.scene.actor;
    let merged = Merged {
        ticket_id: copy.id(),
        lead_id: lead.id,
        ticket_no: copy.case.ticket.ticket_no.clone(),
        lead_no,
        merged_at: copy.now(),
        merged_by: actor.user(),
        merged_by_name: actor.signature(),
        private_words: None,
        due_at: None,
        answered_at: None,
    };
    copy.case.joined = Some(merged);
    copy.ticket().state = TicketState::Merged;
    let told = Told::default().note(reason).fact("lead_no", &lead.no);
    copy.event(Verb::Merge, told);
    copy.notify(&Notice::Merged);
    if let Some(unit) = &lead.lead_unit {
        let roles = [Role::UnitLiaison, Role::Handler];
        copy.tell_unit_of(lead, NoticeKind::Joined, (unit, roles.as_slice()));
    }
    red::crowd(copy, lead);
    Ok(())
}

/// Takes the ticket out again: it waits for its dispatch, and the time for which it was merged does not count.
pub(crate) fn split(copy: &mut WorkingCopy<'_>, told: Told) -> Result<(), Halt> {
    let Some(joined) = copy.case.joined.take() else {
        return Err(copy.not_allowed(Verb::Split).into());
    };
    begin_again(copy, joined.merged_at)?;
    copy.event(Verb::Split, told.fact("lead_no", &joined.lead_no));
    copy.notify(&Notice::Split);
    Ok(())
}

/// A ticket whose process had ended waits for its dispatch again; the time since then does not count.
pub(crate) fn begin_again(copy: &mut WorkingCopy<'_>, since: Instant) -> Result<(), Halt> {
    let now = copy.now();
    let ticket = copy.ticket();
    ticket.closed_at = None;
    ticket.lead_unit = None;
    let (unit, region) = (ticket.limit_unit, ticket.region.clone());
    let hours = copy.scene.reference.hours.of_place(&region);
    let minutes = unit.map_or(0, |unit| hours.stood_still((since, now), unit));
    clocks::add_to_ticket(copy, minutes)?;
    copy.ticket_clock(ClockKind::Resume);
    copy.start(Begin::Registered)
}
