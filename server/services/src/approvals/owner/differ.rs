//! A version beside the one on which new cases start: which elements are new, gone or changed, and how many running cases stand there.
//! Not here: where each of them would go (`migrate`, as a dry run).
//! Pure but for reading the version of now and its standings.

use std::collections::{BTreeMap, BTreeSet};

use bpmn::Definition;
use bpmn::model::{Event, Node, NodeKind, Process};
use shared::access::Scope;
use shared::approval::difference::{DifferenceHow, DifferenceRow, Differences, ElementSort};
use shared::fault::Fault;
use shared::text::Locale;

use crate::context::Ctx;
use crate::fault::Settle;
use crate::host::library::{Pins, name_in};

/// Attributes of this product that say what a step asks.
const MARKS: [&str; 6] = ["verb", "role", "unit", "limit", "step", "slot"];

/// How `chosen` differs from the version of now.
pub(super) async fn beside(
    ctx: &Ctx,
    scope: &Scope,
    (key, active): (&str, i32),
    is_ticket: bool,
    chosen: &Definition,
) -> Result<Differences, Fault> {
    let services = &ctx.services;
    let reader = services.store().reader();
    let now = services
        .library(&reader, (key, active), &Pins::new())
        .await
        .settle(services)?;
    let found = if is_ticket {
        store::approvals::tickets_standing(&reader, (key, active)).await
    } else {
        store::approvals::standing(&reader, scope, (key, active)).await
    };
    let found = found.settle(services)?.into_iter();
    let standing: BTreeMap<String, i64> = found.map(|it| (it.element, it.cases)).collect();
    Ok(Differences {
        active,
        rows: rows((now.main.as_ref(), chosen), &standing, ctx.locale),
    })
}

fn rows(
    (now, chosen): (&Definition, &Definition),
    standing: &BTreeMap<String, i64>,
    locale: Locale,
) -> Vec<DifferenceRow> {
    let (old, new) = (elements(now), elements(chosen));
    let ids: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    let row = |id: &str| {
        let (how, sort, definition) = match (old.get(id), new.get(id)) {
            (Some(was), None) => (DifferenceHow::Gone, was.0, now),
            (None, Some(is)) => (DifferenceHow::New, is.0, chosen),
            (Some(was), Some(is)) if was != is => (DifferenceHow::Changed, is.0, chosen),
            _ => return None,
        };
        Some(DifferenceRow {
            element: id.to_owned(),
            name: name_in(definition, id, locale).to_owned(),
            sort,
            how,
            count: standing.get(id).copied().unwrap_or(0),
        })
    };
    ids.into_iter().filter_map(row).collect()
}

/// Every element that a case can come to, by its id: what it is, and what it says.
fn elements(definition: &Definition) -> BTreeMap<&str, (ElementSort, String)> {
    let mut all = BTreeMap::new();
    for process in definition.processes() {
        for node in &process.nodes {
            let said = said(definition, process, node);
            all.insert(node.id.as_str(), (sort(node), said));
        }
    }
    all
}

fn sort(node: &Node) -> ElementSort {
    match &node.kind {
        NodeKind::Task(_) => ElementSort::Task,
        NodeKind::Catch(Event::Timer(_))
        | NodeKind::Boundary {
            event: Event::Timer(_),
            ..
        } => ElementSort::Timer,
        NodeKind::Start(_)
        | NodeKind::End(_)
        | NodeKind::Catch(_)
        | NodeKind::Throw(_)
        | NodeKind::Boundary { .. } => ElementSort::Event,
        NodeKind::Gateway(_) => ElementSort::Branch,
        NodeKind::Sub(..) | NodeKind::Call(_) | NodeKind::Unknown(_) => ElementSort::Part,
    }
}

/// What is compared of an element: what it waits for or asks, and where it leads. Names are not: people read them, cases do not.
fn said(definition: &Definition, process: &Process, node: &Node) -> String {
    let kind = match &node.kind {
        NodeKind::Task(facts) => format!("{facts:?}"),
        NodeKind::Start(facts) => format!("{:?}", facts.event),
        NodeKind::End(event)
        | NodeKind::Catch(event)
        | NodeKind::Throw(event)
        | NodeKind::Boundary { event, .. } => format!("{event:?}"),
        NodeKind::Sub(..) | NodeKind::Call(_) | NodeKind::Gateway(_) | NodeKind::Unknown(_) => {
            String::new()
        }
    };
    let view = definition.element(&node.id);
    let marks = MARKS.iter().map(|name| view.and_then(|it| it.attr(name)));
    let marks: Vec<&str> = marks.map(Option::unwrap_or_default).collect();
    let flows = node.outgoing.iter().filter_map(|at| process.flows.get(*at));
    let targets = flows.filter_map(|flow| process.nodes.get(flow.target));
    let mut targets: Vec<&str> = targets.map(|target| target.id.as_str()).collect();
    targets.sort_unstable();
    format!("{kind} {} {}", marks.join(","), targets.join(","))
}
