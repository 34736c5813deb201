//! Compensation: what has been completed and can be undone, and the undoing, the last first (BPMN 2.0, section 13.5.5).
//! A record is kept only where something could undo it; a sub-process takes those inside it along when it completes.
//! Not here: who throws (`throw`). Next: `throw`.

use shared::process::obstacle::Fuel;

use super::RunError;
use super::engine::{Move, Run, node_at};
use super::state::{Completed, ScopeId, ScopeKind};
use crate::limits::MAX_TOKENS;
use crate::model::{Event, Node, NodeIx, NodeKind, Process, SubKind};

impl Run<'_> {
    /// Notes an activity that is being completed in the scope around it, if anything can undo it.
    pub(super) fn remember(&mut self, id: ScopeId) -> Result<(), RunError> {
        let (process, node) = self.node_of(id)?;
        let Some(scope) = self.instance.scopes.get_mut(&id) else {
            return Ok(());
        };
        let mut inner = std::mem::take(&mut scope.completed);
        let own = node.handler.is_some();
        if own || matches!(scope.kind, ScopeKind::Call) {
            inner.clear();
        }
        if !own && inner.is_empty() && undoing_start(process, node).is_none() {
            return Ok(());
        }
        let record = Completed {
            element: node.id.clone(),
            vars: scope.vars.clone(),
            inner,
        };
        let mut around = scope.parent;
        while let Some(holder) = around.and_then(|id| self.instance.scopes.get_mut(&id)) {
            match holder.kind {
                // What undoes something is not undone itself.
                ScopeKind::Undo => return Ok(()),
                kind if kind.is_container() => {
                    holder.completed.push(record);
                    break;
                }
                _ => around = holder.parent,
            }
        }
        let kept: usize = self
            .instance
            .scopes
            .values()
            .map(|scope| Completed::count(&scope.completed))
            .sum();
        if kept > MAX_TOKENS {
            return Err(RunError::Fuel {
                what: Fuel::Undoing,
            });
        }
        Ok(())
    }

    /// Undoes one activity of the scope, or all of it.
    pub(super) fn undo(
        &mut self,
        scope: ScopeId,
        node: &Node,
        activity: Option<&str>,
    ) -> Result<(), RunError> {
        // An event sub-process undoes what stands around it.
        let holder = match self.instance.scopes.get(&scope) {
            Some(found) if found.kind == ScopeKind::EventSub => found.parent.unwrap_or(scope),
            _ => scope,
        };
        let all = self
            .instance
            .scopes
            .get_mut(&holder)
            .map(|holder| std::mem::take(&mut holder.completed))
            .unwrap_or_default();
        let (meant, others) = all
            .into_iter()
            .partition(|record| activity.is_none_or(|activity| record.element == activity));
        if let Some(holder) = self.instance.scopes.get_mut(&holder) {
            holder.completed = others;
        }
        self.begin_undo(scope, &node.id, meant)
    }

    /// Ends a transaction: what runs is taken away, what is done is undone, then its cancel event goes on.
    pub(super) fn cancel_transaction(
        &mut self,
        scope: ScopeId,
        node: &Node,
    ) -> Result<(), RunError> {
        self.cancel_inside(scope);
        self.close_waits(scope);
        self.undo(scope, node, None)
    }

    fn begin_undo(
        &mut self,
        scope: ScopeId,
        element: &str,
        records: Vec<Completed>,
    ) -> Result<(), RunError> {
        let undo = self.open_scope(Some(scope), element, ScopeKind::Undo)?;
        if let Some(scope) = self.instance.scopes.get_mut(&undo) {
            scope.completed = records;
        }
        self.queue.push_back(Move::Undo { undo });
        Ok(())
    }

    /// The next activity to undo; behind the last one the thrower goes on.
    pub(super) fn undo_next(&mut self, undo: ScopeId) -> Result<(), RunError> {
        let Some(record) = self
            .instance
            .scopes
            .get_mut(&undo)
            .and_then(|scope| scope.completed.pop())
        else {
            return self.finish_undo(undo);
        };
        let process = self.process_of(undo)?;
        let ix = process
            .place(&record.element)
            .ok_or_else(|| RunError::UnknownElement {
                element: record.element.clone(),
            })?;
        let node = node_at(process, ix)?;
        // Whatever undoes it sees what the activity saw, and nothing of the one that was undone before it.
        if let Some(scope) = self.instance.scopes.get_mut(&undo) {
            scope.vars = record.vars;
        }
        if let Some(handler) = node.handler {
            return self.begin_activity(undo, node_at(process, handler)?);
        }
        let id = self.open_scope(Some(undo), &node.id, ScopeKind::Sub)?;
        match undoing_start(process, node) {
            Some(start) => {
                if let Some(scope) = self.instance.scopes.get_mut(&id) {
                    scope.completed = record.inner;
                }
                self.start_event_sub(id, process, node_at(process, start)?)
            }
            None => self.begin_undo(id, &node.id, record.inner),
        }
    }

    fn finish_undo(&mut self, undo: ScopeId) -> Result<(), RunError> {
        let (process, node) = self.node_of(undo)?;
        let Some(scope) = self
            .instance
            .scopes
            .get(&undo)
            .and_then(|scope| scope.parent)
        else {
            return Ok(());
        };
        self.remove(undo, true);
        match &node.kind {
            NodeKind::Throw(Event::Compensation { wait: true, .. }) => {
                self.leave(scope, process, node)
            }
            NodeKind::End(Event::Cancel) => self.cancelled(scope),
            _ => Ok(()),
        }
    }

    fn cancelled(&mut self, scope: ScopeId) -> Result<(), RunError> {
        let (process, node) = self.node_of(scope)?;
        let boundary = node.boundaries.iter().find(|ix| {
            matches!(
                process.nodes[**ix].kind,
                NodeKind::Boundary {
                    event: Event::Cancel,
                    ..
                }
            )
        });
        let parent = self.instance.scopes.get(&scope).and_then(|s| s.parent);
        let repeated = parent.filter(|parent| {
            self.instance
                .scopes
                .get(parent)
                .is_some_and(|parent| parent.kind == ScopeKind::Repeat)
        });
        let host = repeated.unwrap_or(scope);
        let around = self.instance.scopes.get(&host).and_then(|s| s.parent);
        let (Some(boundary), Some(around)) = (boundary, around) else {
            return Err(RunError::NoFlow {
                element: node.id.clone(),
            });
        };
        self.remove(host, false);
        self.leave(around, process, node_at(process, *boundary)?)
    }

    /// Goes on with the undoing that an activity belonged to. True if it did.
    pub(super) fn undone(&mut self, parent: ScopeId) -> bool {
        let undoing = self
            .instance
            .scopes
            .get(&parent)
            .is_some_and(|scope| scope.kind == ScopeKind::Undo);
        if undoing {
            self.queue.push_back(Move::Undo { undo: parent });
        }
        undoing
    }
}

/// The start of the event sub-process that undoes a sub-process from inside.
fn undoing_start(process: &Process, node: &Node) -> Option<NodeIx> {
    let NodeKind::Sub(_, container) = &node.kind else {
        return None;
    };
    let subs = container
        .nodes
        .iter()
        .filter_map(|ix| match &process.nodes[*ix].kind {
            NodeKind::Sub(SubKind::Event, inner) => Some(&inner.nodes),
            _ => None,
        });
    subs.flatten().copied().find(|ix| {
        matches!(
            &process.nodes[*ix].kind,
            NodeKind::Start(facts) if matches!(facts.event, Event::Compensation { .. })
        )
    })
}
