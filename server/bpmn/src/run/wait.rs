//! What is awaited: opening it when a scope begins, and finding out that it has come.
//! Not here: what then happens (`fire`), and errors and escalations, which nobody awaits but everybody above may catch (`throw`).
//! Next: `fire`.

use shared::process::obstacle::Operation;

use super::RunError;
use super::engine::{Run, node_at, unsupported};
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

    pub(super) fn add_wait(&mut self, wait: Wait) {
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
                    let why = ConditionError::Kinds {
                        operation: Operation::Timer,
                        kinds: vec![other.kind()],
                    };
                    return Err(RunError::Condition {
                        element: node.id.clone(),
                        expression: timer.text.clone(),
                        why,
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
            Err(why) => Err(RunError::Condition {
                element: node.id.clone(),
                expression: condition.source().to_owned(),
                why,
            }),
            Ok(holds) => Ok(holds),
        }
    }
}
