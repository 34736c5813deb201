//! What a kind of case says of itself, so that one working copy serves all kinds: its head, how an opened task is named, what "ended" means.
//! Not here: how the runner finds and saves it (`perform::Hosted`).
//! A third kind implements both traits, and gets timers, services, events, incidents and history with them.

use bpmn::{Definition, OpenTask, OpenWait, TimerSpec, Vars};
use shared::calendar::Instant;
use shared::fault::Fault;
use shared::ids::{AssignmentId, CaseId, UserId};
use shared::process::limit::Stage;
use shared::verb::Piece;
use store::record::{CaseKind, Event, Hung, Kept, Timer};

use super::{Halt, Library, WorkingCopy};
use crate::fault::Failure;

/// What every case has, whatever its kind.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Head<'a, S> {
    pub id: CaseId,
    /// As people read it.
    pub number: &'a str,
    pub title: &'a str,
    /// Six digits of its area.
    pub region: &'a str,
    /// Key of its definition.
    pub definition: &'a str,
    pub version: i32,
    pub state: S,
    pub updated_at: Instant,
    /// When it came into being here.
    pub began_at: Instant,
    /// In whose name cases start that its events start.
    pub initiator: Option<UserId>,
    /// Whether its process goes on, now or after a pause.
    pub is_open: bool,
    /// Since when its clocks stand.
    pub paused_at: Option<Instant>,
}

impl<S> Head<'_, S> {
    /// Whether its timers ring and its services are called now.
    pub const fn is_running(&self) -> bool {
        self.is_open && self.paused_at.is_none()
    }
}

/// Under which words the history tells what no person did.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lines<V> {
    /// A timer rang.
    pub rang: V,
    /// A service answered.
    pub served: V,
    /// A message or a signal came.
    pub heard: V,
}

/// A deadline of the case at which a timer rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Deadline {
    pub stage: Stage,
    pub assignment: Option<AssignmentId>,
    /// Absent while there is none: the timer is there and rings when one is set.
    pub at: Option<Instant>,
}

/// A kind of case under a verb.
pub(crate) trait Kind:
    Kept<Line = Event<Self::Verb, Self::State, Self::Reached>> + Send + Sync + 'static
{
    /// Words of its history.
    type Verb: Copy + Send + Sync;
    /// Where it can stand.
    type State: Copy + Send + Sync;
    /// The state that a line led to, as the history keeps it.
    type Reached: From<Self::State> + Send + Sync;

    /// Which kind.
    const KIND: CaseKind;
    /// Lines that no person writes.
    const LINES: Lines<Self::Verb>;

    /// What every case has.
    fn head(&self) -> Head<'_, Self::State>;

    /// What hangs on it, to be changed.
    fn hung_mut(&mut self) -> &mut Hung;

    /// Number of the next line of its history; gapless.
    fn next_line(&mut self) -> i32;

    /// The engine's state as JSON, while the process runs.
    fn process(&self) -> Option<&str>;

    /// The fault of a verb that does not fit now.
    fn refused(&self) -> Fault;

    /// Puts what is loaded into the order that verbs rely on.
    fn arrange(&mut self) {}

    /// Puts an opened task onto somebody's list.
    fn open_task(copy: &mut WorkingCopy<'_, Self>, open: &OpenTask) -> Result<(), Halt>;

    /// An open task stands at its element in another version now: what the element says of it counts from here on.
    fn refit(copy: &mut WorkingCopy<'_, Self>, task_no: i64) {
        let _ = (copy, task_no);
    }

    /// The process has reached its end; nothing is open any more.
    fn end(copy: &mut WorkingCopy<'_, Self>, element: &str);

    /// What follows from everything that the verb did; before the working copy becomes a change. The version is raised here.
    fn settle(copy: &mut WorkingCopy<'_, Self>) -> Result<(), Failure>;

    /// Keeps where the process stands; `None` once it has ended.
    fn keep_process(&mut self, process: Option<(&bpmn::Instance, &Library)>)
    -> Result<(), Failure>;

    /// The deadline of the case that a timer's words name; `None` where the words are a time of their own.
    fn deadline(copy: &WorkingCopy<'_, Self>, spec: &TimerSpec, vars: &Vars) -> Option<Deadline> {
        let _ = (copy, spec, vars);
        None
    }

    /// What a rung timer leaves behind besides its line.
    fn rung(copy: &mut WorkingCopy<'_, Self>, timer: &Timer) {
        let _ = (copy, timer);
    }

    /// When what the verb builds on came about, as far as that is known: the opening of the task that waits for it.
    fn since(
        copy: &WorkingCopy<'_, Self>,
        verb: Self::Verb,
        piece: Option<Piece>,
    ) -> Option<Instant> {
        let _ = (copy, verb, piece);
        None
    }

    /// Whether a service is only a word for what the case does by itself.
    fn does_at_once(service: &str) -> bool {
        let _ = service;
        false
    }

    /// What its process takes over of the variables that come with an event.
    fn received(vars: Vars) -> Vars {
        vars
    }

    /// Whether others may send what is awaited; not what the kind's own verbs send.
    fn hears(definition: &Definition, wait: &OpenWait) -> bool {
        let _ = (definition, wait);
        true
    }
}
