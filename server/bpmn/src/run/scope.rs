//! Scopes opened and taken away, with what is inside them and what they await.
//! Not here: which element opens which (`activity`, `wait`).
//! Next: `activity`.

use shared::process::obstacle::Fuel;

use super::Effect;
use super::RunError;
use super::engine::Run;
use super::state::{Scope, ScopeId, ScopeKind, WaitKind};
use crate::limits::{MAX_NESTING, MAX_TOKENS};
use crate::value::Vars;

impl Run<'_> {
    pub(super) fn open_scope(
        &mut self,
        parent: Option<ScopeId>,
        element: &str,
        kind: ScopeKind,
    ) -> Result<ScopeId, RunError> {
        if self.instance.scopes.len() + self.instance.parked.len() >= MAX_TOKENS {
            return Err(RunError::Fuel { what: Fuel::Tokens });
        }
        let mut depth = 0;
        let mut at = parent;
        while let Some(scope) = at.and_then(|id| self.instance.scopes.get(&id)) {
            depth += 1;
            at = scope.parent;
        }
        if depth >= MAX_NESTING {
            return Err(RunError::Fuel {
                what: Fuel::Nesting,
            });
        }
        let id = self.instance.number();
        let scope = Scope {
            parent,
            element: element.to_owned(),
            kind,
            vars: Vars::new(),
            loop_index: None,
            repeat: None,
            completed: Vec::new(),
            used: Vec::new(),
        };
        self.instance.scopes.insert(id, scope);
        Ok(id)
    }

    /// Takes a scope away with all that is inside it.
    pub(super) fn remove(&mut self, id: ScopeId, completed: bool) {
        self.cancel_inside(id);
        self.close_waits(id);
        if let Some(scope) = self.instance.scopes.remove(&id)
            && scope.kind.task().is_some()
        {
            self.effects.push(Effect::TaskClosed {
                task: id,
                element: scope.element,
                completed,
            });
        }
    }

    /// Takes away everything inside a scope; what it awaits itself stays.
    pub(super) fn cancel_inside(&mut self, id: ScopeId) {
        // Most scopes are tasks and events, which hold nothing: nothing is to be looked for.
        let holds = self
            .instance
            .scopes
            .get(&id)
            .is_some_and(|scope| scope.kind.may_hold());
        if !holds {
            return;
        }
        let children: Vec<ScopeId> = self
            .instance
            .scopes
            .iter()
            .filter(|(_, scope)| scope.parent == Some(id))
            .map(|(id, _)| *id)
            .collect();
        for child in children {
            self.remove(child, false);
        }
        self.instance.parked.retain(|token| token.scope != id);
        self.queue.retain(|next| next.scope() != id);
    }

    pub(super) fn close_waits(&mut self, scope: ScopeId) {
        let gone: Vec<u64> = self
            .instance
            .waits
            .iter()
            .filter(|(_, wait)| wait.scope == scope)
            .map(|(id, _)| *id)
            .collect();
        for id in gone {
            self.close_wait(id);
        }
    }

    pub(super) fn close_wait(&mut self, id: u64) {
        if let Some(wait) = self.instance.waits.remove(&id) {
            self.effects.push(match wait.kind {
                WaitKind::Timer(_) => Effect::TimerCancelled { timer: id },
                _ => Effect::WaitClosed { wait: id },
            });
        }
    }
}
