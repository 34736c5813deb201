//! How the outside looks at an instance: open tasks, timers, waits, variables, where tokens stand.
//! Not here: changing anything (`engine`).
//! Next: `state`.

use serde::{Deserialize, Serialize};

use super::state::{
    Instance, OpenTaskKind, ROOT, Scope, ScopeId, ScopeKind, TaskId, TimerId, TimerSpec, WaitId,
    WaitKind,
};
use crate::value::{Value, Vars};

/// A task that waits for the outside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpenTask {
    /// Its number in the instance.
    pub id: TaskId,
    /// Its element.
    pub element: String,
    /// Its kind.
    pub kind: OpenTaskKind,
    /// The process that the element belongs to.
    pub process: String,
    /// Which instance of a repeated activity it is in: the nearest one, from 0.
    pub loop_index: Option<u32>,
    /// Variables of the scopes around it, without those of the process itself.
    pub vars: Vars,
}

/// A timer that runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpenTimer {
    /// Its number in the instance.
    pub id: TimerId,
    /// The event's element.
    pub element: String,
    /// When it is due.
    pub spec: TimerSpec,
    /// Variables of the scopes around it, without those of the process itself.
    pub vars: Vars,
}

/// A message, signal or condition that is awaited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpenWait {
    /// Its number in the instance.
    pub id: WaitId,
    /// The event's element.
    pub element: String,
    /// What is awaited.
    pub kind: WaitKind,
    /// Variables of the scopes around it, without those of the process itself.
    pub vars: Vars,
}

impl Instance {
    /// The process that was started.
    pub fn process_id(&self) -> &str {
        &self.process
    }

    /// Is it over?
    pub fn is_ended(&self) -> bool {
        self.ended
    }

    /// The end event that was reached last, at whatever depth, once the instance is over.
    pub fn ended_at(&self) -> Option<&str> {
        self.last_end.as_deref().filter(|_| self.ended)
    }

    /// All tasks that wait for the outside, oldest first.
    pub fn tasks(&self) -> Vec<OpenTask> {
        self.scopes.keys().filter_map(|id| self.task(*id)).collect()
    }

    /// One open task.
    pub fn task(&self, id: TaskId) -> Option<OpenTask> {
        let scope = self.scopes.get(&id)?;
        Some(OpenTask {
            id,
            element: scope.element.clone(),
            kind: scope.kind.task()?,
            process: self.process_of(id).to_owned(),
            loop_index: self.upwards(id).find_map(|(_, scope)| scope.loop_index),
            vars: self.local_vars(id),
        })
    }

    /// All timers that run, oldest first.
    pub fn timers(&self) -> Vec<OpenTimer> {
        let timer = |(id, wait): (&WaitId, &super::state::Wait)| match &wait.kind {
            WaitKind::Timer(spec) => Some(OpenTimer {
                id: *id,
                element: wait.element.clone(),
                spec: spec.clone(),
                vars: self.local_vars(wait.scope),
            }),
            _ => None,
        };
        self.waits.iter().filter_map(timer).collect()
    }

    /// All messages, signals and conditions that are awaited, oldest first.
    pub fn waits(&self) -> Vec<OpenWait> {
        let wait = |(id, wait): (&WaitId, &super::state::Wait)| match &wait.kind {
            WaitKind::Timer(_) => None,
            kind => Some(OpenWait {
                id: *id,
                element: wait.element.clone(),
                kind: kind.clone(),
                vars: self.local_vars(wait.scope),
            }),
        };
        self.waits.iter().filter_map(wait).collect()
    }

    /// A variable of the process itself.
    pub fn variable(&self, name: &str) -> Option<&Value> {
        self.scopes.get(&ROOT)?.vars.get(name)
    }

    /// All variables of the process itself.
    pub fn variables(&self) -> Option<&Vars> {
        self.scopes.get(&ROOT).map(|scope| &scope.vars)
    }

    /// All variables that a task sees, those of its process included.
    pub fn visible(&self, task: TaskId) -> Vars {
        let mut vars = Vars::new();
        for (_, scope) in self.upwards(task) {
            for (name, value) in &scope.vars {
                vars.entry(name.clone()).or_insert_with(|| value.clone());
            }
        }
        vars
    }

    /// Where something runs or waits: each element as often as it is active, called processes included, oldest first.
    pub fn active_elements(&self) -> Vec<&str> {
        if self.ended {
            return Vec::new();
        }
        let scopes = self
            .scopes
            .values()
            .filter(|scope| scope.kind != ScopeKind::Process)
            .map(|scope| scope.element.as_str());
        scopes
            .chain(self.parked.iter().map(|token| token.element.as_str()))
            .collect()
    }

    /// Nothing is open and nothing is awaited, yet it is not over: a join that can never fill.
    pub fn is_stuck(&self) -> bool {
        let moving = self.scopes.values().any(|scope| {
            !scope.kind.is_container()
                && scope.kind != ScopeKind::Repeat
                && scope.kind != ScopeKind::Call
        });
        !self.ended && !moving && self.waits.is_empty()
    }

    /// From a scope up to the process that it belongs to.
    pub(crate) fn upwards(&self, from: ScopeId) -> impl Iterator<Item = (ScopeId, &Scope)> {
        let mut next = Some(from);
        std::iter::from_fn(move || {
            let id = next?;
            let scope = self.scopes.get(&id)?;
            next = if scope.kind == ScopeKind::Process {
                None
            } else {
                scope.parent
            };
            Some((id, scope))
        })
    }

    pub(crate) fn process_of(&self, scope: ScopeId) -> &str {
        self.upwards(scope)
            .last()
            .map_or("", |(_, scope)| scope.element.as_str())
    }

    pub(crate) fn local_vars(&self, from: ScopeId) -> Vars {
        let mut vars = Vars::new();
        for (_, scope) in self
            .upwards(from)
            .filter(|(_, scope)| scope.kind != ScopeKind::Process)
        {
            for (name, value) in &scope.vars {
                vars.entry(name.clone()).or_insert_with(|| value.clone());
            }
        }
        vars
    }

    pub(crate) fn find_var(&self, from: ScopeId, name: &str) -> Option<&Value> {
        self.upwards(from)
            .find_map(|(_, scope)| scope.vars.get(name))
    }

    /// A variable or a member of one, by a dotted path.
    pub(crate) fn find_path(&self, from: ScopeId, path: &str) -> Option<&Value> {
        let mut parts = path.split('.');
        let first = self.find_var(from, parts.next()?)?;
        parts.try_fold(first, |value, part| value.member(part))
    }
}
