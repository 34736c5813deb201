//! A draft's process: steps of the engine, and what their effects do to the case.
//! Not here: what an opened task looks like (`open`), parts beside a task (`parts`).
//! A step that the process itself cannot take halts the verb; the runner keeps it as an incident.

use anyhow::Context as _;
use bpmn::change::{Jump, JumpError, TurnError};
use bpmn::{Correlation, Effect, RunError, StartAt, Step, TimerSpec, Value, Vars};
use shared::approval::{ApprovalStatus, ApprovalVerb, EventKind, IncidentKind};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use store::StoreError;
use store::record::{Call, Incident, Timer};

use super::{About, Draft, Told};
use crate::approvals::start::start_element;
use crate::fault::Failure;

/// Why a verb did not happen.
#[derive(Debug)]
pub(crate) enum Halt {
    /// For the caller.
    Failure(Failure),
    /// The process cannot go on so; its owner gets an incident.
    Stopped(Box<Incident>),
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
pub(super) fn number(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn engine_number(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

impl Draft<'_> {
    /// Starts the process.
    pub fn start(&mut self, at: StartAt<'_>, vars: Vars) -> Result<(), Halt> {
        let step = bpmn::start(&self.scene.library.lookup, at, vars);
        self.take(step, None)
    }

    /// Completes an open task.
    pub fn complete(&mut self, task_no: i64, vars: Vars) -> Result<(), Halt> {
        let step = bpmn::complete(
            &self.scene.library.lookup,
            self.running()?,
            engine_number(task_no),
            vars,
        );
        self.take(step, Some(task_no))
    }

    /// A service failed with an error of the process.
    pub fn fail(&mut self, task_no: i64, code: &str) -> Result<(), Halt> {
        let step = bpmn::fail(
            &self.scene.library.lookup,
            self.running()?,
            engine_number(task_no),
            code,
        );
        self.take(step, Some(task_no))
    }

    /// A timer's time has come.
    pub fn ring(&mut self, timer_no: i64) -> Result<(), Halt> {
        let step = bpmn::timer_due(
            &self.scene.library.lookup,
            self.running()?,
            engine_number(timer_no),
        );
        self.take(step, None)
    }

    /// Delivers a message to the first that waits for it.
    pub fn message(&mut self, name: &str, vars: Vars) -> Result<(), Halt> {
        let step = bpmn::message(
            &self.scene.library.lookup,
            self.running()?,
            name,
            &Correlation::Any,
            vars,
        );
        self.take(step, None)
    }

    /// Tells everything that waits for a signal.
    pub fn signal(&mut self, name: &str, vars: Vars) -> Result<(), Halt> {
        let step = bpmn::signal(&self.scene.library.lookup, self.running()?, name, vars);
        self.take(step, None)
    }

    /// Begins the process of a case that waits at its start, with its variables as they are now.
    pub fn begin_again(&mut self) -> Result<(), Halt> {
        let Some(place) = self.not_begun().map(str::to_owned) else {
            return Ok(());
        };
        let vars = variables(&self.case.approval.inside.variables)?;
        let plain = start_element(&self.scene.library.main);
        let at = if plain.as_deref() == Some(&*place) {
            StartAt::None
        } else {
            StartAt::Event(&place)
        };
        self.start(at, vars)
    }

    /// Sets variables of the process; of one that is not begun those that it will begin with.
    pub fn set_vars(&mut self, vars: Vars) -> Result<(), Halt> {
        if self.not_begun().is_some() {
            let mut all = variables(&self.case.approval.inside.variables)?;
            all.extend(vars);
            self.case.approval.inside.variables =
                serde_json::to_string(&all).map_err(anyhow::Error::new)?;
            return Ok(());
        }
        let step = bpmn::set_vars(&self.scene.library.lookup, self.running()?, vars);
        self.take(step, None)
    }

    /// Takes the case to other places.
    pub fn jump(&mut self, jump: &Jump) -> Result<(), Halt> {
        match bpmn::change::jump(&self.scene.library.lookup, self.running()?, jump) {
            Ok(step) => self.take(Ok(step), None),
            Err(JumpError::Run(error)) => self.take(Err(error), None),
            Err(error) => Err(jump_refused(&error).into()),
        }
    }

    /// One more person signs a step that several people sign at once.
    pub fn add_turn(&mut self, task_no: i64, item: Value) -> Result<(), Halt> {
        let step = bpmn::change::add_turn(
            &self.scene.library.lookup,
            self.running()?,
            engine_number(task_no),
            item,
        );
        self.take_turn(step, task_no)
    }

    /// One of them need not sign.
    pub fn remove_turn(&mut self, task_no: i64) -> Result<(), Halt> {
        let step = bpmn::change::remove_turn(
            &self.scene.library.lookup,
            self.running()?,
            engine_number(task_no),
        );
        self.take_turn(step, task_no)
    }

    fn take_turn(&mut self, step: Result<Step, TurnError>, task_no: i64) -> Result<(), Halt> {
        match step {
            Ok(step) => self.take(Ok(step), Some(task_no)),
            Err(TurnError::Run(error)) => self.take(Err(error), Some(task_no)),
            Err(TurnError::LastOne) => Err(Fault::new(Code::ApprovalLastSigner).into()),
            Err(TurnError::NotRepeated { .. }) => Err(self.not_now(ApprovalVerb::AddSigner)),
        }
    }

    /// Goes on with a state that came from elsewhere (a migration), and carries its effects out.
    pub fn replace(&mut self, instance: bpmn::Instance, effects: Vec<Effect>) -> Result<(), Halt> {
        self.instance = Some(instance);
        self.carry_out(effects)
    }

    /// The verb does not fit now.
    pub fn not_now(&self, verb: ApprovalVerb) -> Halt {
        Fault::new(Code::ApprovalNotAllowed)
            .fact("status", self.case.approval.status)
            .fact("verb", verb)
            .into()
    }

    fn running(&self) -> Result<&bpmn::Instance, Halt> {
        self.instance
            .as_ref()
            .filter(|instance| !instance.is_ended())
            .ok_or_else(|| {
                Fault::new(Code::ApprovalNotAllowed)
                    .fact("status", self.case.approval.status)
                    .into()
            })
    }

    fn take(&mut self, step: Result<Step, RunError>, task_no: Option<i64>) -> Result<(), Halt> {
        let step = match step {
            Ok(step) => step,
            Err(
                RunError::Ended
                | RunError::UnknownTask { .. }
                | RunError::UnknownTimer { .. }
                | RunError::NobodyWaits { .. },
            ) => {
                return Err(Fault::new(Code::ApprovalNotAllowed)
                    .fact("status", self.case.approval.status)
                    .into());
            }
            Err(error) => return Err(self.stopped(&error, task_no)),
        };
        self.instance = Some(step.instance);
        self.carry_out(step.effects)?;
        self.note_stuck();
        Ok(())
    }

    /// The incident for a step that the process cannot take.
    fn stopped(&self, error: &RunError, task_no: Option<i64>) -> Halt {
        let by_task = task_no.and_then(|no| {
            self.case
                .tasks
                .iter()
                .find(|task| task.task_no == no)
                .map(|task| task.element.clone())
                .or_else(|| {
                    self.case
                        .calls
                        .iter()
                        .find(|call| call.task_no == no)
                        .map(|call| call.element.clone())
                })
        });
        let element = match error {
            RunError::Condition { element, .. }
            | RunError::NoFlow { element }
            | RunError::UncaughtError { element, .. } => Some(element.clone()),
            _ => by_task,
        };
        Halt::Stopped(Box::new(Incident {
            n: 0,
            kind: IncidentKind::Condition,
            element: element.unwrap_or_default(),
            task_no,
            timer_no: None,
            words: error.to_string(),
            tries: 1,
            opened_at: self.scene.now,
            settled_at: None,
            settled_by: None,
        }))
    }

    fn note_stuck(&mut self) {
        let stuck = self.instance.as_ref().is_some_and(bpmn::Instance::is_stuck);
        if stuck && self.case.calls.is_empty() {
            let element = self
                .instance
                .as_ref()
                .and_then(|instance| instance.active_elements().first().map(|e| (*e).to_owned()))
                .unwrap_or_default();
            let about = About {
                element: &element,
                task_no: None,
                timer_no: None,
            };
            self.incident(
                IncidentKind::Stuck,
                &about,
                "nothing is open and nothing is awaited".to_owned(),
            );
        }
    }

    fn carry_out(&mut self, effects: Vec<Effect>) -> Result<(), Halt> {
        for effect in effects {
            match effect {
                Effect::TaskOpened(task) => self.open_task(&task),
                Effect::TaskClosed { task, .. } => {
                    let task_no = number(task);
                    self.case.tasks.retain(|open| open.task_no != task_no);
                    self.case.calls.retain(|call| call.task_no != task_no);
                    self.case.candidates.remove(&task_no);
                    self.wanted.retain(|wanted| wanted.task_no != task_no);
                    self.settle_incidents(|incident| incident.task_no == Some(task_no));
                }
                Effect::ServiceCalled {
                    task,
                    element,
                    service,
                    ..
                } => self.case.calls.push(Call {
                    task_no: number(task),
                    element,
                    service,
                    tries: 0,
                    next_try_at: Some(self.scene.now),
                }),
                Effect::TimerSet {
                    timer,
                    element,
                    spec,
                    ..
                } => self.set_timer(number(timer), element, &spec),
                Effect::TimerCancelled { timer } => {
                    let timer_no = number(timer);
                    self.case.timers.retain(|t| t.timer_no != timer_no);
                    self.settle_incidents(|incident| incident.timer_no == Some(timer_no));
                }
                Effect::Ended { element } => self.end(&element),
                Effect::MessageThrown {
                    element,
                    name,
                    vars,
                } => self.throw(EventKind::Message, &element, name, &vars)?,
                // Listeners of this case have heard it already.
                Effect::SignalThrown { element, name } => {
                    self.throw(EventKind::Signal, &element, name, &Vars::new())?;
                }
                // What is awaited is counted when the draft is finished; escalations stay inside their case.
                Effect::WaitOpened(_) | Effect::WaitClosed { .. } | Effect::Escalated { .. } => {}
            }
        }
        Ok(())
    }

    /// Sets a timer, or holds it as an incident where its time cannot be computed.
    pub fn set_timer(&mut self, timer_no: i64, element: String, spec: &TimerSpec) {
        self.case.timers.retain(|t| t.timer_no != timer_no);
        let due = bpmn::time::due(spec, &*self.scene.library.clock);
        if let Err(error) = &due {
            let about = About {
                element: &element,
                task_no: None,
                timer_no: Some(timer_no),
            };
            self.incident(IncidentKind::Timer, &about, error.to_string());
        }
        let due = due.ok().map(Instant);
        let paused = self.case.approval.paused_at.is_some();
        self.case.timers.push(Timer {
            timer_no,
            element,
            due_at: due.filter(|_| !paused),
            held_at: due.filter(|_| paused),
        });
    }

    fn end(&mut self, element: &str) {
        let approval = &mut self.case.approval;
        approval.status = ApprovalStatus::Ended;
        approval.outcome = Some(element.to_owned());
        self.close_everything();
        let name = self.scene.library.name_of(element);
        let mut told = Told::default().fact("outcome", name);
        told.element = Some(element.to_owned());
        self.event(ApprovalVerb::End, told);
    }

    /// Nothing of the case is open any more.
    pub fn close_everything(&mut self) {
        self.case.approval.ended_at = Some(self.scene.now);
        self.case.approval.paused_at = None;
        self.case.approval.paused_for = None;
        self.case.tasks.clear();
        self.case.candidates.clear();
        self.case.timers.clear();
        self.case.calls.clear();
        self.wanted.clear();
        self.settle_incidents(|_| true);
    }

    /// Settles open incidents that are over by themselves.
    pub fn settle_incidents(&mut self, over: impl Fn(&Incident) -> bool) {
        let now = self.scene.now;
        let by = match self.scene.actor.username.as_str() {
            "" => "system".to_owned(),
            name => name.to_owned(),
        };
        for incident in &mut self.case.incidents {
            if incident.settled_at.is_none() && over(incident) {
                incident.settled_at = Some(now);
                incident.settled_by = Some(by.clone());
            }
        }
    }

    /// All variables that a task sees.
    pub fn visible(&self, task_no: i64) -> Vars {
        self.instance
            .as_ref()
            .map(|instance| instance.visible(engine_number(task_no)))
            .unwrap_or_default()
    }
}

/// Variables from their JSON; empty text is none.
pub(crate) fn variables(json: &str) -> Result<Vars, Failure> {
    if json.is_empty() {
        return Ok(Vars::new());
    }
    Ok(serde_json::from_str(json).context("variables of an approval")?)
}

/// Why a case cannot be taken there, as safe facts.
pub(crate) fn jump_refused(error: &JumpError) -> Fault {
    let fault = Fault::new(Code::ApprovalTarget);
    match error {
        JumpError::NotThere { element } => {
            fault.fact("reason", "not_there").fact("element", element)
        }
        JumpError::NoTarget { element } => {
            fault.fact("reason", "no_target").fact("element", element)
        }
        JumpError::NotRunning { element, .. } => {
            fault.fact("reason", "not_running").fact("element", element)
        }
        JumpError::JoinNeverFills { join, .. } => {
            fault.fact("reason", "join").fact("element", join)
        }
        JumpError::Twice { other, .. } => fault.fact("reason", "twice").fact("element", other),
        JumpError::Run(_) => fault.fact("reason", "stopped"),
    }
}
