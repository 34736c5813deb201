//! Gateways: where tokens choose, split and join.
//! Not here: the inclusive join's look around (`join`).
//! Next: `join`.

use shared::process::obstacle::Fuel;

use super::RunError;
use super::engine::{Run, node_at, unsupported};
use super::state::{Parked, Role, ScopeId, ScopeKind};
use crate::limits::MAX_TOKENS;
use crate::model::{Event, Gateway, Node, NodeIx, NodeKind, Process};

impl<'a> Run<'a> {
    pub(super) fn gateway(
        &mut self,
        scope: ScopeId,
        (process, ix): (&'a Process, NodeIx),
        gateway: Gateway,
        flow: Option<usize>,
    ) -> Result<(), RunError> {
        let node = node_at(process, ix)?;
        match gateway {
            Gateway::Exclusive => self.choose_one(scope, process, node),
            Gateway::Parallel => {
                if node.incoming.len() > 1 {
                    self.park(scope, process, node, flow)?;
                    if !self.join_parallel(scope, process, node) {
                        return Ok(());
                    }
                }
                for flow in &node.outgoing {
                    self.take(scope, process, *flow);
                }
                Ok(())
            }
            Gateway::Inclusive => {
                if node.incoming.len() > 1 {
                    self.park(scope, process, node, flow)?;
                    return Ok(());
                }
                self.choose_several(scope, process, node)
            }
            Gateway::EventBased { instantiate: false } => self.open_gate(scope, process, node),
            Gateway::EventBased { instantiate: true } => {
                Err(unsupported(node, "instantiating event-based gateway"))
            }
            Gateway::Complex => Err(unsupported(node, "complex gateway")),
        }
    }

    fn park(
        &mut self,
        scope: ScopeId,
        process: &Process,
        node: &Node,
        flow: Option<usize>,
    ) -> Result<(), RunError> {
        if self.instance.scopes.len() + self.instance.parked.len() >= MAX_TOKENS {
            return Err(RunError::Fuel { what: Fuel::Tokens });
        }
        let flow = flow
            .map(|flow| process.flows[flow].id.clone())
            .unwrap_or_default();
        self.instance.parked.push(Parked {
            scope,
            element: node.id.clone(),
            flow,
        });
        Ok(())
    }

    /// Takes one token of each incoming flow, if each has one.
    fn join_parallel(&mut self, scope: ScopeId, process: &Process, node: &Node) -> bool {
        let has = |flow: &usize| self.parked_at(scope, node, &process.flows[*flow].id);
        if !node.incoming.iter().all(has) {
            return false;
        }
        for flow in &node.incoming {
            self.unpark(scope, node, &process.flows[*flow].id);
        }
        true
    }

    pub(super) fn parked_at(&self, scope: ScopeId, node: &Node, flow: &str) -> bool {
        self.instance
            .parked
            .iter()
            .any(|token| token.scope == scope && token.element == node.id && token.flow == flow)
    }

    pub(super) fn unpark(&mut self, scope: ScopeId, node: &Node, flow: &str) {
        let found = self.instance.parked.iter().position(|token| {
            token.scope == scope && token.element == node.id && token.flow == flow
        });
        if let Some(at) = found {
            self.instance.parked.remove(at);
        }
    }

    fn choose_one(
        &mut self,
        scope: ScopeId,
        process: &'a Process,
        node: &Node,
    ) -> Result<(), RunError> {
        for ix in node
            .outgoing
            .iter()
            .copied()
            .filter(|ix| node.default != Some(*ix))
        {
            let flow = &process.flows[ix];
            let free = match &flow.condition {
                None => true,
                Some(condition) => self.holds(scope, &flow.id, condition)?,
            };
            if free {
                self.take(scope, process, ix);
                return Ok(());
            }
        }
        match node.default {
            Some(flow) => {
                self.take(scope, process, flow);
                Ok(())
            }
            None if node.outgoing.is_empty() => Ok(()),
            None => Err(RunError::NoFlow {
                element: node.id.clone(),
            }),
        }
    }

    /// The split of an inclusive gateway is the same as that of an activity's conditional flows.
    pub(super) fn choose_several(
        &mut self,
        scope: ScopeId,
        process: &'a Process,
        node: &'a Node,
    ) -> Result<(), RunError> {
        self.leave(scope, process, node)
    }

    fn open_gate(
        &mut self,
        scope: ScopeId,
        process: &'a Process,
        node: &'a Node,
    ) -> Result<(), RunError> {
        let gate = self.open_scope(Some(scope), &node.id, ScopeKind::Gate)?;
        for flow in &node.outgoing {
            let target = node_at(process, process.flows[*flow].target)?;
            match &target.kind {
                NodeKind::Catch(event) if event.is_awaited() => {
                    self.open_wait((gate, Role::Own), target, event)?;
                }
                NodeKind::Task(facts) => {
                    let message = facts
                        .message
                        .clone()
                        .ok_or_else(|| unsupported(target, "event-based gateway"))?;
                    self.open_wait((gate, Role::Own), target, &Event::Message(message))?;
                }
                _ => return Err(unsupported(target, "event-based gateway")),
            }
        }
        Ok(())
    }
}
