//! What the citizen sees: the stages as a timeline, the reply once the centre has passed it, and what may be done now.
//! No staff names, no internal words, no other unit than the lead.
//! Not here: finding the ticket (`lookup`).

use shared::application::{ApplicationSort, ApplicationStatus};
use shared::calendar::Instant;
use shared::ticket::view::{PublicTicket, ReopeningView, TrackStep};
use shared::ticket::{ExemptReason, TicketState, Verb};
use store::record::TicketCase;

use crate::process;
use crate::reference::Reference;
use crate::tickets::flow::{self, Today};
use crate::views::show;

/// One stage before it is known which stage is the current one.
struct Stage {
    word: &'static str,
    at: Option<Instant>,
    done: bool,
    unit: Option<String>,
    due_at: Option<Instant>,
}

impl Stage {
    fn plain(word: &'static str, at: Option<Instant>) -> Self {
        Self {
            word,
            at,
            done: at.is_some(),
            unit: None,
            due_at: None,
        }
    }
}

/// The ticket as its citizen sees it.
pub fn public_ticket(case: &TicketCase, reference: &Reference, now: Instant) -> PublicTicket {
    let ticket = &case.ticket;
    let today = Today::of(reference, now);
    let may = |verb: Verb| flow::admits(verb, case, None, &today).is_ok();
    let reply = match ticket.state {
        TicketState::NotAccepted | TicketState::Terminated => ticket.decline_explanation.clone(),
        _ => ticket.answer.clone(),
    };
    PublicTicket {
        ticket_no: ticket.ticket_no.clone(),
        kind: ticket.kind,
        title: ticket.title.clone(),
        state: ticket.state,
        accepted_at: ticket.accepted_at,
        due_at: ticket.due_at,
        provisional: ticket.provisional,
        steps: steps(case, reference),
        reply,
        hold: show::hold_view(ticket),
        reopening: reopening(case),
        may_reopen: may(Verb::Reopen),
        may_urge: may(Verb::Urge),
        may_withdraw: may(Verb::Withdraw),
        may_rate: may(Verb::Rate),
        rating: case.ratings.last().map(show::rating_view),
    }
}

fn steps(case: &TicketCase, reference: &Reference) -> Vec<TrackStep> {
    let stages = match case.ticket.state {
        TicketState::Withdrawn => ended(case, reference, "withdrawn"),
        TicketState::NotAccepted => ended(case, reference, "declined"),
        TicketState::Terminated => ended(case, reference, "terminated"),
        TicketState::External => ended(case, reference, "transferred"),
        _ if case.joined.is_some() => together(case),
        _ if case.ticket.exempt_reason == Some(ExemptReason::AnsweredDirectly) => {
            let answered = case.ticket.replied_at;
            vec![
                Stage::plain("registered", Some(case.ticket.accepted_at)),
                Stage::plain("replied", answered),
                Stage::plain("closed", case.ticket.closed_at),
            ]
        }
        _ => main_road(case, reference),
    };
    let current = stages.iter().position(|stage| !stage.done);
    let progress = |index: usize| match current {
        Some(current) if index == current => "current",
        Some(current) if index > current => "coming",
        _ => "done",
    };
    let step = |(index, stage): (usize, Stage)| TrackStep {
        stage: stage.word.to_owned(),
        at: stage.at,
        unit: stage.unit,
        progress: progress(index).to_owned(),
        due_at: stage.due_at,
    };
    stages.into_iter().enumerate().map(step).collect()
}

/// Handled with others about the same: of those nothing is told, neither how far the work is nor who does it.
fn together(case: &TicketCase) -> Vec<Stage> {
    let ticket = &case.ticket;
    let merged = case.joined.as_ref().map(|it| it.merged_at);
    let answered = ticket.replied_at;
    let closed = ticket.closed_at.filter(|_| answered.is_some());
    vec![
        Stage::plain("registered", Some(ticket.accepted_at)),
        Stage::plain("merged", merged),
        Stage::plain("replied", answered),
        Stage::plain("closed", closed),
    ]
}

/// What came of the citizen's last request to open it again. What a granted one says is the unit's.
fn reopening(case: &TicketCase) -> Option<ReopeningView> {
    let mut asked = case.applications.iter().map(|it| &it.application);
    let last = asked.rfind(|it| it.sort == ApplicationSort::Reopen)?;
    let is_refused = last.status == ApplicationStatus::Refused;
    Some(ReopeningView {
        status: last.status,
        words: last.opinion.clone().filter(|_| is_refused),
    })
}

/// What happened before a ticket was taken back or declined.
fn ended(case: &TicketCase, reference: &Reference, word: &'static str) -> Vec<Stage> {
    let ticket = &case.ticket;
    let mut stages = vec![Stage::plain("registered", Some(ticket.accepted_at))];
    if ticket.first_dispatched_at.is_some() {
        let unit = ticket
            .lead_unit
            .as_deref()
            .map(|code| reference.unit(code).name);
        stages.push(Stage {
            unit,
            ..Stage::plain("dispatched", ticket.first_dispatched_at)
        });
    }
    stages.push(Stage::plain(
        word,
        ticket.closed_at.or(Some(ticket.updated_at)),
    ));
    stages
}

/// Registered, dispatched, signed, handling, replied, reviewed, followed up, closed; of the running cycle.
fn main_road(case: &TicketCase, reference: &Reference) -> Vec<Stage> {
    let ticket = &case.ticket;
    let lead = process::lead(case);
    let unit = lead.map(|lead| reference.unit(&lead.unit).name);
    let signed = lead.and_then(|lead| lead.signed_at);
    let due_at = lead.and_then(|lead| lead.due_at).or(ticket.due_at);
    let called = case
        .follow_ups
        .iter()
        .rev()
        .find(|call| call.cycle_no == ticket.cycle_no && call.connected)
        .map(|call| call.at);
    let closed = ticket
        .closed_at
        .filter(|_| ticket.state == TicketState::Closed || ticket.state == TicketState::Archived);
    let mut stages = vec![
        Stage::plain("registered", Some(ticket.accepted_at)),
        Stage {
            unit: unit.clone(),
            ..Stage::plain("dispatched", lead.map(|lead| lead.dispatched_at))
        },
        Stage {
            unit: unit.clone(),
            ..Stage::plain("signed", signed)
        },
        Stage {
            unit: unit.clone(),
            due_at,
            done: ticket.replied_at.is_some(),
            ..Stage::plain("handling", signed)
        },
        Stage {
            unit,
            due_at,
            ..Stage::plain("replied", ticket.replied_at)
        },
        Stage::plain("reviewed", ticket.reviewed_at),
    ];
    if ticket.exempt_reason.is_none() {
        // Closed after three tries without reaching anybody: the stage is over although nobody answered.
        stages.push(Stage {
            done: called.is_some() || closed.is_some(),
            ..Stage::plain("followed_up", called)
        });
    }
    stages.push(Stage::plain("closed", closed));
    if closed.is_some() {
        // Imported tickets closed without our stages: nothing is still to come.
        stages.retain(|stage| stage.done);
    }
    stages
}
