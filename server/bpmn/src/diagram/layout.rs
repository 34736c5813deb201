//! The diagram part of a file: which element is drawn where. Numbers that are none or absurd leave their shape out.
//! Not here: how it looks (`draw`).
//! Next: `draw`.

use shared::text::Locale;

use crate::model::{BPMN, Definition, ElementView};

const DI: &str = "http://www.omg.org/spec/BPMN/20100524/DI";
/// No drawing is larger; a file with such a number is damaged.
const FARTHEST: f64 = 100_000.0;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// What a shape looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// An event: thin (start), double (between, dashed if it does not interrupt) or thick (end).
    Event {
        rings: Rings,
        dashed: bool,
    },
    /// A task.
    Task,
    /// A call activity, with a thick border.
    Call,
    /// A sub-process: open or closed, with its own border.
    Sub {
        open: bool,
        border: Border,
    },
    Gateway,
    /// A pool or lane, its name along the left.
    Pool,
    Data,
    Store,
    Note,
    /// A group or anything else that is only framed.
    Frame,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rings {
    Thin,
    Double,
    Thick,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Border {
    Plain,
    Dotted,
    Double,
}

/// An element with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape<'a> {
    pub element: &'a str,
    pub name: String,
    pub look: Look,
    /// Signs inside: see `icon`.
    pub signs: Vec<&'static str>,
    pub bounds: Bounds,
    /// Where its name is written, for shapes that carry it outside.
    pub label: Option<Bounds>,
}

/// A line between elements.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge<'a> {
    pub element: &'a str,
    pub name: String,
    /// `flow`, `message` or `association`.
    pub kind: &'static str,
    /// A slash at its begin (default way) or a diamond (way with condition from an activity).
    pub begin: Option<&'static str>,
    pub points: Vec<(f64, f64)>,
    pub label: Option<Bounds>,
}

pub struct Layout<'a> {
    pub shapes: Vec<Shape<'a>>,
    pub edges: Vec<Edge<'a>>,
    pub bounds: Bounds,
}

impl Layout<'_> {
    /// With a place for each name that stands outside of its shape.
    pub fn placed(mut self) -> Self {
        super::place::names(&mut self);
        if let Some(bounds) = around(&self.shapes, &self.edges) {
            self.bounds = bounds;
        }
        self
    }
}

/// The first diagram of the file, its names in one language and where the file has them.
pub fn read(definition: &Definition, locale: Locale) -> Option<Layout<'_>> {
    let mut all = definition.tree().all();
    let plane = all.find(|element| element.namespace() == DI && element.kind() == "BPMNPlane")?;
    let mut shapes = Vec::new();
    let mut edges = Vec::new();
    for drawn in plane.children().filter(|drawn| drawn.namespace() == DI) {
        let Some(element) = drawn
            .plain("bpmnElement")
            .and_then(|id| definition.element(crate::parse::local_ref(id)))
        else {
            continue;
        };
        match drawn.kind() {
            "BPMNShape" => shapes.extend(shape((definition, locale), drawn, element)),
            "BPMNEdge" => edges.extend(edge((definition, locale), drawn, element)),
            _ => {}
        }
    }
    // Large frames first, so that they lie below what they hold.
    shapes.sort_by(|a, b| {
        let area = |shape: &Shape<'_>| shape.bounds.width * shape.bounds.height;
        is_frame(b)
            .cmp(&is_frame(a))
            .then(area(b).total_cmp(&area(a)).then(std::cmp::Ordering::Equal))
    });
    let bounds = around(&shapes, &edges)?;
    Some(Layout {
        shapes,
        edges,
        bounds,
    })
}

fn is_frame(shape: &Shape<'_>) -> bool {
    matches!(
        shape.look,
        Look::Pool | Look::Frame | Look::Sub { open: true, .. }
    )
}

/// Around the drawing.
const MARGIN: f64 = 24.0;
/// Names below events and gateways reach beyond their shapes.
const BELOW: f64 = 52.0;

fn around(shapes: &[Shape<'_>], edges: &[Edge<'_>]) -> Option<Bounds> {
    let corners = shapes
        .iter()
        .flat_map(|shape| [Some(shape.bounds), shape.label])
        .chain(edges.iter().map(|edge| edge.label))
        .flatten()
        .flat_map(|b| [(b.x, b.y), (b.x + b.width, b.y + b.height)]);
    let points = corners.chain(edges.iter().flat_map(|edge| edge.points.iter().copied()));
    let mut found: Option<(f64, f64, f64, f64)> = None;
    for (x, y) in points {
        found = Some(match found {
            None => (x, y, x, y),
            Some((left, top, right, bottom)) => {
                (left.min(x), top.min(y), right.max(x), bottom.max(y))
            }
        });
    }
    let (left, top, right, bottom) = found?;
    Some(Bounds {
        x: left - MARGIN,
        y: top - MARGIN,
        width: right - left + 2.0 * MARGIN,
        height: bottom - top + MARGIN + BELOW,
    })
}

fn number(element: ElementView<'_>, name: &str) -> Option<f64> {
    let number: f64 = element.plain(name)?.trim().parse().ok()?;
    (number.is_finite() && number.abs() <= FARTHEST).then_some(number)
}

fn bounds(element: ElementView<'_>) -> Option<Bounds> {
    let found = element.children().find(|child| child.kind() == "Bounds")?;
    Some(Bounds {
        x: number(found, "x")?,
        y: number(found, "y")?,
        width: number(found, "width")?.max(0.0),
        height: number(found, "height")?.max(0.0),
    })
}

fn label(drawn: ElementView<'_>) -> Option<Bounds> {
    drawn
        .children()
        .find(|child| child.kind() == "BPMNLabel")
        .and_then(bounds)
}

fn shape<'a>(
    (definition, locale): (&'a Definition, Locale),
    drawn: ElementView<'a>,
    element: ElementView<'a>,
) -> Option<Shape<'a>> {
    let bounds = bounds(drawn)?;
    let kind = element.kind();
    let open = drawn.plain("isExpanded") != Some("false") && bounds.width > 120.0;
    let look = match kind {
        "startEvent" => Look::Event {
            rings: Rings::Thin,
            dashed: element.plain("isInterrupting") == Some("false"),
        },
        "endEvent" => Look::Event {
            rings: Rings::Thick,
            dashed: false,
        },
        "boundaryEvent" => Look::Event {
            rings: Rings::Double,
            dashed: element.plain("cancelActivity") == Some("false"),
        },
        "intermediateCatchEvent" | "intermediateThrowEvent" => Look::Event {
            rings: Rings::Double,
            dashed: false,
        },
        "callActivity" => Look::Call,
        "subProcess" | "adHocSubProcess" | "transaction" => Look::Sub {
            open,
            border: match (kind, element.plain("triggeredByEvent")) {
                ("transaction", _) => Border::Double,
                (_, Some("true")) => Border::Dotted,
                _ => Border::Plain,
            },
        },
        "participant" | "lane" => Look::Pool,
        "dataObjectReference" | "dataObject" | "dataInput" | "dataOutput" => Look::Data,
        "dataStoreReference" => Look::Store,
        "textAnnotation" => Look::Note,
        _ if kind.ends_with("Gateway") => Look::Gateway,
        _ if kind.ends_with("ask") => Look::Task,
        _ => Look::Frame,
    };
    Some(Shape {
        element: element.id(),
        name: name_of((definition, locale), element),
        look,
        signs: signs(element),
        bounds,
        label: label(drawn),
    })
}

/// The name; a group's stands in its category, a note's is its text.
fn name_of((definition, locale): (&Definition, Locale), element: ElementView<'_>) -> String {
    if element.kind() == "textAnnotation" {
        let text = element.child("text").map(ElementView::text);
        let said = element.in_language(text.as_deref(), locale);
        return said.unwrap_or_default().to_owned();
    }
    let category = || {
        let id = element.plain("categoryValueRef")?;
        let value = definition.element(crate::parse::local_ref(id))?;
        value.in_language(value.plain("value"), locale)
    };
    let name = element.name_in(locale).or_else(category);
    name.unwrap_or_default().to_owned()
}

/// The signs of an element: its kind or event, then repetition and the like.
fn signs(element: ElementView<'_>) -> Vec<&'static str> {
    let mut found = Vec::new();
    let kind = element.kind();
    let own = match kind {
        "userTask" => Some("user"),
        "serviceTask" => Some("service"),
        "sendTask" => Some("send"),
        "receiveTask" => Some("receive"),
        "scriptTask" => Some("script"),
        "manualTask" => Some("manual"),
        "businessRuleTask" => Some("rule"),
        "exclusiveGateway" => Some("exclusive"),
        "parallelGateway" => Some("parallel"),
        "inclusiveGateway" => Some("inclusive"),
        "eventBasedGateway" => Some("event"),
        "complexGateway" => Some("complex"),
        "adHocSubProcess" => Some("ad-hoc"),
        _ => None,
    };
    found.extend(own);
    let definitions: Vec<&str> = element
        .children()
        .filter(|child| child.namespace() == BPMN && child.kind().ends_with("EventDefinition"))
        .map(ElementView::kind)
        .collect();
    let event = match definitions.as_slice() {
        ["messageEventDefinition"] => Some("message"),
        ["timerEventDefinition"] => Some("timer"),
        ["signalEventDefinition"] => Some("signal"),
        ["errorEventDefinition"] => Some("error"),
        ["escalationEventDefinition"] => Some("escalation"),
        ["conditionalEventDefinition"] => Some("condition"),
        ["terminateEventDefinition"] => Some("terminate"),
        ["cancelEventDefinition"] => Some("cancel"),
        ["compensateEventDefinition"] => Some("undo"),
        ["linkEventDefinition"] => Some("link"),
        [] => None,
        _ => Some("several"),
    };
    found.extend(event);
    if let Some(multi) = element.child("multiInstanceLoopCharacteristics") {
        found.push(if multi.plain("isSequential") == Some("true") {
            "sequential"
        } else {
            "at-once"
        });
    }
    if element.child("standardLoopCharacteristics").is_some() {
        found.push("loop");
    }
    if element.plain("isForCompensation") == Some("true") {
        found.push("undoes");
    }
    // A throwing event is filled, a catching one is not.
    if matches!(kind, "endEvent" | "intermediateThrowEvent") {
        found.push("throws");
    }
    found
}

fn edge<'a>(
    (definition, locale): (&'a Definition, Locale),
    drawn: ElementView<'a>,
    element: ElementView<'a>,
) -> Option<Edge<'a>> {
    let points: Vec<(f64, f64)> = drawn
        .children()
        .filter(|child| child.kind() == "waypoint")
        .filter_map(|point| Some((number(point, "x")?, number(point, "y")?)))
        .collect();
    if points.len() < 2 {
        return None;
    }
    let kind = match element.kind() {
        "sequenceFlow" => "flow",
        "messageFlow" => "message",
        _ => "association",
    };
    let source = element
        .plain("sourceRef")
        .and_then(|id| definition.element(crate::parse::local_ref(id)));
    let begin = source.and_then(|source| {
        if kind != "flow" {
            None
        } else if source.plain("default") == Some(element.id()) {
            Some("default")
        } else if element.child("conditionExpression").is_some()
            && !source.kind().ends_with("Gateway")
        {
            Some("conditional")
        } else {
            None
        }
    });
    Some(Edge {
        element: element.id(),
        name: name_of((definition, locale), element),
        kind,
        begin,
        points,
        label: label(drawn),
    })
}
