//! Steps of the engine on a working copy, and the one place that carries out what they come to, for every kind of case.
//! Not here: what an opened task looks like and what the end means (`Kind`), events that leave the case (`throw`).
//! A step that the process itself cannot take halts the verb; the runner keeps it as an incident.

use bpmn::{Correlation, Effect, OpenTaskKind, RunError, StartAt, Step, TimerSpec, Vars};
use shared::approval::{EventKind, IncidentKind};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::process::obstacle::Obstacle;
use store::StoreError;
use store::record::{Call, Incident, Timer};

use super::{About, Kind, WorkingCopy};
use crate::fault::Failure;

/// Why a verb did not happen.
#[derive(Debug)]
pub(crate) enum Halt {
    /// For the caller.
    Failure(Failure),
    /// The process cannot go on so; its owner gets an incident.
    Stopped(Box<Incident>),
}

impl Halt {
    /// For a case that is not there yet: nothing is kept of it, and its owner finds the reason in the log.
    pub fn before_it_began(self, code: Code) -> Failure {
        match self {
            Self::Failure(failure) => failure,
            Self::Stopped(incident) => {
                tracing::error!(element = %incident.element, obstacle = %incident.obstacle, "a process could not be begun");
                Fault::new(code).fact("element", &incident.element).into()
            }
        }
    }
}

impl From<Failure> for Halt {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}
impl From<Fault> for Halt {
    fn from(fault: Fault) -> Self {
        Self::Failure(fault.into())
    }
}
impl From<StoreError> for Halt {
    fn from(error: StoreError) -> Self {
        Self::Failure(error.into())
    }
}
impl From<anyhow::Error> for Halt {
    fn from(error: anyhow::Error) -> Self {
        Self::Failure(error.into())
    }
}

/// A number of the engine as the tables have it.
pub(crate) fn number(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A number of the tables as the engine has it.
pub(crate) fn engine_number(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

impl<C: Kind> WorkingCopy<'_, C> {
    /// Starts the process.
    pub fn begin(&mut self, at: StartAt<'_>, vars: Vars) -> Result<(), Halt> {
        let step = bpmn::start(&self.scene.library.lookup, at, vars);
        self.take(step, None)
    }

    /// Completes an open task.
    pub fn complete_task(&mut self, task_no: i64, vars: Vars) -> Result<(), Halt> {
        let task = engine_number(task_no);
        let step = bpmn::complete(&self.scene.library.lookup, self.running()?, task, vars);
        self.take(step, Some(task_no))
    }

    /// A service failed with an error of the process.
    pub fn fail_task(&mut self, task_no: i64, code: &str) -> Result<(), Halt> {
        let task = engine_number(task_no);
        let step = bpmn::fail(&self.scene.library.lookup, self.running()?, task, code);
        self.take(step, Some(task_no))
    }

    /// A timer's time has come.
    pub fn ring(&mut self, timer_no: i64) -> Result<(), Halt> {
        let timer = engine_number(timer_no);
        let step = bpmn::timer_due(&self.scene.library.lookup, self.running()?, timer);
        self.take(step, None)
    }

    /// Delivers a message to the first that waits for it there.
    pub fn hear(&mut self, name: &str, target: &Correlation, vars: Vars) -> Result<(), Halt> {
        let lookup = &self.scene.library.lookup;
        let step = bpmn::message(lookup, self.running()?, name, target, vars);
        self.take(step, None)
    }

    /// Tells everything that waits for a signal.
    pub fn signal(&mut self, name: &str, vars: Vars) -> Result<(), Halt> {
        let step = bpmn::signal(&self.scene.library.lookup, self.running()?, name, vars);
        self.take(step, None)
    }

    /// Goes on with a state that came from elsewhere (a migration), and carries its effects out.
    pub fn replace(&mut self, instance: bpmn::Instance, effects: Vec<Effect>) -> Result<(), Halt> {
        self.instance = Some(instance);
        self.carry_out(effects)
    }

    /// Stands again as a state says; nothing is carried out.
    pub fn restore(&mut self, instance: bpmn::Instance) {
        self.instance = Some(instance);
    }

    /// The process, which has to run for the verb.
    pub fn running(&self) -> Result<&bpmn::Instance, Halt> {
        let running = self.instance.as_ref().filter(|it| !it.is_ended());
        running.ok_or_else(|| self.case.refused().into())
    }

    /// All variables that a task sees.
    pub fn visible(&self, task_no: i64) -> Vars {
        self.instance
            .as_ref()
            .map(|instance| instance.visible(engine_number(task_no)))
            .unwrap_or_default()
    }

    /// Takes a step of the engine; `task_no` is the task that was completed by it.
    pub fn take(&mut self, step: Result<Step, RunError>, task_no: Option<i64>) -> Result<(), Halt> {
        let step = match step {
            Ok(step) => step,
            // Somebody else was faster, or the clock was: the verb came too late, and nothing is wrong with the process.
            Err(
                RunError::Ended
                | RunError::UnknownTask { .. }
                | RunError::UnknownTimer { .. }
                | RunError::NobodyWaits { .. },
            ) => return Err(self.case.refused().into()),
            Err(error) => return Err(self.stopped(&error, task_no)),
        };
        self.instance = Some(step.instance);
        self.carry_out(step.effects)?;
        self.note_stuck();
        Ok(())
    }

    /// The incident for a step that the process cannot take.
    fn stopped(&self, error: &RunError, task_no: Option<i64>) -> Halt {
        let hung = self.case.hung();
        let by_task = task_no.and_then(|no| {
            let task = hung.tasks.iter().find(|task| task.task_no == no);
            let call = hung.calls.iter().find(|call| call.task_no == no);
            task.map(|task| &task.element)
                .or(call.map(|call| &call.element))
                .cloned()
        });
        let element = match error {
            RunError::Condition { element, .. }
            | RunError::NoFlow { element }
            | RunError::UncaughtError { element, .. } => Some(element.clone()),
            _ => by_task,
        };
        let element = element.unwrap_or_default();
        self.halted(&element, task_no, error.clone().into())
    }

    /// A verb that the process cannot take, at an element, and why.
    pub(super) fn halted(&self, element: &str, task_no: Option<i64>, obstacle: Obstacle) -> Halt {
        Halt::Stopped(Box::new(Incident {
            n: 0,
            kind: IncidentKind::Condition,
            element: element.to_owned(),
            task_no,
            timer_no: None,
            obstacle,
            tries: 1,
            opened_at: self.scene.now,
            settled_at: None,
            settled_by: None,
        }))
    }

    fn note_stuck(&mut self) {
        // A call is no wait that the engine knows: while a service is being asked, the case only looks stuck.
        let Some(instance) = self.instance.as_ref().filter(|it| it.is_stuck()) else {
            return;
        };
        if self.case.hung().calls.is_empty() {
            let places = instance.active_elements();
            let element = places.first().map_or("", |place| *place).to_owned();
            let about = About::place(&element);
            self.incident(IncidentKind::Stuck, &about, Obstacle::NothingOpen);
        }
    }

    /// Does what a step of the engine has come to.
    fn carry_out(&mut self, effects: Vec<Effect>) -> Result<(), Halt> {
        for effect in effects {
            match effect {
                // Receive tasks wait for a message and stand on nobody's list.
                Effect::TaskOpened(task) if task.kind == OpenTaskKind::Receive => {}
                Effect::TaskOpened(task) => C::open_task(self, &task)?,
                Effect::TaskClosed { task, .. } => self.close_task(number(task)),
                Effect::ServiceCalled {
                    task,
                    element,
                    service,
                    ..
                } => self.call(number(task), element, service)?,
                Effect::TimerSet {
                    timer,
                    element,
                    spec,
                    vars,
                } => self.set_timer(number(timer), element, (&spec, &vars)),
                Effect::TimerCancelled { timer } => self.drop_timer(number(timer)),
                Effect::Ended { element } => C::end(self, &element),
                Effect::MessageThrown {
                    element,
                    name,
                    vars,
                } => self.throw(EventKind::Message, &element, name, &vars)?,
                // Listeners of this case have heard it already.
                Effect::SignalThrown { element, name } => {
                    self.throw(EventKind::Signal, &element, name, &Vars::new())?;
                }
                // What is awaited is counted when the working copy is finished; escalations stay inside their case.
                Effect::WaitOpened(_) | Effect::WaitClosed { .. } | Effect::Escalated { .. } => {}
            }
        }
        Ok(())
    }

    fn close_task(&mut self, task_no: i64) {
        let hung = self.case.hung_mut();
        hung.tasks.retain(|open| open.task_no != task_no);
        hung.calls.retain(|call| call.task_no != task_no);
        hung.candidates.remove(&task_no);
        self.wanted.retain(|wanted| wanted.task_no != task_no);
        self.settle_incidents(|incident| incident.task_no == Some(task_no));
    }

    fn call(&mut self, task_no: i64, element: String, service: String) -> Result<(), Halt> {
        if C::does_at_once(&service) {
            return self.complete_task(task_no, Vars::new());
        }
        let next_try_at = Some(self.scene.now);
        self.case.hung_mut().calls.push(Call {
            task_no,
            element,
            service,
            tries: 0,
            next_try_at,
        });
        Ok(())
    }

    fn drop_timer(&mut self, timer_no: i64) {
        let timers = &mut self.case.hung_mut().timers;
        timers.retain(|timer| timer.timer_no != timer_no);
        self.settle_incidents(|incident| incident.timer_no == Some(timer_no));
    }

    /// Sets a timer at its time or at a deadline of the case, or holds it as an incident where its time cannot be computed.
    pub fn set_timer(&mut self, timer_no: i64, element: String, (spec, vars): (&TimerSpec, &Vars)) {
        let deadline = C::deadline(self, spec, vars);
        let due = match deadline {
            Some(deadline) => deadline.at,
            None => match bpmn::time::due(spec, &*self.scene.library.clock) {
                Ok(at) => Some(Instant(at)),
                Err(error) => {
                    let about = About::timer(&element, timer_no);
                    self.incident(IncidentKind::Timer, &about, error.into());
                    None
                }
            },
        };
        let paused = self.case.head().paused_at.is_some();
        let timers = &mut self.case.hung_mut().timers;
        timers.retain(|timer| timer.timer_no != timer_no);
        timers.push(Timer {
            timer_no,
            element,
            due_at: due.filter(|_| !paused),
            held_at: due.filter(|_| paused),
            stage: deadline.map(|deadline| deadline.stage),
            assignment_id: deadline.and_then(|deadline| deadline.assignment),
        });
    }
}
