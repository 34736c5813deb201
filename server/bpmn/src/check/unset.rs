//! Variables that decide who, when, how often or which way, and that nothing in the file sets: the case would wait there as an incident.
//! Only warnings: a message, a service or the process owner may bring them. Conditions of flows are left alone where one of those can.
//! Not here: whether the variable is set in time.

use std::collections::BTreeSet;

use super::{Code, Fact, Findings};
use crate::condition::{Condition, Phrase};
use crate::model::{
    Called, Container, Definition, Event, LoopCount, LoopSpec, Node, NodeKind, Process, Service,
    TaskFacts,
};

/// What every case has, or gets when a task is done.
const ALWAYS: [&str; 10] = [
    "initiator",
    "initiator_name",
    "initiator_unit",
    "approved",
    "opinion",
    "decided_by",
    "loopCounter",
    "nrOfInstances",
    "nrOfActiveInstances",
    "nrOfCompletedInstances",
];

/// What the file sets.
#[derive(Default)]
struct Known {
    names: BTreeSet<String>,
    /// Something may bring variables of any name.
    is_open: bool,
}

pub(super) fn check(definition: &Definition, findings: &mut Findings) {
    let known = known(definition);
    let processes = definition.processes().iter();
    for process in processes.filter(|process| process.executable) {
        for node in &process.nodes {
            of_node(definition, node, &known, findings);
        }
        for flow in process.flows.iter().filter(|_| !known.is_open) {
            if let Some(Ok(condition)) = &flow.condition {
                missing(
                    (&flow.id, flow.line),
                    condition.variables(),
                    &known,
                    findings,
                );
            }
        }
    }
}

fn of_node(definition: &Definition, node: &Node, known: &Known, findings: &mut Findings) {
    let place = (node.id.as_str(), node.line);
    if let NodeKind::Task(facts) = &node.kind {
        let limit = definition
            .element(&node.id)
            .and_then(|element| element.attr("limit"));
        let needs = texts(facts)
            .chain(limit)
            .filter_map(|text| Phrase::read(text).ok())
            .flat_map(|phrase| phrase.variables())
            .collect();
        missing(place, needs, known, findings);
    }
    let Some(multi) = &node.multi else { return };
    let count = match &multi.spec {
        LoopSpec::Multi(LoopCount::Cardinality(count)) => Some(count),
        LoopSpec::Multi(LoopCount::Collection { list, .. }) => Some(list),
        _ => None,
    };
    let needs = |written: &Condition| written.variables();
    if let Some(Ok(count)) = count {
        missing(place, needs(count), known, findings);
    }
    if let Some(Ok(completion)) = multi.completion.as_ref().filter(|_| !known.is_open) {
        missing(place, needs(completion), known, findings);
    }
}

/// Who and by when, as written.
fn texts(facts: &TaskFacts) -> impl Iterator<Item = &str> {
    facts
        .assignee
        .iter()
        .chain(&facts.candidate_users)
        .chain(&facts.candidate_groups)
        .chain(&facts.due)
        .map(String::as_str)
}

fn missing(
    (element, line): (&str, u32),
    needs: BTreeSet<String>,
    known: &Known,
    findings: &mut Findings,
) {
    for name in needs.difference(&known.names) {
        findings.warning(
            element,
            line,
            Code::NeverSet,
            &[(Fact::Variable, name.clone())],
        );
    }
}

fn known(definition: &Definition) -> Known {
    let mut known = Known {
        names: ALWAYS.map(str::to_owned).into(),
        is_open: false,
    };
    for element in definition.tree().all() {
        let fields = definition.form(element.id()).into_iter();
        known.names.extend(fields.map(|field| field.id));
        if let Some(name) = element.vendor("initiator") {
            known.names.insert(name.to_owned());
        }
    }
    let called: BTreeSet<&str> = definition
        .processes()
        .iter()
        .map(|p| p.id.as_str())
        .collect();
    let outside = |call: &Called| !called.contains(call.process.as_str());
    known.is_open = definition.calls().iter().any(outside);
    for process in definition.processes() {
        of_process(process, &mut known);
    }
    known
}

fn of_process(process: &Process, known: &mut Known) {
    let data = |container: &Container, known: &mut Known| {
        let names = container.data.iter().map(|(name, _)| name.clone());
        known.names.extend(names);
    };
    data(&process.body, known);
    for node in &process.nodes {
        match &node.kind {
            NodeKind::Sub(_, container) => data(container, known),
            NodeKind::Task(facts) => of_task(facts, known),
            NodeKind::Call(call) => {
                let mappings = call.inputs.iter().chain(&call.outputs);
                known.names.extend(mappings.map(|it| it.target.clone()));
            }
            NodeKind::Start(facts) => known.is_open |= brings(&facts.event),
            NodeKind::Catch(event) | NodeKind::Boundary { event, .. } => {
                known.is_open |= brings(event);
            }
            _ => {}
        }
        if let Some(multi) = &node.multi {
            if let LoopSpec::Multi(LoopCount::Collection {
                element: Some(name),
                ..
            }) = &multi.spec
            {
                known.names.insert(name.clone());
            }
            if let Some((name, list)) = &multi.output {
                known.names.extend([name.clone(), list.clone()]);
            }
        }
    }
}

/// A message brings the variables of whoever sends it.
fn brings(event: &Event) -> bool {
    matches!(event, Event::Message(_) | Event::Signal(_))
}

fn of_task(facts: &TaskFacts, known: &mut Known) {
    match &facts.service {
        Service::Expression(_, Some(name)) | Service::Decision(_, Some(name)) => {
            known.names.insert(name.clone());
        }
        Service::Assign(lines) => known
            .names
            .extend(lines.iter().map(|(name, _)| name.clone())),
        Service::Named(_) | Service::Decision(_, None) => known.is_open = true,
        Service::None(_) | Service::Expression(_, None) => {}
    }
    known.is_open |= facts.message.is_some();
}
