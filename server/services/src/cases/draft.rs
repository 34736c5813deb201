//! A case while a verb decides about it: what the verb read, what it changes, and the effects of the process on both.
//! Pure and synchronous; `finish` gives the one `CaseChange` that the runner saves (I3, I4).
//! Not here: rights and versions (`perform`), the process's rules (`process`), what each verb decides (its own file).

use std::collections::BTreeSet;
use std::sync::Arc;

use bpmn::{Correlation, Effect, Step, Vars};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::{AssignmentId, TicketId};
use shared::ticket::view::AssignmentState;
use shared::ticket::{TicketState, Verb};
use store::record::{
    Application, Assignment, AuditEntry, Case, CaseChange, ClockEntry, ClockKind, Event, FollowUp,
    OutboxMessage, Rating, Task, Ticket,
};
use uuid::Uuid;

pub use super::scene::{Scene, Told, vars};
use super::{opening, rights};
use crate::fault::Failure;
use crate::notices::{About, Notice};
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

    /// The ticket.
    pub fn ticket(&mut self) -> &mut Ticket {
        &mut self.case.ticket
    }

    /// An id whose time is the ticket's acceptance, so that everything of a case lies in one partition (I8).
    pub fn new_id(&self) -> Uuid {
        self.scene.ids.new_id(self.case.ticket.accepted_at)
    }

    // --- the process -----------------------------------------------------------------------------------------------

    /// Starts the newest version of the process at its plain start, or at the start that waits for a message.
    pub fn start(&mut self, message: Option<&str>, vars: Vars) -> Result<(), Failure> {
        let (running, effects) = Running::start(&self.scene.reference.process, message, vars)?;
        self.running = Some(running);
        self.carry_out(effects)
    }

    /// Completes the open task that waits for the verb, of the assignment when one is given.
    pub fn complete(
        &mut self,
        verb: Verb,
        assignment: Option<AssignmentId>,
        vars: Vars,
    ) -> Result<(), Failure> {
        let task = self
            .task_for(verb, assignment)
            .ok_or_else(|| self.not_allowed(verb))?
            .task_no;
        let running = self.running()?;
        let step = bpmn::complete(
            &*running.definition,
            &running.instance,
            u64::try_from(task).unwrap_or(0),
            vars,
        );
        self.take(step)
    }

    /// Sends a message into the process, to one slot when it is given.
    pub fn message(&mut self, name: &str, slot: Option<&str>, vars: Vars) -> Result<(), Failure> {
        let running = self.running()?;
        let target = slot.map_or(Correlation::Any, |slot| {
            Correlation::scope(process::SLOT_PATH, slot)
        });
        let step = bpmn::message(&*running.definition, &running.instance, name, &target, vars);
        self.take(step)
    }

    /// The open task that waits for the verb.
    pub fn task_for(&self, verb: Verb, assignment: Option<AssignmentId>) -> Option<&Task> {
        self.case.tasks.iter().find(|task| {
            process::waits_for(task, verb)
                && (assignment.is_none() || task.assignment_id == assignment)
        })
    }

    /// The verb does not fit the ticket's state.
    pub fn not_allowed(&self, verb: Verb) -> Failure {
        Fault::new(Code::FlowNotAllowed)
            .fact("state", self.case.ticket.state)
            .fact("verb", verb)
            .into()
    }

    fn running(&self) -> Result<&Running, Failure> {
        self.running.as_ref().ok_or_else(|| {
            Fault::new(Code::FlowNotAllowed)
                .fact("state", self.case.ticket.state)
                .into()
        })
    }

    fn take(&mut self, step: Result<Step, bpmn::RunError>) -> Result<(), Failure> {
        let step = match step {
            Ok(step) => step,
            Err(bpmn::RunError::NobodyWaits { .. }) => {
                return Err(Fault::new(Code::FlowNotAllowed)
                    .fact("state", self.case.ticket.state)
                    .into());
            }
            Err(error) => {
                return Err(anyhow::Error::new(error)
                    .context(format!("process of ticket {}", self.case.ticket.id))
                    .into());
            }
        };
        if let Some(running) = &mut self.running {
            running.instance = step.instance;
        }
        self.carry_out(step.effects)
    }

    fn carry_out(&mut self, effects: Vec<Effect>) -> Result<(), Failure> {
        for effect in effects {
            match effect {
                Effect::TaskOpened(task) => {
                    let definition = Arc::clone(&self.running()?.definition);
                    let opened = opening::task(self, &definition, &task)?;
                    self.case.tasks.push(opened.clone());
                    self.opened.push(opened);
                }
                Effect::TaskClosed { task, .. } => {
                    self.close_task(i64::try_from(task).unwrap_or(i64::MAX));
                }
                Effect::ServiceCalled {
                    task,
                    service,
                    element,
                    ..
                } => {
                    // `close` is what `finish` does with an ended process; there is nothing else to call.
                    if service != "close" {
                        return Err(anyhow::anyhow!(
                            "the service {service} of element {element} is not known"
                        )
                        .into());
                    }
                    let running = self.running()?;
                    let step =
                        bpmn::complete(&*running.definition, &running.instance, task, Vars::new());
                    self.take(step)?;
                }
                Effect::Ended { element } => {
                    self.ended = Some(process::end_state(&self.running()?.definition, &element));
                }
                // Deadlines stand on tasks and assignments; reminders read them there.
                Effect::TimerSet { .. }
                | Effect::TimerCancelled { .. }
                | Effect::WaitOpened(_)
                | Effect::WaitClosed { .. }
                | Effect::MessageThrown { .. }
                | Effect::SignalThrown { .. }
                | Effect::Escalated { .. } => {}
            }
        }
        Ok(())
    }

    fn close_task(&mut self, task_no: i64) {
        let known = self.case.tasks.len();
        self.case.tasks.retain(|task| task.task_no != task_no);
        let fresh = self.opened.len();
        self.opened.retain(|task| task.task_no != task_no);
        if self.opened.len() == fresh && self.case.tasks.len() < known {
            self.closed.push(task_no);
        }
    }

    // --- assignments -----------------------------------------------------------------------------------------------

    /// An assignment of the case.
    pub fn assignment(&self, id: AssignmentId) -> Result<&Assignment, Failure> {
        self.case
            .assignments
            .iter()
            .find(|a| a.id == id)
            .ok_or_else(|| Fault::missing().into())
    }

    /// The assignment that holds a slot in the running cycle.
    pub fn holder(&self, slot: &str) -> Option<&Assignment> {
        process::holder(&self.case, slot)
    }

    /// Changes an assignment; its version rises once per verb.
    pub fn change_assignment(
        &mut self,
        id: AssignmentId,
        change: impl FnOnce(&mut Assignment),
    ) -> Result<(), Failure> {
        let now = self.scene.now;
        let assignment = self
            .case
            .assignments
            .iter_mut()
            .find(|a| a.id == id)
            .ok_or_else(Fault::missing)?;
        if self.changed_assignments.insert(id) {
            assignment.version += 1;
        }
        assignment.updated_at = now;
        change(assignment);
        Ok(())
    }

    /// Adds an assignment and starts its clock.
    pub fn add_assignment(&mut self, assignment: Assignment) {
        self.changed_assignments.insert(assignment.id);
        self.clock
            .push(clock_of(&assignment, ClockKind::Start, self.scene.now));
        self.case.assignments.push(assignment);
    }

    /// Ends an assignment with a status and stops its clock.
    pub fn end_assignment(
        &mut self,
        id: AssignmentId,
        change: impl FnOnce(&mut Assignment),
    ) -> Result<(), Failure> {
        let now = self.scene.now;
        self.change_assignment(id, |assignment| {
            assignment.ended_at = Some(now);
            change(assignment);
        })?;
        let entry = clock_of(self.assignment(id)?, ClockKind::Stop, now);
        self.clock.push(entry);
        Ok(())
    }

    /// Takes an ended assignment up again: its clock goes on to the same deadline.
    pub fn resume_assignment(
        &mut self,
        id: AssignmentId,
        change: impl FnOnce(&mut Assignment),
    ) -> Result<(), Failure> {
        self.change_assignment(id, |assignment| {
            assignment.ended_at = None;
            change(assignment);
        })?;
        let entry = clock_of(self.assignment(id)?, ClockKind::Start, self.scene.now);
        self.clock.push(entry);
        Ok(())
    }

    /// The open application to send an assignment back.
    pub fn open_application(&self, assignment: AssignmentId) -> Option<&Application> {
        process::open_application(&self.case, assignment)
    }

    /// Adds or replaces an application.
    pub fn put_application(&mut self, application: Application) {
        self.changed_applications.insert(application.id);
        match self
            .case
            .applications
            .iter_mut()
            .find(|known| known.id == application.id)
        {
            Some(known) => *known = application,
            None => self.case.applications.push(application),
        }
    }

    /// Status and version of every assignment, as the verb leaves them.
    pub fn assignment_states(&self) -> Vec<AssignmentState> {
        let state = |a: &Assignment| AssignmentState {
            id: a.id,
            unit: a.unit.clone(),
            role: a.role,
            status: a.status,
            version: a.version,
        };
        self.case.assignments.iter().map(state).collect()
    }

    // --- what only grows -------------------------------------------------------------------------------------------

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
            ticket_id: self.case.ticket.id,
            seq,
            verb,
            at: self.scene.now,
            by: actor.user,
            by_name: actor.user.map(|_| actor.name.clone()),
            unit: actor.unit.clone(),
            assignment_id: told.assignment,
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
            ticket_id: ticket.id,
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

    // --- the end ---------------------------------------------------------------------------------------------------

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
        let now = self.scene.now;
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

fn clock_of(assignment: &Assignment, kind: ClockKind, at: Instant) -> ClockEntry {
    ClockEntry {
        ticket_id: assignment.ticket_id,
        assignment_id: Some(assignment.id),
        at,
        kind,
        due_at: assignment.due_at,
        limit_rule: assignment.limit_rule,
        provisional: assignment.provisional,
    }
}
