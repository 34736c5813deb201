//! What shows between elements of one scope: starts, boundary events, flows across borders, gateways' targets.
//! Not here: ways through the whole process (`graph`).
//! Next: `graph`.

use std::collections::{BTreeMap, BTreeSet};

use super::{Code, Fact, Findings};
use crate::model::{Event, Gateway, Node, NodeIx, NodeKind, Process, SubKind, TaskKind};

pub(super) fn check(process: &Process, findings: &mut Findings) {
    starts(process, None, (&process.id, process.line), findings);
    for (ix, node) in process.nodes.iter().enumerate() {
        match &node.kind {
            NodeKind::Sub(SubKind::Event, container) => {
                event_sub_process(process, node, &container.nodes, findings);
            }
            NodeKind::Sub(kind, _) => {
                starts(process, Some(ix), (&node.id, node.line), findings);
                if *kind == SubKind::AdHoc {
                    ad_hoc(process, ix, findings);
                }
            }
            NodeKind::Boundary {
                attached, event, ..
            } => boundary(process, node, (*attached, event), findings),
            NodeKind::End(Event::Cancel) => cancel(process, node, findings),
            NodeKind::End(Event::Compensation { activity, .. })
            | NodeKind::Throw(Event::Compensation { activity, .. }) => {
                undoing(process, node, activity.as_deref(), findings);
            }
            NodeKind::Throw(Event::Link(name)) => link(process, node, name, findings),
            NodeKind::Gateway(Gateway::EventBased { .. }) => event_gateway(process, node, findings),
            _ => {}
        }
        if node.for_compensation && !(node.incoming.is_empty() && node.outgoing.is_empty()) {
            findings.error(&node.id, node.line, Code::UndoingHasFlows, &[]);
        }
        ends(node, findings);
        twins(process, node, findings);
    }
    for flow in &process.flows {
        if process.nodes[flow.source].parent != process.nodes[flow.target].parent {
            findings.error(&flow.id, flow.line, Code::FlowLeavesScope, &[]);
        }
    }
}

fn starts(
    process: &Process,
    scope: Option<NodeIx>,
    (element, line): (&str, u32),
    findings: &mut Findings,
) {
    let mut plain = 0;
    let mut messages = BTreeMap::new();
    let container = process.container(scope);
    for ix in &container.nodes {
        let node = &process.nodes[*ix];
        let NodeKind::Start(facts) = &node.kind else {
            continue;
        };
        match &facts.event {
            Event::None => {
                plain += 1;
                if plain > 1 {
                    findings.warning(&node.id, node.line, Code::SeveralStarts, &[]);
                }
            }
            Event::Message(name) => {
                if let Some(first) = messages.insert(name.as_str(), node.id.as_str()) {
                    findings.error(
                        &node.id,
                        node.line,
                        Code::SameMessageStart,
                        &[
                            (Fact::Message, name.clone()),
                            (Fact::Other, first.to_owned()),
                        ],
                    );
                }
            }
            event if scope.is_some() => {
                findings.error(
                    &node.id,
                    node.line,
                    Code::MisplacedEvent,
                    &[(Fact::Kind, event.kind().to_owned())],
                );
            }
            Event::Error(_) | Event::Escalation(_) => {
                findings.error(
                    &node.id,
                    node.line,
                    Code::MisplacedEvent,
                    &[(Fact::Kind, facts.event.kind().to_owned())],
                );
            }
            _ => {}
        }
    }
    let any = container
        .nodes
        .iter()
        .any(|ix| matches!(process.nodes[*ix].kind, NodeKind::Start(_)));
    let implicit = container
        .nodes
        .iter()
        .any(|ix| can_begin(&process.nodes[*ix]));
    if !any && !implicit {
        findings.error(element, line, Code::NoStart, &[]);
    }
}

/// Without a start event, the nodes that nothing leads to begin.
pub(crate) fn can_begin(node: &Node) -> bool {
    let kind = match &node.kind {
        NodeKind::Task(_)
        | NodeKind::Call(_)
        | NodeKind::Gateway(_)
        | NodeKind::Throw(_)
        | NodeKind::End(_) => true,
        NodeKind::Sub(kind, _) => *kind != SubKind::Event,
        NodeKind::Catch(event) => !matches!(event, Event::Link(_)),
        _ => false,
    };
    kind && node.incoming.is_empty() && !node.for_compensation
}

fn event_sub_process(process: &Process, node: &Node, nodes: &[NodeIx], findings: &mut Findings) {
    let starts: Vec<&Event> = nodes
        .iter()
        .filter_map(|ix| match &process.nodes[*ix].kind {
            NodeKind::Start(facts) => Some(&facts.event),
            _ => None,
        })
        .collect();
    let good = matches!(starts.as_slice(), [event] if **event != Event::None);
    if !good || !node.incoming.is_empty() || !node.outgoing.is_empty() || node.multi.is_some() {
        findings.error(&node.id, node.line, Code::BadEventSubProcess, &[]);
    }
}

fn is_activity(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Task(_) | NodeKind::Call(_) => true,
        NodeKind::Sub(kind, _) => *kind != SubKind::Event,
        _ => false,
    }
}

fn boundary(
    process: &Process,
    node: &Node,
    (attached, event): (Option<NodeIx>, &Event),
    findings: &mut Findings,
) {
    let host = attached.map(|ix| &process.nodes[ix]);
    let Some(host) = host.filter(|host| is_activity(host) && host.parent == node.parent) else {
        findings.error(&node.id, node.line, Code::NotAttached, &[]);
        return;
    };
    if !node.incoming.is_empty() {
        findings.error(&node.id, node.line, Code::StartHasIncoming, &[]);
    }
    if matches!(event, Event::Compensation { .. }) && host.handler.is_none() {
        findings.error(
            &node.id,
            node.line,
            Code::NoUndoing,
            &[(Fact::Activity, host.id.clone())],
        );
    }
    if *event == Event::Cancel && !matches!(host.kind, NodeKind::Sub(SubKind::Transaction, _)) {
        findings.error(&node.id, node.line, Code::CancelOutsideTransaction, &[]);
    }
}

/// At most one compensation and one cancel event on an activity.
fn twins(process: &Process, node: &Node, findings: &mut Findings) {
    let mut seen = BTreeSet::new();
    for ix in &node.boundaries {
        let other = &process.nodes[*ix];
        let NodeKind::Boundary { event, .. } = &other.kind else {
            continue;
        };
        let code = match event {
            Event::Compensation { .. } => Code::SeveralCompensations,
            Event::Cancel => Code::SeveralCancels,
            _ => continue,
        };
        if !seen.insert(code) {
            findings.error(
                &other.id,
                other.line,
                code,
                &[(Fact::Activity, node.id.clone())],
            );
        }
    }
}

fn cancel(process: &Process, node: &Node, findings: &mut Findings) {
    let inside = node.parent.is_some_and(|ix| {
        matches!(
            process.nodes[ix].kind,
            NodeKind::Sub(SubKind::Transaction, _)
        )
    });
    if !inside {
        findings.error(&node.id, node.line, Code::CancelOutsideTransaction, &[]);
        return;
    }
    let caught = node.parent.is_some_and(|ix| {
        process.nodes[ix].boundaries.iter().any(|ix| {
            matches!(
                process.nodes[*ix].kind,
                NodeKind::Boundary {
                    event: Event::Cancel,
                    ..
                }
            )
        })
    });
    if !caught {
        findings.error(&node.id, node.line, Code::NoCancelBoundary, &[]);
    }
}

/// What is named must stand in the same scope, or around the event sub-process, and be able to be undone.
fn undoing(process: &Process, node: &Node, activity: Option<&str>, findings: &mut Findings) {
    let Some(activity) = activity else { return };
    let scope = match node.parent.map(|ix| &process.nodes[ix]) {
        Some(around) if matches!(around.kind, NodeKind::Sub(SubKind::Event, _)) => around.parent,
        _ => node.parent,
    };
    let good = process.node(activity).is_some_and(|meant| {
        meant.parent == scope
            && (meant.handler.is_some() || matches!(meant.kind, NodeKind::Sub(..)))
    });
    if !good {
        findings.error(
            &node.id,
            node.line,
            Code::NothingToUndo,
            &[(Fact::Activity, activity.to_owned())],
        );
    }
}

fn ad_hoc(process: &Process, ix: NodeIx, findings: &mut Findings) {
    for inner in &process.container(Some(ix)).nodes {
        let node = &process.nodes[*inner];
        if matches!(node.kind, NodeKind::Start(_) | NodeKind::End(_)) {
            findings.error(&node.id, node.line, Code::StartInAdHoc, &[]);
        }
    }
}

fn link(process: &Process, node: &Node, name: &str, findings: &mut Findings) {
    let caught = process.container(node.parent).nodes.iter().any(|ix| matches!(&process.nodes[*ix].kind, NodeKind::Catch(Event::Link(other)) if other == name));
    if !caught {
        findings.error(
            &node.id,
            node.line,
            Code::NoLinkTarget,
            &[(Fact::Link, name.to_owned())],
        );
    }
}

fn event_gateway(process: &Process, node: &Node, findings: &mut Findings) {
    if node.outgoing.len() < 2 {
        findings.warning(&node.id, node.line, Code::EventGatewayWays, &[]);
    }
    for flow in &node.outgoing {
        let target = &process.nodes[process.flows[*flow].target];
        let good = match &target.kind {
            NodeKind::Catch(event) => event.is_awaited() || *event == Event::Broken,
            NodeKind::Task(facts) => facts.kind == TaskKind::Receive,
            _ => false,
        };
        if !good {
            findings.error(
                &node.id,
                node.line,
                Code::EventGatewayTarget,
                &[(Fact::Target, target.id.clone())],
            );
        }
    }
}

fn ends(node: &Node, findings: &mut Findings) {
    if matches!(node.kind, NodeKind::Start(_)) && !node.incoming.is_empty() {
        findings.error(&node.id, node.line, Code::StartHasIncoming, &[]);
    }
    if matches!(node.kind, NodeKind::End(_)) && !node.outgoing.is_empty() {
        findings.error(&node.id, node.line, Code::EndHasOutgoing, &[]);
    }
}
