//! The inclusive join: it goes on when no token is left that could still come to it by an empty way.
//! Rule of BPMN 2.0, section 13.4.3: a token holds the join up if it can reach an incoming flow without a token and
//! none with one, not passing the join itself. Next: `gateway`.

use std::collections::BTreeSet;

use super::RunError;
use super::engine::Run;
use super::state::{ScopeId, ScopeKind};
use crate::model::{Event, Gateway, Node, NodeIx, NodeKind, Process};

impl Run<'_> {
    /// Lets one inclusive join go on, if one may. True if it did.
    pub(super) fn inclusive_joins(&mut self) -> Result<bool, RunError> {
        // Thousands of tokens may wait at a few joins: told apart without copying their names.
        let places: BTreeSet<(ScopeId, &str)> = self
            .instance
            .parked
            .iter()
            .map(|token| (token.scope, token.element.as_str()))
            .collect();
        let waiting: Vec<(ScopeId, String)> = places
            .into_iter()
            .map(|(scope, element)| (scope, element.to_owned()))
            .collect();
        let mut held_up = None;
        for (scope, element) in waiting {
            let process = self.process_of(scope)?;
            let Some(ix) = process.place(&element) else {
                return Err(RunError::UnknownElement { element });
            };
            if !matches!(
                process.nodes[ix].kind,
                NodeKind::Gateway(Gateway::Inclusive)
            ) {
                continue;
            }
            self.step()?;
            if !self.is_held_up(scope, process, ix) {
                self.pass_join(scope, ix)?;
                return Ok(true);
            }
            let nothing_moves = !self
                .instance
                .scopes
                .values()
                .any(|inner| inner.parent == Some(scope) && inner.kind != ScopeKind::EventSub);
            if nothing_moves && held_up.is_none() {
                held_up = Some((scope, ix));
            }
        }
        // Joins that only wait for each other would wait for ever: the first one goes on.
        match held_up {
            Some((scope, ix)) => self.pass_join(scope, ix).map(|()| true),
            None => Ok(false),
        }
    }

    fn pass_join(&mut self, scope: ScopeId, ix: NodeIx) -> Result<(), RunError> {
        let process = self.process_of(scope)?;
        let node = &process.nodes[ix];
        for flow in &node.incoming {
            self.unpark(scope, node, &process.flows[*flow].id);
        }
        self.choose_several(scope, process, node)
    }

    fn is_held_up(&self, scope: ScopeId, process: &Process, join: NodeIx) -> bool {
        let node = &process.nodes[join];
        let filled: BTreeSet<usize> = node
            .incoming
            .iter()
            .copied()
            .filter(|flow| self.parked_at(scope, node, &process.flows[*flow].id))
            .collect();
        if filled.len() == node.incoming.len() {
            return false;
        }
        let active = self
            .instance
            .scopes
            .values()
            .filter(|inner| inner.parent == Some(scope) && inner.kind != ScopeKind::EventSub);
        let parked = self
            .instance
            .parked
            .iter()
            .filter(|token| token.scope == scope && token.element != node.id);
        let places: BTreeSet<&str> = active
            .map(|inner| inner.element.as_str())
            .chain(parked.map(|token| token.element.as_str()))
            .collect();
        places
            .into_iter()
            .filter_map(|element| process.place(element))
            .any(|from| {
                let reached = flows_into(process, from, join);
                reached.iter().any(|flow| !filled.contains(flow))
                    && !reached.iter().any(|flow| filled.contains(flow))
            })
    }
}

/// The flows into `join` that can be reached from a node without passing the join.
fn flows_into(process: &Process, from: NodeIx, join: NodeIx) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut seen = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(ix) = open.pop() {
        let node = &process.nodes[ix];
        let mut next: Vec<NodeIx> = node.boundaries.clone();
        for flow in &node.outgoing {
            let target = process.flows[*flow].target;
            if target == join {
                reached.insert(*flow);
            } else {
                next.push(target);
            }
        }
        next.extend(link_targets(process, node));
        open.extend(next.into_iter().filter(|ix| seen.insert(*ix)));
    }
    reached
}

/// Where a throwing link event leads.
pub(super) fn link_targets(process: &Process, node: &Node) -> Vec<NodeIx> {
    let NodeKind::Throw(Event::Link(name)) = &node.kind else {
        return Vec::new();
    };
    let nodes = process.container(node.parent).nodes.iter().copied();
    nodes.filter(|ix| matches!(&process.nodes[*ix].kind, NodeKind::Catch(Event::Link(other)) if other == name)).collect()
}
