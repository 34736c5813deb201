//! What is awaited: opening it when a scope begins, and what happens when it comes.
//! Not here: errors and escalations, which nobody awaits but everybody above may catch (`throw`).
//! Next: `throw`.

use super::engine::{Run, node_at, unsupported};
use super::error::RunError;
use super::state::{ROOT, Role, ScopeId, ScopeKind, TimerId, TimerSpec, Wait, WaitId, WaitKind};
use super::{Correlation, Effect, OpenWait};
use crate::condition::ConditionError;
use crate::model::{Event, Node, NodeIx, NodeKind, Process, TimerKind, TimerText};
use crate::value::{Value, Vars};

impl<'a> Run<'a> {
    /// The border events of an activity that wait for something from outside.
    pub(super) fn open_boundaries(
        &mut self,
        id: ScopeId,
        process: &'a Process,
        node: &'a Node,
    ) -> Result<(), RunError> {
        for ix in &node.boundaries {
            let boundary = node_at(process, *ix)?;
            if let NodeKind::Boundary { event, .. } = &boundary.kind
                && event.is_awaited()
            {
                self.open_wait((id, Role::Boundary), boundary, event)?;
            }
        }
        Ok(())
    }

    /// The start of an event sub-process of a scope.
    pub(super) fn open_event_sub(
        &mut self,
        id: ScopeId,
        process: &'a Process,
        nodes: &[NodeIx],
    ) -> Result<(), RunError> {
        for ix in nodes {
            let start = node_at(process, *ix)?;
            if let NodeKind::Start(facts) = &start.kind
                && facts.event.is_awaited()
            {
                self.open_wait((id, Role::EventSub), start, &facts.event)?;
            }
        }
        Ok(())
    }

    /// An intermediate event that a token waits at.
    pub(super) fn catch_event(
        &mut self,
        scope: ScopeId,
        node: &'a Node,
        event: &Event,
    ) -> Result<(), RunError> {
        if !event.is_awaited() {
            return Err(unsupported(node, event.kind()));
        }
        let id = self.open_scope(Some(scope), &node.id, ScopeKind::Catch)?;
        self.open_wait((id, Role::Own), node, event)
    }

    pub(super) fn open_wait(
        &mut self,
        (scope, role): (ScopeId, Role),
        node: &Node,
        event: &Event,
    ) -> Result<(), RunError> {
        let kind = match event {
            Event::Message(name) => WaitKind::Message(name.clone()),
            Event::Signal(name) => WaitKind::Signal(name.clone()),
            Event::Timer(timer) => WaitKind::Timer(self.timer_spec(scope, node, timer)?),
            Event::Conditional(_) => {
                self.changed = true;
                WaitKind::Condition
            }
            other => return Err(unsupported(node, other.kind())),
        };
        self.add_wait(Wait {
            scope,
            element: node.id.clone(),
            role,
            kind,
            held: false,
        });
        Ok(())
    }

    fn add_wait(&mut self, wait: Wait) {
        let id = self.instance.number();
        let (element, vars) = (wait.element.clone(), self.instance.local_vars(wait.scope));
        self.effects.push(match &wait.kind {
            WaitKind::Timer(spec) => Effect::TimerSet {
                timer: id,
                element,
                spec: spec.clone(),
                vars,
            },
            kind => Effect::WaitOpened(OpenWait {
                id,
                element,
                kind: kind.clone(),
                vars,
            }),
        });
        self.instance.waits.insert(id, wait);
    }

    fn timer_spec(
        &self,
        scope: ScopeId,
        node: &Node,
        timer: &TimerText,
    ) -> Result<TimerSpec, RunError> {
        let text = match &timer.expression {
            None => timer.text.clone(),
            Some(expression) => match self.compute(scope, &node.id, expression)? {
                Value::Text(text) => text,
                other => {
                    let source = ConditionError::Kinds {
                        operation: "a timer",
                        kinds: other.kind().to_owned(),
                    };
                    return Err(RunError::Condition {
                        element: node.id.clone(),
                        expression: timer.text.clone(),
                        source,
                    });
                }
            },
        };
        Ok(match timer.kind {
            TimerKind::Date => TimerSpec::Date(text),
            TimerKind::Duration => TimerSpec::Duration(text),
            TimerKind::Cycle => TimerSpec::Cycle(text),
        })
    }

    pub(super) fn deliver(
        &mut self,
        name: &str,
        target: &Correlation,
        vars: Vars,
    ) -> Result<(), RunError> {
        let fits = |(id, wait): &(&WaitId, &Wait)| {
            let named = matches!(&wait.kind, WaitKind::Message(waited) if waited == name);
            named
                && match target {
                    Correlation::Any => true,
                    Correlation::Wait(wanted) => wanted == *id,
                    Correlation::Scope { var, value } => {
                        self.instance.find_path(wait.scope, var) == Some(value)
                    }
                }
        };
        let Some((&id, wait)) = self.instance.waits.iter().find(fits) else {
            return Err(RunError::NobodyWaits {
                name: name.to_owned(),
            });
        };
        // What an interrupting border event ends must not swallow what the message brings.
        let seen_from = match wait.role {
            Role::EventSub => wait.scope,
            Role::Boundary | Role::Own => self
                .instance
                .scopes
                .get(&wait.scope)
                .and_then(|scope| scope.parent)
                .unwrap_or(ROOT),
        };
        self.accept(seen_from, vars)?;
        self.fire(id)
    }

    pub(super) fn broadcast(&mut self, name: &str) -> Result<(), RunError> {
        let ids: Vec<WaitId> = self
            .instance
            .waits
            .iter()
            .filter(|(_, wait)| matches!(&wait.kind, WaitKind::Signal(waited) if waited == name))
            .map(|(id, _)| *id)
            .collect();
        for id in ids {
            // An earlier listener may have ended this one.
            if self.instance.waits.contains_key(&id) {
                self.step()?;
                self.fire(id)?;
            }
        }
        Ok(())
    }

    pub(super) fn ring(&mut self, timer: TimerId) -> Result<(), RunError> {
        match self.instance.waits.get(&timer) {
            Some(Wait {
                kind: WaitKind::Timer(_),
                ..
            }) => self.fire(timer),
            _ => Err(RunError::UnknownTimer { timer }),
        }
    }

    /// Conditional events whose condition has become true. True if one was fired.
    pub(super) fn conditions(&mut self) -> Result<bool, RunError> {
        if !std::mem::take(&mut self.changed) {
            return Ok(false);
        }
        let ids: Vec<WaitId> = self
            .instance
            .waits
            .iter()
            .filter(|(_, wait)| wait.kind == WaitKind::Condition)
            .map(|(id, _)| *id)
            .collect();
        let mut fired = false;
        for id in ids {
            let Some(wait) = self.instance.waits.get(&id).cloned() else {
                continue;
            };
            self.step()?;
            let process = self.process_of(wait.scope)?;
            let node = process
                .node(&wait.element)
                .ok_or_else(|| RunError::UnknownElement {
                    element: wait.element.clone(),
                })?;
            let holds = self.condition_holds(wait.scope, node)?;
            if let Some(wait) = self.instance.waits.get_mut(&id) {
                wait.held = holds;
            }
            if holds && !wait.held {
                self.fire(id)?;
                fired = true;
            }
        }
        Ok(fired)
    }

    /// A condition over a variable that is not there yet does not hold yet.
    fn condition_holds(&self, scope: ScopeId, node: &Node) -> Result<bool, RunError> {
        let event = match &node.kind {
            NodeKind::Boundary { event, .. } | NodeKind::Catch(event) => event,
            NodeKind::Start(facts) => &facts.event,
            _ => return Err(unsupported(node, "conditional event")),
        };
        let Event::Conditional(condition) = event else {
            return Err(unsupported(node, event.kind()));
        };
        match condition.holds(&self.seen(scope)) {
            Err(ConditionError::Missing { .. }) => Ok(false),
            Err(source) => Err(RunError::Condition {
                element: node.id.clone(),
                expression: condition.source().to_owned(),
                source,
            }),
            Ok(holds) => Ok(holds),
        }
    }

    /// What was awaited has come.
    pub(super) fn fire(&mut self, id: WaitId) -> Result<(), RunError> {
        let Some(wait) = self.instance.waits.get(&id).cloned() else {
            return Ok(());
        };
        let process = self.process_of(wait.scope)?;
        let node = process
            .node(&wait.element)
            .ok_or_else(|| RunError::UnknownElement {
                element: wait.element.clone(),
            })?;
        self.used(id, &wait, node);
        match wait.role {
            Role::Boundary => self.fire_boundary(wait.scope, process, node),
            Role::EventSub => self.start_event_sub(wait.scope, process, node),
            Role::Own => self.fire_own(wait.scope, process, node),
        }
    }

    /// A wait that has come is used up; a cycle that does not end its scope is set again with one repetition less.
    fn used(&mut self, id: WaitId, wait: &Wait, node: &Node) {
        let stays = match &node.kind {
            NodeKind::Boundary { interrupting, .. } => !interrupting,
            NodeKind::Start(facts) => !facts.interrupting,
            _ => false,
        };
        match &wait.kind {
            WaitKind::Timer(spec) => {
                // The caller knows that this timer has rung, so it is not told that it is cancelled.
                self.instance.waits.remove(&id);
                if let Some(spec) = next_round(spec).filter(|_| stays) {
                    self.add_wait(Wait {
                        kind: WaitKind::Timer(spec),
                        ..wait.clone()
                    });
                }
            }
            _ if stays => {}
            _ => self.close_wait(id),
        }
    }

    pub(super) fn fire_boundary(
        &mut self,
        scope: ScopeId,
        process: &'a Process,
        node: &'a Node,
    ) -> Result<(), RunError> {
        let Some(parent) = self
            .instance
            .scopes
            .get(&scope)
            .and_then(|scope| scope.parent)
        else {
            return Ok(());
        };
        if matches!(
            node.kind,
            NodeKind::Boundary {
                interrupting: true,
                ..
            }
        ) {
            self.remove(scope, false);
            self.undone(parent);
        }
        self.leave(self.around_undoing(parent), process, node)
    }

    /// Ways on from the border of something that undoes lead into the scope around the undoing.
    fn around_undoing(&self, scope: ScopeId) -> ScopeId {
        match self.instance.scopes.get(&scope) {
            Some(found) if found.kind == ScopeKind::Undo => found.parent.unwrap_or(scope),
            _ => scope,
        }
    }

    pub(super) fn start_event_sub(
        &mut self,
        scope: ScopeId,
        process: &'a Process,
        start: &'a Node,
    ) -> Result<(), RunError> {
        let (NodeKind::Start(facts), Some(sub)) = (&start.kind, start.parent) else {
            return Err(unsupported(start, "event sub-process"));
        };
        if facts.interrupting {
            self.cancel_inside(scope);
            let others: Vec<WaitId> = self
                .instance
                .waits
                .iter()
                .filter(|(_, wait)| wait.scope == scope && wait.role == Role::EventSub)
                .map(|(id, _)| *id)
                .collect();
            for id in others {
                self.close_wait(id);
            }
        }
        let id = self.open_scope(Some(scope), &node_at(process, sub)?.id, ScopeKind::EventSub)?;
        self.begin_container(id, process, Some(sub))?;
        self.leave(id, process, start)
    }

    fn fire_own(
        &mut self,
        scope: ScopeId,
        process: &'a Process,
        node: &'a Node,
    ) -> Result<(), RunError> {
        let Some(found) = self.instance.scopes.get(&scope) else {
            return Ok(());
        };
        match (found.kind, found.parent) {
            (ScopeKind::Receive, _) => self.finish_activity(scope),
            (_, Some(parent)) => {
                self.remove(scope, true);
                self.leave(parent, process, node)
            }
            _ => Ok(()),
        }
    }
}

/// `R3/PT1H` is followed by `R2/PT1H`, `R/PT1H` by itself, `R1/…` and anything else by nothing.
fn next_round(spec: &TimerSpec) -> Option<TimerSpec> {
    let TimerSpec::Cycle(text) = spec else {
        return None;
    };
    let (count, rest) = text.strip_prefix('R')?.split_once('/')?;
    if count.is_empty() {
        return Some(spec.clone());
    }
    let left = count
        .parse::<u32>()
        .ok()?
        .checked_sub(1)
        .filter(|left| *left > 0)?;
    Some(TimerSpec::Cycle(format!("R{left}/{rest}")))
}
