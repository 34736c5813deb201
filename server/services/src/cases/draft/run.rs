//! A draft's process: steps of the engine, and what their effects do to the case.
//! Not here: the process's own rules (`crate::process`), what an opened task looks like (`opening`).

use std::sync::Arc;

use bpmn::{Correlation, Effect, Step, Vars};
use shared::fault::{Code, Fault};
use shared::ids::AssignmentId;
use shared::ticket::Verb;
use store::record::Task;

use super::Draft;
use crate::cases::opening;
use crate::fault::Failure;
use crate::process::{self, Running};

impl Draft<'_> {
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
}
