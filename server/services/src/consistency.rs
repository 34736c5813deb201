//! The check that ends every bulk run: state = derived from process and assignments, deadlines = counted again, history gapless.
//! Not here: mending what it finds; the three must be zero, since the doors write what the rules made (I3).
//! Reads a batch page by page, so that its size does not matter.

use std::collections::HashMap;

use shared::calendar::Instant;
use shared::fault::Fault;
use shared::ids::{BatchId, TicketId};
use shared::process::limit::{self, LimitQuery, Stage};
use shared::ticket::{AssignmentStatus, TicketState};
use store::Db;
use store::bulk::{CheckedAssignment, CheckedTicket};

use crate::context::Services;
use crate::fault::{Failure, Settle};
use crate::reference::Reference;

/// Tickets of one page.
const PAGE: u32 = 500;
/// Findings that are told one by one.
const TOLD: usize = 20;

/// What the check found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// Tickets looked at.
    pub tickets: u64,
    /// How many findings; must be 0.
    pub count: u64,
    /// The first of them in words for administrators.
    pub first: Vec<String>,
}

impl Findings {
    fn add(&mut self, ticket: TicketId, words: impl FnOnce() -> String) {
        self.count += 1;
        if self.first.len() < TOLD {
            self.first.push(format!("{ticket}: {}", words()));
        }
    }
}

/// Checks every ticket of a batch.
///
/// # Errors
/// Only failures of the store; findings are the answer.
pub async fn check(services: &Services, batch: BatchId) -> Result<Findings, Fault> {
    let reference = services.reference().await?;
    let db = services.store().report_reader();
    let mut findings = Findings::default();
    let mut after = None;
    loop {
        let page = store::bulk::checked(&db, batch, after, PAGE).await.settle(services)?;
        let Some(last) = page.last() else { return Ok(findings) };
        after = Some(last.id);
        check_page(&reference, &db, &page, &mut findings).await.settle(services)?;
    }
}

async fn check_page(reference: &Reference, db: &Db, page: &[CheckedTicket], findings: &mut Findings) -> Result<(), Failure> {
    let ids: Vec<TicketId> = page.iter().map(|ticket| ticket.id).collect();
    let mut assignments: HashMap<TicketId, Vec<CheckedAssignment>> = HashMap::new();
    for assignment in store::bulk::assignments(db, &ids).await? {
        assignments.entry(assignment.ticket_id).or_default().push(assignment);
    }
    let open: Vec<TicketId> = page.iter().filter(|ticket| ticket.state.is_open()).map(|ticket| ticket.id).collect();
    let mut elements: HashMap<TicketId, Vec<String>> = HashMap::new();
    for (ticket, element) in store::bulk::task_elements(db, &open).await? {
        elements.entry(ticket).or_default().push(element);
    }
    for ticket in page {
        findings.tickets += 1;
        let own = assignments.get(&ticket.id).map(Vec::as_slice).unwrap_or_default();
        history(ticket, findings);
        state(reference, ticket, own, elements.get(&ticket.id).map(Vec::as_slice).unwrap_or_default(), findings)?;
        deadlines(reference, ticket, own, findings);
    }
    Ok(())
}

fn history(ticket: &CheckedTicket, findings: &mut Findings) {
    if ticket.events == 0 || ticket.events != ticket.last_seq {
        findings.add(ticket.id, || format!("{} events, last {}", ticket.events, ticket.last_seq));
    }
    if ticket.last_state != Some(ticket.state) {
        findings.add(ticket.id, || format!("state {}, last event led to {:?}", ticket.state, ticket.last_state));
    }
}

fn state(reference: &Reference, ticket: &CheckedTicket, assignments: &[CheckedAssignment], elements: &[String], findings: &mut Findings) -> Result<(), Failure> {
    if ticket.state.is_open() != ticket.has_instance || ticket.state.is_open() != (ticket.open_tasks > 0) {
        findings.add(ticket.id, || format!("{} with process {} and {} tasks", ticket.state, ticket.has_instance, ticket.open_tasks));
        return Ok(());
    }
    if !ticket.state.is_open() {
        return Ok(());
    }
    let definition = reference.process.deployed()?;
    let stages: Vec<TicketState> =
        elements.iter().filter_map(|element| definition.element(element).and_then(|e| e.attr("state").and_then(TicketState::parse))).collect();
    let of_centre = stages.iter().copied().find(|stage| !matches!(stage, TicketState::Dispatched | TicketState::Handling));
    let derived = of_centre.or_else(|| (!stages.is_empty()).then(|| work_state(ticket, assignments)));
    if derived != Some(ticket.state) {
        findings.add(ticket.id, || format!("state {}, derived {derived:?}", ticket.state));
    }
    Ok(())
}

fn work_state(ticket: &CheckedTicket, assignments: &[CheckedAssignment]) -> TicketState {
    let mut running = assignments.iter().filter(|a| a.cycle_no == ticket.cycle_no && !matches!(a.status, AssignmentStatus::Returned | AssignmentStatus::Recalled));
    if running.all(|a| a.status == AssignmentStatus::ToSign) { TicketState::Dispatched } else { TicketState::Handling }
}

fn deadlines(reference: &Reference, ticket: &CheckedTicket, assignments: &[CheckedAssignment], findings: &mut Findings) {
    if let Some(from) = ticket.clock_from {
        let counted = ticket.limit.map(|limit| reference.calendar.due(from, limit).at);
        // A redo moves the ticket's deadline to that of its assignment, when that is later.
        let redone = assignments.iter().filter(|a| a.cycle_no > 0).filter_map(|a| a.due_at).max();
        let want = counted.max(redone.filter(|_| ticket.cycle_no > 0));
        if want != ticket.due_at || !fits_table(reference, ticket, from) {
            findings.add(ticket.id, || format!("due {:?}, counted {want:?}", ticket.due_at.map(Instant::rfc3339)));
        }
    }
    for assignment in assignments {
        let counted = assignment.limit.map(|limit| reference.calendar.due(assignment.dispatched_at, limit).at);
        if counted != assignment.due_at {
            findings.add(ticket.id, || format!("assignment due {:?}, counted {counted:?}", assignment.due_at));
        }
    }
}

/// Whether the stored limit is the one that the table gives.
fn fits_table(reference: &Reference, ticket: &CheckedTicket, from: Instant) -> bool {
    let query = LimitQuery {
        stage: Stage::Ticket,
        channel: ticket.channel,
        kind: ticket.kind,
        category: ticket.category.as_deref(),
        urgency: ticket.urgency,
        region: &ticket.region,
        at: from,
    };
    limit::choose(&reference.limits, &query).map(|rule| rule.limit) == ticket.limit
}
