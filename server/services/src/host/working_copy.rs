//! The one working copy: a case of any kind while a verb decides about it, with what was read, what is changed, and what only grows.
//! Pure and synchronous; `finish` gives the one `Change` that the runner saves (I3, I4).
//! Not here: steps of the process (`run`), events that leave it (`throw`), what only one kind has (`tickets/working_copy`, `approvals/working_copy`).

use std::collections::BTreeSet;

use bpmn::WaitKind;
use shared::approval::{EventKind, IncidentKind};
use shared::calendar::Instant;
use shared::ids::{AssignmentId, FileId, TicketId, UserId};
use shared::process::obstacle::Obstacle;
use shared::ticket::TicketState;
use store::duties::Duty;
use store::record::{
    AuditEntry, CasePerson, Change, ClockEntry, Delivery, Event, Incident, Involved, OutboxMessage,
};

use super::{Kind, Scene, Told};
use crate::fault::Failure;

/// People whom an opened task names, to be looked up before the case is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub task_no: i64,
    /// Sign-in names, each with whether the definition itself says it: then where that person works is its author's business.
    pub names: Vec<(String, bool)>,
    /// One assignee, not several candidates.
    pub is_assignee: bool,
}

/// What an incident is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct About<'a> {
    pub element: &'a str,
    pub task_no: Option<i64>,
    pub timer_no: Option<i64>,
}

impl<'a> About<'a> {
    /// About a place.
    pub const fn place(element: &'a str) -> Self {
        Self {
            element,
            task_no: None,
            timer_no: None,
        }
    }

    /// About a task.
    pub const fn task(element: &'a str, task_no: i64) -> Self {
        Self {
            element,
            task_no: Some(task_no),
            timer_no: None,
        }
    }

    /// About a timer.
    pub const fn timer(element: &'a str, timer_no: i64) -> Self {
        Self {
            element,
            task_no: None,
            timer_no: Some(timer_no),
        }
    }
}

/// Another case that a command names by its number, as far as it is in reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Other {
    pub no: String,
    pub id: TicketId,
    /// Units that have or had a part in it.
    pub units: Vec<String>,
    pub state: TicketState,
    /// Its division.
    pub region: String,
    /// Whether it is confidential or a tip-off.
    pub is_discreet: bool,
    /// The unit that leads now.
    pub lead_unit: Option<String>,
    /// How many tickets are merged into it.
    pub merged: usize,
}

/// A case under a verb.
pub(crate) struct WorkingCopy<'a, C: Kind> {
    /// The world.
    pub scene: Scene<'a>,
    before: Option<C>,
    /// The case, changed as the verb goes on.
    pub case: C,
    /// What has happened to it before, where the verb looks at it.
    pub history: Vec<C::Line>,
    /// Rows of the areas of responsibility into which it falls, where the verb looks at them.
    pub duties: Vec<Duty>,
    /// Who leads the unit that has the part, where the verb looks at them.
    pub leaders: Vec<UserId>,
    /// Other tickets that the command names.
    pub others: Vec<Other>,
    /// Files of the case that the command names.
    pub files: Vec<FileId>,
    /// The assignment that the verb is about.
    pub part: Option<AssignmentId>,
    /// How many events led to this change without a person or a clock between.
    pub hops: i32,
    pub(super) instance: Option<bpmn::Instance>,
    pub(super) wanted: Vec<Wanted>,
    events: Vec<C::Line>,
    clock: Vec<ClockEntry>,
    pub(super) thrown: Vec<Delivery>,
    pub(super) released: Vec<i32>,
    outbox: Vec<OutboxMessage>,
    audit: Vec<AuditEntry>,
    /// What changes of the cases that hang on this one.
    pub beside: C::Beside,
}

impl<'a, C: Kind> WorkingCopy<'a, C> {
    /// A loaded case; the process is taken up where it stands.
    pub fn open(scene: Scene<'a>, mut case: C) -> Result<Self, Failure> {
        case.arrange();
        let instance = case
            .process()
            .map(serde_json::from_str)
            .transpose()
            .map_err(anyhow::Error::new)?;
        Ok(Self {
            before: Some(case.clone()),
            instance,
            ..Self::fresh(scene, case)
        })
    }

    /// A new case, not yet in its process.
    pub fn fresh(scene: Scene<'a>, case: C) -> Self {
        Self {
            scene,
            before: None,
            case,
            history: Vec::new(),
            duties: Vec::new(),
            leaders: Vec::new(),
            others: Vec::new(),
            files: Vec::new(),
            part: None,
            hops: 0,
            instance: None,
            wanted: Vec::new(),
            events: Vec::new(),
            clock: Vec::new(),
            thrown: Vec::new(),
            released: Vec::new(),
            outbox: Vec::new(),
            audit: Vec::new(),
            beside: C::Beside::default(),
        }
    }

    /// The present.
    pub fn now(&self) -> Instant {
        self.scene.now
    }

    /// The case as it was loaded; `None` for a new one.
    pub fn before(&self) -> Option<&C> {
        self.before.as_ref()
    }

    /// The engine's state, while the process runs.
    pub fn instance(&self) -> Option<&bpmn::Instance> {
        self.instance.as_ref()
    }

    /// When this stands in the history: the present, but never before what stands there already. A clock that was ahead once, or a second
    /// server whose clock is behind, must not turn the history round; limits count from the present all the same.
    pub fn recorded_at(&self) -> Instant {
        self.scene.now.max(self.case.head().updated_at)
    }

    /// Writes one line of the history; gapless behind the newest. The state it leads to is filled in at the end.
    pub fn event(&mut self, verb: C::Verb, told: Told) {
        let actor = self.scene.actor;
        let told = self.for_whom(told);
        let seq = self.case.next_line();
        let head = self.case.head();
        self.events.push(Event {
            case_id: head.id,
            seq,
            verb,
            at: self.recorded_at(),
            by: actor.user(),
            by_name: actor.signature(),
            unit: actor.unit.clone(),
            assignment_id: told.assignment,
            element: told.element,
            task_no: told.task_no,
            from_state: self.before.as_ref().map(|before| before.head().state),
            to_state: head.state.into(),
            note: told.note,
            facts: told.facts,
            actor: Some(actor.who.kind()),
            actor_code: actor.who.code().map(str::to_owned),
            done_at: self.scene.done_at,
        });
    }

    /// Says for whom somebody acts who does the task of a person who is away.
    fn for_whom(&self, mut told: Told) -> Told {
        let actor = self.scene.actor;
        let before = self
            .before
            .as_ref()
            .filter(|_| !actor.stands_for.is_empty());
        let (Some(before), Some(task_no)) = (before, told.task_no) else {
            return told;
        };
        let mut tasks = before.hung().tasks.iter();
        let held = tasks.find(|task| task.task_no == task_no && task.assignee.is_some());
        let away = held.and_then(|task| {
            let mut others = actor.stands_for.iter();
            others.find(|other| Some(other.user) == task.assignee)
        });
        if let Some(away) = away {
            told.facts.insert("for".to_owned(), away.name.clone());
        }
        told
    }

    /// The lines that this change writes.
    pub fn events(&self) -> &[C::Line] {
        &self.events
    }

    /// Writes an entry of the clock ledger.
    pub fn ledger(&mut self, entry: ClockEntry) {
        self.clock.push(entry);
    }

    /// The entries of the clock ledger that this change writes.
    pub fn told(&self) -> &[ClockEntry] {
        &self.clock
    }

    /// The same, to be completed when everything has been decided.
    pub fn told_mut(&mut self) -> &mut [ClockEntry] {
        &mut self.clock
    }

    /// Adds an audit row to the verb's transaction.
    pub fn audit(&mut self, entry: AuditEntry) {
        self.audit.push(entry);
    }

    /// Puts a message into the outbox.
    pub fn send(&mut self, message: OutboxMessage) {
        self.outbox.push(message);
    }

    /// Somebody has to do with the case from now on.
    pub fn involve(&mut self, user: UserId, name: &str, part: Involved) {
        let people = &mut self.case.hung_mut().people;
        let known = people
            .iter()
            .any(|person| person.user == user && person.part == part);
        if !known {
            people.push(CasePerson {
                user,
                part,
                name: name.to_owned(),
            });
        }
    }

    /// The actor has done something in it.
    pub fn involve_actor(&mut self) {
        if let Some(user) = self.scene.actor.user() {
            let name = self.scene.actor.name.clone();
            self.involve(user, &name, Involved::Doer);
        }
    }

    /// Opens an incident and gives its number; the same at the same place only counts its tries.
    pub fn incident(&mut self, kind: IncidentKind, about: &About<'_>, obstacle: Obstacle) -> i32 {
        let opened_at = self.scene.now;
        let incidents = &mut self.case.hung_mut().incidents;
        let same = incidents.iter_mut().find(|incident| {
            incident.settled_at.is_none()
                && incident.kind == kind
                && incident.element == about.element
                && (incident.task_no, incident.timer_no) == (about.task_no, about.timer_no)
        });
        if let Some(known) = same {
            known.tries += 1;
            known.obstacle = obstacle;
            return known.n;
        }
        let n = incidents.iter().map(|i| i.n).max().unwrap_or(0) + 1;
        incidents.push(Incident {
            n,
            kind,
            element: about.element.to_owned(),
            task_no: about.task_no,
            timer_no: about.timer_no,
            obstacle,
            tries: 1,
            opened_at,
            settled_at: None,
            settled_by: None,
        });
        n
    }

    /// Settles open incidents that are over by themselves.
    pub fn settle_incidents(&mut self, over: impl Fn(&Incident) -> bool) {
        let now = self.scene.now;
        let by = match self.scene.actor.username.as_str() {
            "" => "system".to_owned(),
            name => name.to_owned(),
        };
        for incident in &mut self.case.hung_mut().incidents {
            if incident.settled_at.is_none() && over(incident) {
                incident.settled_at = Some(now);
                incident.settled_by = Some(by.clone());
            }
        }
    }

    /// Nothing of the case is open any more.
    pub fn close_everything(&mut self) {
        let hung = self.case.hung_mut();
        hung.tasks.clear();
        hung.candidates.clear();
        hung.timers.clear();
        hung.calls.clear();
        self.wanted.clear();
        self.settle_incidents(|_| true);
    }

    /// Whether a message or a signal leaves with the change.
    pub fn has_thrown(&self) -> bool {
        !self.thrown.is_empty()
    }

    /// People whom opened tasks name and who are not known yet.
    pub fn wanted(&self) -> Vec<String> {
        self.wanted
            .iter()
            .flat_map(|wanted| wanted.names.iter().map(|(name, _)| name.clone()))
            .collect()
    }

    /// The same, handed over.
    pub fn take_wanted(&mut self) -> Vec<Wanted> {
        std::mem::take(&mut self.wanted)
    }

    /// Somebody has to be looked up before the case is saved.
    pub fn want(&mut self, wanted: Wanted) {
        self.wanted.push(wanted);
    }

    /// What is to be saved: everything derived, the process written, the lines know where they led.
    pub fn finish(mut self) -> Result<Change<C>, Failure> {
        C::settle(&mut self)?;
        let library = self.scene.library;
        let is_open = self.case.head().is_open;
        let running = self
            .instance
            .as_ref()
            .filter(|instance| is_open && !instance.is_ended());
        let listens = running.map(|instance| listened_to::<C>(instance, &library.main));
        self.case
            .keep_process(running.map(|instance| (instance, library)))?;
        let state = self.case.head().state;
        let hung = self.case.hung_mut();
        hung.listens = listens.unwrap_or_default();
        let open: BTreeSet<i64> = hung.tasks.iter().map(|task| task.task_no).collect();
        hung.candidates.retain(|task, _| open.contains(task));
        for event in &mut self.events {
            event.to_state = state.into();
        }
        Ok(Change {
            before: self.before,
            after: self.case,
            events: self.events,
            clock: self.clock,
            thrown: self.thrown,
            released: self.released,
            outbox: self.outbox,
            audit: self.audit,
            beside: self.beside,
        })
    }
}

/// Messages and signals for which a process waits, receive tasks included.
pub(crate) fn listened_to<C: Kind>(
    instance: &bpmn::Instance,
    definition: &bpmn::Definition,
) -> BTreeSet<(EventKind, String)> {
    let waits = instance.waits().into_iter();
    waits
        .filter(|wait| C::hears(definition, wait))
        .filter_map(|wait| match wait.kind {
            WaitKind::Message(name) => Some((EventKind::Message, name)),
            WaitKind::Signal(name) => Some((EventKind::Signal, name)),
            WaitKind::Timer(_) | WaitKind::Condition => None,
        })
        .collect()
}
