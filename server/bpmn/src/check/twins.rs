//! Two that wait for the same thing, and names that are given twice: only one of them catches, or both are one.
//! Warnings, which say which one it is; at run time the first in the order of the file catches.
//! Not here: two start events for one message, which cannot be told apart at all (`scope`).

use std::collections::BTreeMap;

use super::{Code, Fact, Findings};
use crate::model::{BPMN, Definition, Event, Gateway, Node, NodeKind, Process, SubKind, TaskKind};

/// Messages, signals, errors and escalations that are declared twice under one name or code.
pub(super) fn declared(definition: &Definition, findings: &mut Findings) {
    let mut first: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    let Some(root) = definition.tree().all().next() else {
        return;
    };
    for element in root.children().filter(|child| child.namespace() == BPMN) {
        let name = match element.kind() {
            "message" | "signal" => element.name(),
            "error" => element.plain("errorCode"),
            "escalation" => element.plain("escalationCode"),
            _ => None,
        };
        let Some(name) = name.map(str::trim).filter(|name| !name.is_empty()) else {
            continue;
        };
        if name.contains("${") || name.contains("#{") {
            let facts = [(Fact::Name, name.to_owned())];
            findings.warning(element.id(), element.line(), Code::NameNotComputed, &facts);
        }
        let before = *first
            .entry((element.kind(), name))
            .or_insert_with(|| element.id());
        if before != element.id() {
            let facts = [
                (Fact::Name, name.to_owned()),
                (Fact::Other, before.to_owned()),
            ];
            findings.warning(element.id(), element.line(), Code::SameName, &facts);
        }
    }
}

/// Events of one process that wait at the same place for the same thing.
pub(super) fn check(process: &Process, findings: &mut Findings) {
    let nodes =
        |places: &[usize]| -> Vec<&Node> { places.iter().map(|ix| &process.nodes[*ix]).collect() };
    for node in &process.nodes {
        // A receive task waits for its message before its border does.
        let own = matches!(&node.kind, NodeKind::Task(facts) if facts.kind == TaskKind::Receive);
        let own = own.then_some(node);
        same(own.into_iter().chain(nodes(&node.boundaries)), findings);
        if let NodeKind::Gateway(Gateway::EventBased { .. }) = node.kind {
            let targets = node.outgoing.iter().map(|flow| process.flows[*flow].target);
            let targets: Vec<usize> = targets.collect();
            same(nodes(&targets).into_iter(), findings);
        }
        if let NodeKind::Sub(kind, container) = &node.kind
            && *kind != SubKind::Event
        {
            same(
                nodes(&begun_inside(process, &container.nodes)).into_iter(),
                findings,
            );
        }
    }
    same(
        nodes(&begun_inside(process, &process.body.nodes)).into_iter(),
        findings,
    );
    let signals = process.body.nodes.iter().copied().filter(|ix| {
        matches!(&process.nodes[*ix].kind, NodeKind::Start(facts) if matches!(facts.event, Event::Signal(_)))
    });
    let signals: Vec<usize> = signals.collect();
    same(nodes(&signals).into_iter(), findings);
}

/// The starts of the event sub-processes directly inside a scope.
fn begun_inside(process: &Process, nodes: &[usize]) -> Vec<usize> {
    let subs = nodes
        .iter()
        .filter_map(|ix| match &process.nodes[*ix].kind {
            NodeKind::Sub(SubKind::Event, container) => Some(&container.nodes),
            _ => None,
        });
    subs.flatten().copied().collect()
}

fn same<'a>(nodes: impl Iterator<Item = &'a Node>, findings: &mut Findings) {
    let mut first: BTreeMap<(&'static str, &str), &str> = BTreeMap::new();
    for node in nodes {
        let Some(what) = awaited(node) else { continue };
        let catches = *first.entry(what).or_insert(&node.id);
        if catches != node.id {
            let facts = [
                (Fact::Kind, what.0.to_owned()),
                (Fact::Name, what.1.to_owned()),
                (Fact::Catches, catches.to_owned()),
            ];
            findings.warning(&node.id, node.line, Code::SameEvent, &facts);
        }
    }
}

/// What only one of several catches: a message, an error, an escalation; and of one interrupting signal the first.
fn awaited(node: &Node) -> Option<(&'static str, &str)> {
    let event = match &node.kind {
        NodeKind::Task(facts) => return Some(("message", facts.message.as_deref()?)),
        NodeKind::Start(facts) => &facts.event,
        NodeKind::Catch(event) => event,
        NodeKind::Boundary {
            event: Event::Signal(_),
            interrupting: false,
            ..
        } => return None,
        NodeKind::Boundary { event, .. } => event,
        _ => return None,
    };
    let name = match event {
        Event::Message(name) | Event::Signal(name) => name.as_str(),
        Event::Error(code) | Event::Escalation(code) => code.as_deref().unwrap_or_default(),
        _ => return None,
    };
    Some((event.kind(), name))
}
