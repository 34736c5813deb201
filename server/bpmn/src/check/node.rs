//! Each flow node and flow judged for itself.
//! Not here: what only shows between elements (`scope`, `graph`).
//! Next: `scope`.

use super::{Code, Fact, Findings};
use crate::model::{
    Event, Gateway, LoopCount, LoopSpec, MappingSource, Node, NodeKind, Process, Service, SubKind,
    TaskFacts, TaskKind, Written,
};

pub(super) fn check(process: &Process, findings: &mut Findings) {
    for node in &process.nodes {
        kind(node, findings);
        repetition(node, findings);
    }
    for flow in &process.flows {
        if let Some(condition) = &flow.condition {
            written(condition, (&flow.id, flow.line), findings);
        }
    }
}

fn written(expression: &Written, (element, line): (&str, u32), findings: &mut Findings) {
    if let Err((text, error)) = expression {
        findings.unreadable((element, line), text, error);
    }
}

fn unsupported(node: &Node, what: &str, findings: &mut Findings) {
    findings.error(
        &node.id,
        node.line,
        Code::NotSupported,
        &[(Fact::Kind, what.to_owned())],
    );
}

fn misplaced(node: &Node, event: &Event, findings: &mut Findings) {
    findings.error(
        &node.id,
        node.line,
        Code::MisplacedEvent,
        &[(Fact::Kind, event.kind().to_owned())],
    );
}

fn kind(node: &Node, findings: &mut Findings) {
    match &node.kind {
        NodeKind::Start(facts) => match &facts.event {
            Event::Terminate { .. } | Event::Cancel | Event::Link(_) => {
                misplaced(node, &facts.event, findings);
            }
            _ => {}
        },
        NodeKind::End(event) => match event {
            Event::Timer(_) | Event::Conditional(_) | Event::Link(_) => {
                misplaced(node, event, findings);
            }
            _ => {}
        },
        NodeKind::Catch(event) => match event {
            Event::Message(_)
            | Event::Timer(_)
            | Event::Signal(_)
            | Event::Conditional(_)
            | Event::Link(_)
            | Event::Broken => {}
            _ => misplaced(node, event, findings),
        },
        NodeKind::Throw(event) => match event {
            Event::None
            | Event::Message(_)
            | Event::Signal(_)
            | Event::Escalation(_)
            | Event::Link(_)
            | Event::Compensation { .. }
            | Event::Broken => {}
            _ => misplaced(node, event, findings),
        },
        NodeKind::Boundary { event, .. } => match event {
            Event::None | Event::Terminate { .. } | Event::Link(_) => {
                misplaced(node, event, findings);
            }
            _ => {}
        },
        NodeKind::Task(facts) => task(node, facts, findings),
        NodeKind::Sub(SubKind::AdHoc, _) => {
            if let Some(condition) = node
                .ad_hoc
                .as_ref()
                .and_then(|spec| spec.completion.as_ref())
            {
                written(condition, (&node.id, node.line), findings);
            }
        }
        NodeKind::Call(call) => {
            if call.called.is_none() {
                findings.error(&node.id, node.line, Code::NoCalledProcess, &[]);
            }
            for mapping in call.inputs.iter().chain(&call.outputs) {
                if let MappingSource::Expression(expression) = &mapping.source {
                    written(expression, (&node.id, node.line), findings);
                }
            }
        }
        NodeKind::Gateway(Gateway::Complex) => unsupported(node, "complex gateway", findings),
        NodeKind::Gateway(Gateway::EventBased { instantiate: true }) => {
            unsupported(node, "instantiating event-based gateway", findings);
        }
        NodeKind::Unknown(kind) => unsupported(node, kind, findings),
        NodeKind::Gateway(_) | NodeKind::Sub(..) => {}
    }
}

fn task(node: &Node, facts: &TaskFacts, findings: &mut Findings) {
    match facts.kind {
        TaskKind::Script => {
            if let Service::None(found) = &facts.service {
                findings.error(
                    &node.id,
                    node.line,
                    Code::Script,
                    &[(Fact::Found, found.chars().take(80).collect())],
                );
            }
        }
        TaskKind::BusinessRule | TaskKind::Service => {
            if let Service::None(code) = &facts.service {
                findings.error(
                    &node.id,
                    node.line,
                    Code::NoService,
                    &[(Fact::Found, code.clone())],
                );
            }
        }
        TaskKind::Send => {
            if matches!(facts.service, Service::None(_)) && facts.message.is_none() {
                findings.error(&node.id, node.line, Code::NoService, &[]);
            }
        }
        TaskKind::User | TaskKind::Receive | TaskKind::Manual | TaskKind::Plain => {}
    }
}

fn repetition(node: &Node, findings: &mut Findings) {
    let Some(multi) = &node.multi else { return };
    let place = (node.id.as_str(), multi.line);
    match &multi.spec {
        LoopSpec::Multi(LoopCount::Missing) => {
            findings.error(&node.id, multi.line, Code::NoLoopCount, &[]);
        }
        LoopSpec::Multi(
            LoopCount::Cardinality(expression)
            | LoopCount::Collection {
                list: expression, ..
            },
        ) => written(expression, place, findings),
        LoopSpec::While {
            condition: Some(condition),
            ..
        } => written(condition, place, findings),
        LoopSpec::While {
            condition: None,
            maximum,
            ..
        } => {
            if maximum.is_none() {
                findings.error(&node.id, multi.line, Code::EndlessLoop, &[]);
            }
        }
    }
    if let Some(completion) = &multi.completion {
        written(completion, place, findings);
    }
}
