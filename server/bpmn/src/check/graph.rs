//! Ways through a process: what nothing leads to, what leads nowhere, joins that cannot fill, ways never taken.
//! Only warnings: these are judgements on the drawing, a running case can still be helped along.
//! Next: `run`.

use std::collections::BTreeSet;

use super::scope::can_begin;
use super::{Code, Findings};
use crate::model::{Event, Gateway, Node, NodeIx, NodeKind, Process};

pub(super) fn check(process: &Process, findings: &mut Findings) {
    let reached = reachable(process);
    for (ix, node) in process.nodes.iter().enumerate() {
        if !reached.contains(&ix) && !node.for_compensation {
            findings.warning(&node.id, node.line, Code::Unreachable, &[]);
        }
        choices(process, node, findings);
        if matches!(node.kind, NodeKind::Gateway(Gateway::Parallel)) && node.incoming.len() > 1 {
            join(process, ix, findings);
        }
    }
    no_way_out(process, findings);
}

/// Nodes that some way leads to, from the starts of their scope and from boundary events of reached activities.
fn reachable(process: &Process) -> BTreeSet<NodeIx> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<NodeIx> = begins(process, &process.body.nodes);
    while let Some(ix) = open.pop() {
        if !reached.insert(ix) {
            continue;
        }
        let node = &process.nodes[ix];
        open.extend(node.outgoing.iter().map(|flow| process.flows[*flow].target));
        open.extend(&node.boundaries);
        open.extend(node.handler);
        match &node.kind {
            NodeKind::Sub(_, container) => open.extend(begins(process, &container.nodes)),
            NodeKind::Throw(Event::Link(name)) => {
                let catches = process.container(node.parent).nodes.iter().copied();
                open.extend(catches.filter(|ix| matches!(&process.nodes[*ix].kind, NodeKind::Catch(Event::Link(other)) if other == name)));
            }
            _ => {}
        }
    }
    reached
}

fn begins(process: &Process, nodes: &[NodeIx]) -> Vec<NodeIx> {
    let started = nodes
        .iter()
        .any(|ix| matches!(process.nodes[*ix].kind, NodeKind::Start(_)));
    nodes
        .iter()
        .copied()
        .filter(|ix| {
            let node = &process.nodes[*ix];
            match &node.kind {
                NodeKind::Start(_) | NodeKind::Sub(crate::model::SubKind::Event, _) => true,
                _ => !started && can_begin(node),
            }
        })
        .collect()
}

/// Nodes from which only circles lead on.
fn no_way_out(process: &Process, findings: &mut Findings) {
    let mut ends: BTreeSet<NodeIx> = BTreeSet::new();
    let mut open: Vec<NodeIx> = (0..process.nodes.len())
        .filter(|ix| process.nodes[*ix].outgoing.is_empty())
        .collect();
    while let Some(ix) = open.pop() {
        if !ends.insert(ix) {
            continue;
        }
        open.extend(
            process.nodes[ix]
                .incoming
                .iter()
                .map(|flow| process.flows[*flow].source),
        );
        if let NodeKind::Boundary {
            attached: Some(host),
            ..
        } = &process.nodes[ix].kind
        {
            open.push(*host);
        }
    }
    for (ix, node) in process.nodes.iter().enumerate() {
        if !ends.contains(&ix) {
            findings.warning(&node.id, node.line, Code::NoWayOut, &[]);
        }
    }
}

fn choices(process: &Process, node: &Node, findings: &mut Findings) {
    if let Some(flow) = node
        .default
        .map(|flow| &process.flows[flow])
        .filter(|flow| flow.condition.is_some())
    {
        findings.warning(&flow.id, flow.line, Code::ConditionOnDefault, &[]);
    }
    let exclusive = matches!(node.kind, NodeKind::Gateway(Gateway::Exclusive));
    let inclusive = matches!(node.kind, NodeKind::Gateway(Gateway::Inclusive));
    if !(exclusive || inclusive) || node.outgoing.len() < 2 {
        return;
    }
    let free =
        |flow: &usize| process.flows[*flow].condition.is_none() && node.default != Some(*flow);
    let last = node
        .outgoing
        .iter()
        .rev()
        .find(|flow| node.default != Some(**flow));
    if exclusive
        && node
            .outgoing
            .iter()
            .any(|flow| free(flow) && Some(flow) != last)
    {
        findings.warning(&node.id, node.line, Code::AlwaysTaken, &[]);
    }
    if node.default.is_none() && !node.outgoing.iter().any(free) {
        findings.warning(&node.id, node.line, Code::NoDefault, &[]);
    }
}

/// A parallel join all of whose ways come straight from one exclusive choice never has all its tokens.
fn join(process: &Process, ix: NodeIx, findings: &mut Findings) {
    let node = &process.nodes[ix];
    let origins: BTreeSet<NodeIx> = node
        .incoming
        .iter()
        .filter_map(|flow| choice_before(process, process.flows[*flow].source))
        .collect();
    let all = node
        .incoming
        .iter()
        .all(|flow| choice_before(process, process.flows[*flow].source).is_some());
    if all && origins.len() == 1 {
        findings.warning(&node.id, node.line, Code::JoinNeverFills, &[]);
    }
}

/// The exclusive gateway that a straight line of single steps leads back to.
fn choice_before(process: &Process, from: NodeIx) -> Option<NodeIx> {
    let mut at = from;
    for _ in 0..process.nodes.len() {
        let node = &process.nodes[at];
        if matches!(
            node.kind,
            NodeKind::Gateway(Gateway::Exclusive | Gateway::EventBased { .. })
        ) && node.outgoing.len() > 1
        {
            return Some(at);
        }
        match (node.incoming.as_slice(), node.outgoing.len()) {
            ([flow], 1) if node.boundaries.is_empty() => at = process.flows[*flow].source,
            _ => return None,
        }
    }
    None
}
