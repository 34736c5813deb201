//! Ad-hoc sub-processes: activities without order, begun by choice; ended by their condition or by somebody's word.
//! Not here: how an activity inside runs (`activity`).
//! Next: `activity`.

use super::RunError;
use super::engine::{Run, node_at};
use super::state::{Repeat, ScopeId, ScopeKind, TaskId};
use crate::check::can_begin;
use crate::condition::ConditionError;
use crate::model::{AdHocSpec, NodeIx, Process};

impl Run<'_> {
    /// Begins an activity of an open ad-hoc sub-process.
    pub(super) fn choose(&mut self, task: TaskId, element: &str) -> Result<(), RunError> {
        let open = self
            .instance
            .scopes
            .get(&task)
            .is_some_and(|scope| scope.kind == ScopeKind::AdHoc);
        if !open {
            return Err(RunError::UnknownTask { task });
        }
        let (process, node) = self.node_of(task)?;
        let chosen = choices(process, process.place(&node.id))
            .into_iter()
            .find(|ix| process.nodes[*ix].id == element)
            .ok_or_else(|| RunError::UnknownElement {
                element: element.to_owned(),
            })?;
        if node.ad_hoc.as_ref().is_some_and(|spec| spec.sequential) && self.is_busy(task) {
            return Err(RunError::StillBusy {
                element: node.id.clone(),
            });
        }
        self.begin_activity(task, node_at(process, chosen)?)
    }

    /// Something that runs inside keeps an ad-hoc sub-process from being called done.
    pub(super) fn is_busy(&self, scope: ScopeId) -> bool {
        let inside = |other: &super::state::Scope| other.parent == Some(scope);
        self.instance.scopes.values().any(inside)
            || self
                .instance
                .parked
                .iter()
                .any(|token| token.scope == scope)
    }

    /// An activity inside has ended: the condition is asked, and may take away the rest.
    pub(super) fn ad_hoc_step(&mut self, scope: ScopeId) -> Result<(), RunError> {
        let (_, node) = self.node_of(scope)?;
        let Some(spec) = &node.ad_hoc else {
            return Ok(());
        };
        if let Some(found) = self.instance.scopes.get_mut(&scope) {
            found.repeat.get_or_insert_with(Repeat::default).done += 1;
        }
        if spec.cancel_rest && self.is_complete(scope, spec)? {
            self.cancel_inside(scope);
            return self.finish_activity(scope);
        }
        Ok(())
    }

    /// An idle ad-hoc sub-process ends when something was done in it and its condition holds. True if it did.
    pub(super) fn end_ad_hoc(&mut self, scope: ScopeId) -> Result<bool, RunError> {
        let (_, node) = self.node_of(scope)?;
        let Some(spec) = &node.ad_hoc else {
            return Ok(false);
        };
        if !self.is_complete(scope, spec)? {
            return Ok(false);
        }
        self.finish_activity(scope).map(|()| true)
    }

    fn is_complete(&self, scope: ScopeId, spec: &AdHocSpec) -> Result<bool, RunError> {
        let begun = self
            .instance
            .scopes
            .get(&scope)
            .and_then(|scope| scope.repeat.as_ref())
            .is_some_and(|repeat| repeat.done > 0);
        let Some(condition) = spec.completion.as_ref().filter(|_| begun) else {
            return Ok(false);
        };
        let element = self.node_of(scope)?.1.id.clone();
        let failed = |expression: &str, why: ConditionError| RunError::Condition {
            element: element.clone(),
            expression: expression.to_owned(),
            why,
        };
        match condition {
            Err((text, error)) => Err(failed(text, error.clone())),
            Ok(condition) => match condition.holds(&self.seen(scope)) {
                // A variable that is not there yet: not done yet.
                Err(ConditionError::Missing { .. }) => Ok(false),
                Err(error) => Err(failed(condition.source(), error)),
                Ok(holds) => Ok(holds),
            },
        }
    }
}

/// What can be begun in an ad-hoc sub-process: everything inside that nothing leads to.
pub(super) fn choices(process: &Process, node: Option<NodeIx>) -> Vec<NodeIx> {
    let inside = process.container(node).nodes.iter().copied();
    inside.filter(|ix| can_begin(&process.nodes[*ix])).collect()
}
