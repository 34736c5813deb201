//! Runs definitions: an instance and an input in, a new instance and effects out. The input instance stays as it was.
//! Not here: time, storage, delivery. The caller computes instants from timer texts, calls services, and comes back.
//! Next: `state` (what an instance is), `engine` (how tokens move), `activity`, `gateway`, `wait`, `fire`, `throw`, `repeat`.

mod activity;
mod ad_hoc;
pub mod change;
mod engine;
mod fire;
mod gateway;
mod join;
mod repeat;
mod scope;
mod state;
mod throw;
mod undo;
mod variable;
mod view;
mod wait;

use serde::{Deserialize, Serialize};

pub use fire::next_round;
pub use shared::process::obstacle::RunError;
pub use state::{Instance, OpenTaskKind, TaskId, TimerId, TimerSpec, WaitId, WaitKind};
pub use view::{OpenTask, OpenTimer, OpenWait};

use crate::model::Lookup;
use crate::value::{Value, Vars};
use engine::Run;

/// What one transition gave: the new state and what the caller has to do about it, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The instance after the transition.
    pub instance: Instance,
    /// What happened and must be carried out or recorded.
    pub effects: Vec<Effect>,
}

/// Something that the outside must know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum Effect {
    /// A user or receive task waits.
    TaskOpened(OpenTask),
    /// A task is over: done, or taken away by an event.
    TaskClosed {
        /// The task.
        task: TaskId,
        /// Its element.
        element: String,
        /// Done, not taken away.
        completed: bool,
    },
    /// A named service must be called; then `complete` or `fail` the task.
    ServiceCalled {
        /// The task that waits for the answer.
        task: TaskId,
        /// Its element.
        element: String,
        /// The service's name.
        service: String,
        /// Local variables of the task.
        vars: Vars,
    },
    /// A timer runs; call `timer_due` when its time has come.
    TimerSet {
        /// The timer.
        timer: TimerId,
        /// The event's element.
        element: String,
        /// When.
        spec: TimerSpec,
        /// Local variables where it stands.
        vars: Vars,
    },
    /// A timer no longer counts.
    TimerCancelled {
        /// The timer.
        timer: TimerId,
    },
    /// A message, signal or condition is awaited.
    WaitOpened(OpenWait),
    /// It is no longer awaited.
    WaitClosed {
        /// The wait.
        wait: WaitId,
    },
    /// A message goes out.
    MessageThrown {
        /// The throwing element.
        element: String,
        /// The message's name.
        name: String,
        /// Local variables where it is thrown.
        vars: Vars,
    },
    /// A signal goes out; listeners of this instance have heard it already.
    SignalThrown {
        /// The throwing element.
        element: String,
        /// The signal's name.
        name: String,
    },
    /// An escalation was thrown.
    Escalated {
        /// The throwing element.
        element: String,
        /// Its code.
        code: String,
        /// The event that caught it.
        caught_by: Option<String>,
    },
    /// The instance is over.
    Ended {
        /// The end event reached last; empty if the last token ran out without one.
        element: String,
    },
}

/// Where an instance starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartAt<'a> {
    /// At the plain start event.
    None,
    /// At the start event that waits for this message.
    Message(&'a str),
    /// At the start event with this id, for timers, signals and conditions of the outside.
    Event(&'a str),
}

/// Which of several waiting places a message is for.
#[derive(Clone, Debug, PartialEq)]
pub enum Correlation {
    /// The first that waits, in the order in which they began to.
    Any,
    /// The first that sees this value under a name or a dotted path (`slot.slot`).
    Scope {
        /// Variable name or dotted path.
        var: String,
        /// Its value there.
        value: Value,
    },
    /// This one.
    Wait(WaitId),
}

impl Correlation {
    /// [`Correlation::Scope`] in short.
    pub fn scope(var: &str, value: impl Into<Value>) -> Self {
        Self::Scope {
            var: var.to_owned(),
            value: value.into(),
        }
    }
}

/// Starts the main process of a definition.
pub fn start<L: Lookup>(def: &L, at: StartAt<'_>, vars: Vars) -> Result<Step, RunError> {
    let process = def.main().ok_or_else(|| RunError::UnknownProcess {
        process: String::new(),
    })?;
    start_process(def, &process.id, at, vars)
}

/// Starts one of a file's processes by its id.
pub fn start_process(
    def: &dyn Lookup,
    process: &str,
    at: StartAt<'_>,
    vars: Vars,
) -> Result<Step, RunError> {
    let mut run = Run::new(def, Instance::empty(process));
    run.begin_root(process, at, vars)?;
    run.finish()
}

/// Completes a user, receive or service task. Each variable is set in the nearest scope that has it, else in the process.
pub fn complete<L: Lookup>(
    def: &L,
    inst: &Instance,
    task: TaskId,
    vars: Vars,
) -> Result<Step, RunError> {
    let mut run = Run::open(def, inst)?;
    run.complete_task(task, vars)?;
    run.finish()
}

/// Begins an activity of an open ad-hoc sub-process; `task` is the sub-process's own open task.
pub fn choose<L: Lookup>(
    def: &L,
    inst: &Instance,
    task: TaskId,
    element: &str,
) -> Result<Step, RunError> {
    let mut run = Run::open(def, inst)?;
    run.choose(task, element)?;
    run.finish()
}

/// The activities that can be begun in an open ad-hoc sub-process; none if it is none.
pub fn choices<'d, L: Lookup>(def: &'d L, inst: &Instance, task: TaskId) -> Vec<&'d str> {
    let Some(scope) = inst
        .scopes
        .get(&task)
        .filter(|scope| scope.kind == state::ScopeKind::AdHoc)
    else {
        return Vec::new();
    };
    def.process(inst.process_of(task))
        .map_or_else(Vec::new, |process| {
            ad_hoc::choices(process, process.place(&scope.element))
                .into_iter()
                .map(|ix| process.nodes[ix].id.as_str())
                .collect()
        })
}

/// A service task failed with a BPMN error: the nearest error event takes it, else the transition fails.
pub fn fail<L: Lookup>(
    def: &L,
    inst: &Instance,
    task: TaskId,
    error_code: &str,
) -> Result<Step, RunError> {
    let mut run = Run::open(def, inst)?;
    run.fail_task(task, error_code)?;
    run.finish()
}

/// Delivers a message to one waiting event or receive task.
pub fn message<L: Lookup>(
    def: &L,
    inst: &Instance,
    name: &str,
    target: &Correlation,
    vars: Vars,
) -> Result<Step, RunError> {
    let mut run = Run::open(def, inst)?;
    run.deliver(name, target, vars)?;
    run.finish()
}

/// Broadcasts a signal to all events that wait for it; nobody waiting is no error.
pub fn signal<L: Lookup>(
    def: &L,
    inst: &Instance,
    name: &str,
    vars: Vars,
) -> Result<Step, RunError> {
    let mut run = Run::open(def, inst)?;
    run.set_root(vars)?;
    run.broadcast(name)?;
    run.finish()
}

/// A timer's time has come.
pub fn timer_due<L: Lookup>(def: &L, inst: &Instance, timer: TimerId) -> Result<Step, RunError> {
    let mut run = Run::open(def, inst)?;
    run.ring(timer)?;
    run.finish()
}

/// Sets variables of the instance; conditional events are looked at again.
pub fn set_vars<L: Lookup>(def: &L, inst: &Instance, vars: Vars) -> Result<Step, RunError> {
    let mut run = Run::open(def, inst)?;
    run.set_root(vars)?;
    run.finish()
}
