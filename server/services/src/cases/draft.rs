//! A case while a verb decides about it: what the verb read, what it changes, and the effects of the process on both.
//! Pure and synchronous; `finish` gives the one `CaseChange` that the runner saves (I3, I4).
//! Not here: rights and versions (`perform`), the process's rules (`process`), what each verb decides (its own file).
//! Read next: `draft/run` (steps of the process), `draft/assignments`, `draft/trail` (what only grows).

mod assignments;
mod run;
mod trail;

use std::collections::BTreeSet;

use shared::calendar::Instant;
use shared::ids::{AssignmentId, TicketId};
use shared::ticket::TicketState;
use store::record::{
    AuditEntry, Case, CaseChange, ClockEntry, ClockKind, Event, FollowUp, OutboxMessage, Rating,
    Task, Ticket,
};
use uuid::Uuid;

pub use super::scene::{Scene, Told, vars};
use crate::fault::Failure;
use crate::process::{self, Running};

/// A case under a verb.
pub struct Draft<'a> {
    /// The world.
    pub scene: Scene<'a>,
    /// The case, changed as the verb goes on. Assignments are changed through `change_assignment` only.
    pub case: Case,
    loaded_version: Option<i32>,
    from_state: Option<TicketState>,
    running: Option<Running>,
    ended: Option<TicketState>,
    changed_assignments: BTreeSet<AssignmentId>,
    changed_applications: BTreeSet<Uuid>,
    follow_ups: Vec<FollowUp>,
    ratings: Vec<Rating>,
    opened: Vec<Task>,
    closed: Vec<i64>,
    events: Vec<Event>,
    clock: Vec<ClockEntry>,
    outbox: Vec<OutboxMessage>,
    audit: Vec<AuditEntry>,
}

impl<'a> Draft<'a> {
    /// A loaded case. The process is taken up where it stands; a case whose process has ended has none.
    pub fn open(scene: Scene<'a>, mut case: Case) -> Result<Self, Failure> {
        case.assignments.sort_by_key(process::order);
        let running = case
            .instance
            .as_ref()
            .map(|instance| Running::resume(&scene.reference.process, instance))
            .transpose()?;
        let mut draft = Self::around(scene, case);
        draft.loaded_version = Some(draft.case.ticket.version);
        draft.from_state = Some(draft.case.ticket.state);
        draft.running = running;
        Ok(draft)
    }

    /// A new ticket, not yet in any process.
    pub fn fresh(scene: Scene<'a>, ticket: Ticket) -> Self {
        let case = Case::of(ticket);
        Self::around(scene, case)
    }

    fn around(scene: Scene<'a>, case: Case) -> Self {
        Self {
            scene,
            case,
            loaded_version: None,
            from_state: None,
            running: None,
            ended: None,
            changed_assignments: BTreeSet::new(),
            changed_applications: BTreeSet::new(),
            follow_ups: Vec::new(),
            ratings: Vec::new(),
            opened: Vec::new(),
            closed: Vec::new(),
            events: Vec::new(),
            clock: Vec::new(),
            outbox: Vec::new(),
            audit: Vec::new(),
        }
    }

    /// The present.
    pub fn now(&self) -> Instant {
        self.scene.now
    }

    /// When this stands in the history: the present, but never before what stands there already. A clock that was ahead once, or a second
    /// server whose clock is behind, must not turn the history round; limits count from the present all the same.
    pub(crate) fn recorded_at(&self) -> Instant {
        self.scene.now.max(self.case.ticket.updated_at)
    }

    /// The ticket.
    pub fn ticket(&mut self) -> &mut Ticket {
        &mut self.case.ticket
    }

    /// An id whose time is the ticket's acceptance, so that everything of a case lies in one partition (I8).
    pub fn new_id(&self) -> Uuid {
        self.scene.ids.new_id(self.case.ticket.accepted_at)
    }

    /// What is to be saved: the state is derived, the version raised, the events know where they led.
    pub fn finish(mut self) -> Result<CaseChange, Failure> {
        let state = match self.ended {
            Some(state) => state,
            None => match &self.running {
                Some(running) => process::derive_state(&running.definition, &self.case),
                None => self.case.ticket.state,
            },
        };
        let was_open = self.from_state.is_none_or(TicketState::is_open);
        let now = self.recorded_at();
        if was_open && !state.is_open() {
            self.case.ticket.closed_at = Some(now);
            self.ticket_clock(ClockKind::Stop);
        }
        let ticket = &mut self.case.ticket;
        ticket.state = state;
        ticket.updated_at = now;
        ticket.version = self.loaded_version.map_or(1, |version| version + 1);
        for event in &mut self.events {
            event.to_state = state;
        }
        let instance = match self.running {
            Some(running) if !running.instance.is_ended() => {
                Some(running.record(self.case.ticket.id)?)
            }
            _ => None,
        };
        let (assignments, applications) = (&self.changed_assignments, &self.changed_applications);
        Ok(CaseChange {
            loaded_version: self.loaded_version,
            assignments: self
                .case
                .assignments
                .iter()
                .filter(|a| assignments.contains(&a.id))
                .cloned()
                .collect(),
            applications: self
                .case
                .applications
                .iter()
                .filter(|a| applications.contains(&a.id))
                .cloned()
                .collect(),
            ticket: self.case.ticket,
            follow_ups: self.follow_ups,
            ratings: self.ratings,
            opened_tasks: self.opened,
            closed_tasks: self.closed,
            instance,
            events: self.events,
            clock: self.clock,
            outbox: self.outbox,
            audit: self.audit,
        })
    }

    /// The ticket's id.
    pub fn id(&self) -> TicketId {
        self.case.ticket.id
    }
}
