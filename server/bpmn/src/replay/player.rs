//! Does the steps of one case and compares.
//! Not here: which cases there are. Errors are words: expected and found.
//! Next: `clock`.

use std::collections::BTreeMap;

use super::clock;
use super::step::{CaseStep, Place};
use crate::condition::Condition;
use crate::model::{DefinitionSet, Lookup, NodeKind};
use crate::run::{
    self, Correlation, Effect, Instance, OpenTask, OpenTaskKind, RunError, StartAt, Step, TimerId,
    WaitKind,
};
use crate::value::{Value, Vars};

type Outcome = Result<(), String>;

pub(super) struct Player<'d> {
    defs: DefinitionSet<'d>,
    instance: Option<Instance>,
    /// A start that failed; the next step must say that this was expected.
    failed: Option<RunError>,
    now: i64,
    due: BTreeMap<TimerId, i64>,
}

impl<'d> Player<'d> {
    pub(super) fn new(defs: DefinitionSet<'d>) -> Self {
        Self {
            defs,
            instance: None,
            failed: None,
            now: 0,
            due: BTreeMap::new(),
        }
    }

    pub(super) fn finish(self) -> Outcome {
        self.failed.map_or(Ok(()), |error| Err(error.to_string()))
    }

    pub(super) fn step(&mut self, step: &CaseStep) -> Outcome {
        if let Some(error) = self.failed.take() {
            return if step.expect_error {
                Ok(())
            } else {
                Err(error.to_string())
            };
        }
        self.starts(step);
        self.acts(step)?;
        self.expects(step)
    }

    fn starts(&mut self, step: &CaseStep) {
        let started = match (&step.start, &step.start_by_message) {
            (Some(process), _) => {
                run::start_process(&self.defs, process, StartAt::None, step.vars.clone())
            }
            (None, Some(message)) => {
                run::start(&self.defs, StartAt::Message(message), step.vars.clone())
            }
            (None, None) => return,
        };
        match started {
            Ok(step) => self.take(step),
            Err(error) => self.failed = Some(error),
        }
    }

    fn take(&mut self, step: Step) {
        for effect in &step.effects {
            match effect {
                Effect::TimerSet { timer, spec, .. } => {
                    self.due
                        .extend(clock::due(self.now, spec).map(|due| (*timer, due)));
                }
                Effect::TimerCancelled { timer } => {
                    self.due.remove(timer);
                }
                _ => {}
            }
        }
        self.instance = Some(step.instance);
    }

    fn instance(&self) -> Result<&Instance, String> {
        self.instance
            .as_ref()
            .ok_or_else(|| "nothing was started".to_owned())
    }

    fn done(&mut self, step: Result<Step, RunError>) -> Outcome {
        self.take(step.map_err(|error| error.to_string())?);
        Ok(())
    }

    fn acts(&mut self, step: &CaseStep) -> Outcome {
        for _ in 0..step.times.unwrap_or(1) {
            if let Some(task) = &step.complete {
                self.complete(task, OpenTaskKind::User, step)?;
            }
            if let Some(task) = &step.trigger {
                self.complete(task, OpenTaskKind::Receive, step)?;
            }
        }
        if let Some(name) = &step.signal {
            let result = run::signal(&self.defs, self.instance()?, name, step.vars.clone());
            self.done(result)?;
        }
        if let Some(name) = &step.message {
            match run::message(
                &self.defs,
                self.instance()?,
                name,
                &Correlation::Any,
                step.vars.clone(),
            ) {
                Err(RunError::NobodyWaits { .. } | RunError::Ended) if step.expect_refused => {}
                Ok(_) if step.expect_refused => {
                    return Err(format!("somebody waited for the message {name}"));
                }
                result => self.done(result)?,
            }
        }
        if let Some(element) = &step.fire_timer {
            let timers = self.instance()?.timers();
            let timer = timers
                .iter()
                .find(|timer| &timer.element == element)
                .ok_or_else(|| format!("no timer runs at {element}"))?;
            self.ring(timer.id)?;
        }
        if let Some(duration) = &step.advance_clock {
            self.advance(
                clock::seconds(duration).ok_or_else(|| format!("{duration} is no duration"))?,
            )?;
        }
        if let Some(vars) = &step.set_vars {
            let result = run::set_vars(&self.defs, self.instance()?, vars.clone());
            self.done(result)?;
        }
        Ok(())
    }

    fn complete(&mut self, element: &str, kind: OpenTaskKind, step: &CaseStep) -> Outcome {
        let instance = self.instance()?;
        let open = instance
            .tasks()
            .into_iter()
            .filter(|task| task.kind == kind)
            .find(|task| element == "*any*" || task.element == element);
        let task = open.ok_or_else(|| {
            format!(
                "the task {element} is not open, but {:?}",
                instance.active_elements()
            )
        })?;
        match run::complete(&self.defs, instance, task.id, step.vars.clone()) {
            Err(_) if step.expect_error => Ok(()),
            Ok(_) if step.expect_error => Err("the completion did not fail".to_owned()),
            result => self.done(result),
        }
    }

    fn ring(&mut self, timer: TimerId) -> Outcome {
        self.due.remove(&timer);
        let result = run::timer_due(&self.defs, self.instance()?, timer);
        self.done(result)
    }

    fn advance(&mut self, seconds: i64) -> Outcome {
        let until = self.now.saturating_add(seconds);
        while let Some((timer, due)) = self
            .due
            .iter()
            .map(|(timer, due)| (*timer, *due))
            .filter(|(_, due)| *due <= until)
            .min_by_key(|(timer, due)| (*due, *timer))
        {
            self.now = due;
            self.ring(timer)?;
        }
        self.now = until;
        Ok(())
    }

    fn open(&self) -> Result<Vec<OpenTask>, String> {
        Ok(self
            .instance()?
            .tasks()
            .into_iter()
            .filter(|task| task.kind == OpenTaskKind::User)
            .collect())
    }

    fn expects(&self, step: &CaseStep) -> Outcome {
        if let Some(places) = &step.expect_active {
            self.contains(places, true)?;
        }
        if let Some(places) = &step.expect_active_contains {
            self.contains(places, false)?;
        }
        if let Some(places) = &step.expect_active_excludes {
            let open = self.open()?;
            if let Some(place) = places.iter().find(|place| {
                open.iter()
                    .any(|task| place.fits(&task.element, &task.process))
            }) {
                return Err(format!("the task {} is open", place.id()));
            }
        }
        if let Some(count) = step.expect_active_count {
            let found = self.open()?.len();
            if found != count {
                return Err(format!("{count} tasks expected, {found} are open"));
            }
        }
        if let Some(elements) = &step.expect_waiting {
            self.waiting(elements)?;
        }
        if let Some(names) = &step.expect_assignees {
            let mut found = self
                .open()?
                .iter()
                .filter_map(|task| self.assignee(task))
                .collect::<Vec<_>>();
            found.sort();
            let mut names = names.clone();
            names.sort();
            if found != names {
                return Err(format!("assignees {names:?} expected, found {found:?}"));
            }
        }
        if let Some(vars) = &step.expect_var {
            self.variables(vars)?;
        }
        match step.expect_end {
            Some(end) if self.instance()?.is_ended() != end => Err(format!(
                "end {end} expected, active are {:?}",
                self.instance()?.active_elements()
            )),
            _ => Ok(()),
        }
    }

    fn contains(&self, places: &[Place], all: bool) -> Outcome {
        let mut open = self.open()?;
        for place in places {
            let at = open
                .iter()
                .position(|task| place.fits(&task.element, &task.process));
            let at = at.ok_or_else(|| {
                format!(
                    "the task {} is not open, but {:?}",
                    place.id(),
                    open.iter().map(|t| &t.element).collect::<Vec<_>>()
                )
            })?;
            open.remove(at);
        }
        match open.first() {
            Some(task) if all => Err(format!("the task {} is open besides", task.element)),
            _ => Ok(()),
        }
    }

    fn waiting(&self, elements: &[String]) -> Outcome {
        let instance = self.instance()?;
        let receives: Vec<String> = instance
            .tasks()
            .into_iter()
            .filter(|task| task.kind == OpenTaskKind::Receive)
            .map(|task| task.element)
            .collect();
        let events = instance
            .waits()
            .into_iter()
            .filter(|wait| !matches!(wait.kind, WaitKind::Timer(_)))
            .map(|wait| wait.element);
        let events = events
            .filter(|element| !receives.contains(element))
            .chain(instance.timers().into_iter().map(|timer| timer.element));
        let mut found: Vec<String> = events.collect();
        found.extend(receives.clone());
        for element in elements {
            let at = found
                .iter()
                .position(|other| other == element)
                .ok_or_else(|| format!("{element} does not wait, but {found:?}"))?;
            found.remove(at);
        }
        Ok(())
    }

    fn assignee(&self, task: &OpenTask) -> Option<String> {
        let node = self.defs.process(&task.process)?.node(&task.element)?;
        let NodeKind::Task(facts) = &node.kind else {
            return None;
        };
        let text = facts.assignee.as_deref()?;
        match Condition::embedded(text) {
            None => Some(text.to_owned()),
            Some(expression) => {
                let value = expression
                    .ok()?
                    .value(&self.instance.as_ref()?.visible(task.id))
                    .ok()?;
                value.as_text().map(str::to_owned)
            }
        }
    }

    fn variables(&self, vars: &Vars) -> Outcome {
        let instance = self.instance()?;
        let seen = instance
            .tasks()
            .first()
            .map(|task| instance.visible(task.id))
            .or_else(|| instance.variables().cloned())
            .unwrap_or_default();
        for (name, value) in vars {
            let found = seen.get(name).unwrap_or(&Value::Null);
            if found != value {
                return Err(format!("the variable {name} is {found:?}, not {value:?}"));
            }
        }
        Ok(())
    }
}
