//! A process element to nodes and flows by number.
//! Not here: activities' own parts (`activity`) and event definitions (`event`).
//! Next: `check` judges what was read.

use std::collections::HashMap;

use super::event::Names;
use super::{ParseError, ParseReason, activity, event, local_ref};
use crate::check::{Code, Fact, Finding, Remark, Severity, bad_expression};
use crate::condition::{Condition, ConditionError};
use crate::limits::{MAX_FLOW_NODES, MAX_FLOWS};
use crate::model::{
    BPMN, Container, ElementView, Event, Flow, Gateway, Node, NodeIx, NodeKind, Process,
    StartFacts, SubKind, Written,
};
use crate::value::Value;

/// What the reader noticed, for the check.
#[derive(Default)]
pub(super) struct Notes(Vec<Finding>);

impl Notes {
    pub(super) fn error(&mut self, element: ElementView<'_>, code: Code, facts: &[(Fact, String)]) {
        self.add(Severity::Error, element, Remark::new(code).facts(facts));
    }

    pub(super) fn warning(
        &mut self,
        element: ElementView<'_>,
        code: Code,
        facts: &[(Fact, String)],
    ) {
        self.add(Severity::Warning, element, Remark::new(code).facts(facts));
    }

    /// An expression that cannot be read.
    pub(super) fn unreadable(
        &mut self,
        element: ElementView<'_>,
        text: &str,
        error: &ConditionError,
    ) {
        self.add(Severity::Error, element, bad_expression(text, error));
    }

    fn add(&mut self, severity: Severity, element: ElementView<'_>, remark: Remark) {
        self.0.push(Finding {
            element: element.id().to_owned(),
            line: element.line(),
            severity,
            remark,
        });
    }
}

/// An expression of the file, with its text kept where it cannot be read.
pub(super) fn written(text: &str) -> Written {
    Condition::parse(text).map_err(|error| (text.to_owned(), error))
}

fn written_feel(text: &str) -> Written {
    Condition::feel(text).map_err(|error| (text.to_owned(), error))
}

pub(super) fn read(element: ElementView<'_>, names: &Names<'_>) -> Result<Process, ParseError> {
    let mut reader = Reader {
        names,
        notes: Notes::default(),
        nodes: Vec::new(),
        ids: HashMap::new(),
        flows: Vec::new(),
        associations: Vec::new(),
        elements: Vec::new(),
    };
    let body = reader.container(element, None);
    if reader.nodes.len() > MAX_FLOW_NODES || reader.flows.len() > MAX_FLOWS {
        let reason = ParseReason::ProcessTooLarge;
        return Err(ParseError {
            line: element.line(),
            element: Some(element.id().to_owned()),
            reason,
        });
    }
    let flows = reader.connect();
    reader.attach();
    reader.compensate();
    Ok(Process {
        id: element.id().to_owned(),
        name: element.name().map(str::to_owned),
        executable: element.plain("isExecutable") != Some("false"),
        line: element.line(),
        nodes: reader.nodes,
        flows,
        body,
        ids: reader.ids,
        notes: reader.notes.0,
    })
}

struct Reader<'n, 'a> {
    names: &'n Names<'n>,
    notes: Notes,
    nodes: Vec<Node>,
    ids: HashMap<String, NodeIx>,
    flows: Vec<ElementView<'a>>,
    associations: Vec<ElementView<'a>>,
    /// The element of each node.
    elements: Vec<ElementView<'a>>,
}

impl<'a> Reader<'_, 'a> {
    fn container(&mut self, element: ElementView<'a>, parent: Option<NodeIx>) -> Container {
        let mut container = Container::default();
        for child in element.children().filter(|child| child.namespace() == BPMN) {
            match child.kind() {
                "sequenceFlow" => self.flows.push(child),
                "association" => self.associations.push(child),
                "dataObject" => container.data.extend(data_object(child)),
                kind if is_flow_node(kind) => container.nodes.push(self.node(child, parent)),
                _ => {}
            }
        }
        container
    }

    fn node(&mut self, element: ElementView<'a>, parent: Option<NodeIx>) -> NodeIx {
        let ix = self.nodes.len();
        let mut id = element.id().to_owned();
        if id.is_empty() {
            id = format!("{}@{}", element.kind(), element.place());
            // It runs, but its made-up id changes with the file, so cases cannot be moved to a new version by it.
            self.notes.warning(
                element,
                Code::NoId,
                &[(Fact::Kind, element.kind().to_owned())],
            );
        } else if self.ids.contains_key(&id) {
            self.notes.error(element, Code::DuplicateId, &[]);
        }
        self.ids.entry(id.clone()).or_insert(ix);
        self.elements.push(element);
        self.nodes.push(Node {
            id,
            name: element.name().map(str::to_owned),
            kind: NodeKind::Unknown(element.kind().to_owned()),
            parent,
            incoming: Vec::new(),
            outgoing: Vec::new(),
            default: None,
            multi: activity::repetition(element),
            boundaries: Vec::new(),
            for_compensation: element.plain("isForCompensation") == Some("true"),
            handler: None,
            ad_hoc: (element.kind() == "adHocSubProcess").then(|| activity::ad_hoc(element)),
            line: element.line(),
        });
        let kind = self.kind(element, ix);
        if let Some(node) = self.nodes.get_mut(ix) {
            node.kind = kind;
        }
        ix
    }

    fn kind(&mut self, element: ElementView<'a>, ix: NodeIx) -> NodeKind {
        let kind = element.kind();
        match kind {
            "startEvent" => NodeKind::Start(StartFacts {
                event: self.event(element),
                interrupting: element.plain("isInterrupting") != Some("false"),
            }),
            "endEvent" => NodeKind::End(self.event(element)),
            "intermediateCatchEvent" => NodeKind::Catch(self.event(element)),
            "intermediateThrowEvent" => NodeKind::Throw(self.event(element)),
            "boundaryEvent" => {
                let interrupting = element.plain("cancelActivity") != Some("false");
                NodeKind::Boundary {
                    attached: None,
                    interrupting,
                    event: self.event(element),
                }
            }
            "subProcess" | "transaction" | "adHocSubProcess" => {
                let sub = match kind {
                    "transaction" => SubKind::Transaction,
                    "adHocSubProcess" => SubKind::AdHoc,
                    _ if element.plain("triggeredByEvent") == Some("true") => SubKind::Event,
                    _ => SubKind::Embedded,
                };
                NodeKind::Sub(sub, self.container(element, Some(ix)))
            }
            "callActivity" => NodeKind::Call(activity::call(element, &mut self.notes)),
            "exclusiveGateway" => NodeKind::Gateway(Gateway::Exclusive),
            "parallelGateway" => NodeKind::Gateway(Gateway::Parallel),
            "inclusiveGateway" => NodeKind::Gateway(Gateway::Inclusive),
            "eventBasedGateway" => NodeKind::Gateway(Gateway::EventBased {
                instantiate: element.plain("instantiate") == Some("true"),
            }),
            "complexGateway" => NodeKind::Gateway(Gateway::Complex),
            _ => activity::task(element, self.names, &mut self.notes)
                .map_or_else(|| NodeKind::Unknown(kind.to_owned()), NodeKind::Task),
        }
    }

    fn event(&mut self, element: ElementView<'a>) -> crate::model::Event {
        event::read(element, self.names, &mut self.notes)
    }

    /// Flows between nodes; a flow with a loose end is noted and left out.
    fn connect(&mut self) -> Vec<Flow> {
        let mut flows = Vec::new();
        let mut defaults: HashMap<String, usize> = HashMap::new();
        for (n, element) in std::mem::take(&mut self.flows).into_iter().enumerate() {
            let end = |attribute: &str| element.plain(attribute).map(local_ref).unwrap_or_default();
            let (from, to) = (end("sourceRef"), end("targetRef"));
            let (Some(&source), Some(&target)) = (self.ids.get(from), self.ids.get(to)) else {
                let missing = if self.ids.contains_key(from) {
                    to
                } else {
                    from
                };
                self.notes.error(
                    element,
                    Code::LooseFlow,
                    &[(Fact::Reference, missing.to_owned())],
                );
                continue;
            };
            let id = if element.id().is_empty() {
                format!("{from}>{to}#{n}")
            } else {
                element.id().to_owned()
            };
            let condition = element.child("conditionExpression");
            let feel = condition
                .and_then(|condition| condition.plain("language"))
                .is_some_and(|language| language.to_ascii_lowercase().contains("feel"));
            let text = condition
                .map(ElementView::text)
                .filter(|text| !text.is_empty());
            let ix = flows.len();
            defaults.insert(id.trim().to_owned(), ix);
            flows.push(Flow {
                id,
                source,
                target,
                condition: text
                    .as_deref()
                    .map(if feel { written_feel } else { written }),
                line: element.line(),
            });
            self.nodes[source].outgoing.push(ix);
            self.nodes[target].incoming.push(ix);
        }
        self.defaults(&defaults);
        flows
    }

    fn defaults(&mut self, flows: &HashMap<String, usize>) {
        for (node, element) in self.nodes.iter_mut().zip(&self.elements) {
            let Some(flow) = element.plain("default").filter(|flow| !flow.is_empty()) else {
                continue;
            };
            match flows.get(local_ref(flow)) {
                Some(flow) if node.outgoing.contains(flow) => node.default = Some(*flow),
                _ => self.notes.error(
                    *element,
                    Code::BadDefault,
                    &[(Fact::Reference, flow.to_owned())],
                ),
            }
        }
    }

    fn attach(&mut self) {
        for ix in 0..self.nodes.len() {
            let host = self.elements[ix]
                .plain("attachedToRef")
                .and_then(|on| self.ids.get(local_ref(on)).copied());
            if let (Some(host), NodeKind::Boundary { attached, .. }) =
                (host, &mut self.nodes[ix].kind)
            {
                *attached = Some(host);
                self.nodes[host].boundaries.push(ix);
            }
        }
    }

    /// A compensation event on a border is tied to what undoes its activity by an association, drawn in either direction.
    fn compensate(&mut self) {
        for element in std::mem::take(&mut self.associations) {
            let end = |attribute: &str| {
                let id = element.plain(attribute).map(local_ref)?;
                self.ids.get(id).copied()
            };
            let (Some(from), Some(to)) = (end("sourceRef"), end("targetRef")) else {
                continue;
            };
            for (event, handler) in [(from, to), (to, from)] {
                if let NodeKind::Boundary {
                    attached: Some(host),
                    event: Event::Compensation { .. },
                    ..
                } = self.nodes[event].kind
                    && self.nodes[handler].for_compensation
                {
                    self.nodes[host].handler = Some(handler);
                }
            }
        }
    }
}

fn is_flow_node(kind: &str) -> bool {
    let known = [
        "Event",
        "Task",
        "Gateway",
        "subProcess",
        "transaction",
        "adHocSubProcess",
        "callActivity",
        "SubProcess",
        "subChoreography",
    ];
    kind == "task" || known.iter().any(|end| kind.ends_with(end))
}

/// A data object is a variable; the Java engines put its first value into the extension elements.
fn data_object(element: ElementView<'_>) -> Option<(String, Value)> {
    let name = element
        .name()
        .filter(|name| !name.is_empty())
        .unwrap_or(element.id());
    if name.is_empty() {
        return None;
    }
    let text = element
        .extensions()
        .find(|child| child.kind() == "value")
        .map(ElementView::text)
        .unwrap_or_default();
    let kind = element
        .plain("itemSubjectRef")
        .map(local_ref)
        .unwrap_or_default();
    let value = if text.is_empty() {
        Value::Null
    } else {
        typed(&text, kind)
    };
    Some((name.to_owned(), value))
}

fn typed(text: &str, kind: &str) -> Value {
    let typed = match kind {
        "boolean" => text.parse().ok().map(Value::Bool),
        "int" | "integer" | "long" => text.parse().ok().map(Value::Int),
        "double" | "float" | "decimal" => text
            .parse()
            .ok()
            .filter(|n: &f64| n.is_finite())
            .map(Value::Float),
        _ => None,
    };
    typed.unwrap_or_else(|| Value::Text(text.to_owned()))
}
