//! What was awaited has come: what it ends, where it leads, and whether it can come again.
//! Not here: waiting (`wait`).
//! Next: `throw`.

use super::RunError;
use super::engine::{Run, node_at, unsupported};
use super::state::{Role, ScopeId, ScopeKind, TimerSpec, Wait, WaitId, WaitKind};
use crate::model::{Node, NodeKind, Process};

impl<'a> Run<'a> {
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
                match next_round(spec).filter(|_| stays) {
                    Some(spec) => self.add_wait(Wait {
                        kind: WaitKind::Timer(spec),
                        ..wait.clone()
                    }),
                    None => self.use_up(wait),
                }
            }
            _ if stays => {}
            _ => {
                self.close_wait(id);
                self.use_up(wait);
            }
        }
    }

    /// Remembered as long as the scope is there, so that a migration does not take the event for one that is new.
    fn use_up(&mut self, wait: &Wait) {
        if let Some(scope) = self.instance.scopes.get_mut(&wait.scope) {
            scope.used.push(wait.element.clone());
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
            let others: Vec<(WaitId, Wait)> = self
                .instance
                .waits
                .iter()
                .filter(|(_, wait)| wait.scope == scope && wait.role == Role::EventSub)
                .map(|(id, wait)| (*id, wait.clone()))
                .collect();
            for (id, wait) in others {
                self.close_wait(id);
                self.use_up(&wait);
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

/// What a timer is set to when it has rung: `R3/PT1H` is followed by `R2/PT1H`, `R/PT1H` by itself, `R1/…` and anything else by nothing.
pub fn next_round(spec: &TimerSpec) -> Option<TimerSpec> {
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
