//! What tasks, call activities and loops say about themselves, in the standard's and the Java engines' words.
//! Not here: nodes and flows (`process`).
//! Next: `run::activity`.

use super::event::Names;
use super::process::{Notes, written};
use crate::check::Code;
use crate::condition::Condition;
use crate::model::{
    AdHocSpec, CallSpec, ElementView, LoopCount, LoopSpec, Mapping, MappingSource, MultiSpec,
    Service, TaskFacts, TaskKind,
};

/// A task's facts; `None` if the element is no task.
pub(super) fn task(
    element: ElementView<'_>,
    names: &Names<'_>,
    notes: &mut Notes,
) -> Option<TaskFacts> {
    let kind = match element.kind() {
        "userTask" => TaskKind::User,
        "serviceTask" => TaskKind::Service,
        "sendTask" => TaskKind::Send,
        "receiveTask" => TaskKind::Receive,
        "manualTask" => TaskKind::Manual,
        "scriptTask" => TaskKind::Script,
        "businessRuleTask" => TaskKind::BusinessRule,
        "task" => TaskKind::Plain,
        _ => return None,
    };
    let message = element
        .plain("messageRef")
        .filter(|reference| !reference.is_empty())
        .and_then(|reference| {
            let name = names.message(reference);
            if name.is_none() {
                notes.error(
                    element,
                    Code::NoName,
                    &[("reference", reference.to_owned())],
                );
            }
            name
        });
    let service = if kind == TaskKind::Script {
        script(element)
    } else {
        service(element, notes)
    };
    Some(TaskFacts {
        kind,
        service,
        message,
        assignee: either(element, "assignee").map(str::to_owned),
        candidate_users: list(either(element, "candidateUsers")),
        candidate_groups: list(either(element, "candidateGroups")),
        due: either(element, "dueDate").map(str::to_owned),
        form: either(element, "formKey").map(str::to_owned),
    })
}

/// An attribute in this product's own words, else in those of the Java engines.
fn either<'a>(element: ElementView<'a>, name: &str) -> Option<&'a str> {
    element
        .attr(name)
        .or_else(|| element.vendor(name))
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

/// A list divided by commas; those inside of `${…}` do not divide.
fn list(text: Option<&str>) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut depth = 0_u32;
    for c in text.unwrap_or_default().chars() {
        match c {
            '{' | '(' => depth += 1,
            '}' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if c == ',' && depth == 0 {
            items.push(String::new());
        } else if let Some(item) = items.last_mut() {
            item.push(c);
        }
    }
    items
        .into_iter()
        .map(|item| item.trim().to_owned())
        .filter(|item| !item.is_empty())
        .collect()
}

/// A script is read if each of its lines is `name = expression` in one of the languages that are understood.
fn script(element: ElementView<'_>) -> Service {
    let text = text_of(element, "script").unwrap_or_default();
    let format = element.plain("scriptFormat").unwrap_or_default();
    let feel = format.eq_ignore_ascii_case("feel");
    let known = ["", "cel", "juel"]
        .iter()
        .any(|name| format.eq_ignore_ascii_case(name));
    if !feel && !known {
        return Service::None(format.to_owned());
    }
    let assignment = |line: &str| {
        let (name, expression) = line.split_once('=')?;
        let name = name.trim();
        let plain = name.chars().all(|c| c.is_alphanumeric() || c == '_')
            && name.starts_with(|c: char| !c.is_numeric());
        let read = if feel {
            Condition::feel(expression)
        } else {
            Condition::parse(expression)
        };
        Some((name.to_owned(), read.ok().filter(|_| plain)?))
    };
    let lines = text
        .split(['\n', ';'])
        .map(str::trim)
        .filter(|line| !line.is_empty());
    match lines.map(assignment).collect::<Option<Vec<_>>>() {
        Some(assignments) if !assignments.is_empty() => Service::Assign(assignments),
        _ => Service::None(text),
    }
}

/// The decision table that a task asks, in this product's and the Java engines' words.
fn decision(element: ElementView<'_>) -> Option<Service> {
    let field = |name: &str| {
        let field = element
            .extensions()
            .find(|child| child.kind() == "field" && child.plain("name") == Some(name))?;
        let inner = field
            .children()
            .find(|child| matches!(child.kind(), "string" | "expression"))
            .map(ElementView::text);
        inner.or_else(|| field.plain("stringValue").map(str::to_owned))
    };
    let own = element
        .attr("decision")
        .or_else(|| element.vendor("decisionRef"))
        .map(str::to_owned);
    let id = own
        .or_else(|| field("decisionTableReferenceKey"))
        .filter(|id| !id.trim().is_empty())?;
    let result = element
        .attr("resultVariable")
        .or_else(|| element.vendor("resultVariable"));
    Some(Service::Decision(
        id.trim().to_owned(),
        result.map(str::to_owned),
    ))
}

fn service(element: ElementView<'_>, notes: &mut Notes) -> Service {
    if let Some(name) = element.attr("service").filter(|name| !name.is_empty()) {
        return Service::Named(name.to_owned());
    }
    if let Some(decision) = decision(element) {
        return decision;
    }
    if let Some(text) = element.vendor("expression") {
        return match Condition::parse(text) {
            Ok(expression) => {
                let target = element
                    .vendor("resultVariable")
                    .or_else(|| element.vendor("resultVariableName"));
                Service::Expression(expression, target.map(str::to_owned))
            }
            Err(error) => {
                notes.error(
                    element,
                    Code::BadExpression,
                    &[
                        ("expression", text.to_owned()),
                        ("reason", error.to_string()),
                    ],
                );
                Service::None(text.to_owned())
            }
        };
    }
    let code = ["class", "delegateExpression", "type", "topic"]
        .iter()
        .find_map(|name| element.vendor(name));
    Service::None(code.unwrap_or_default().to_owned())
}

/// The loop of an activity.
pub(super) fn repetition(element: ElementView<'_>) -> Option<MultiSpec> {
    if let Some(multi) = element.child("multiInstanceLoopCharacteristics") {
        return Some(MultiSpec {
            sequential: multi.plain("isSequential") == Some("true"),
            spec: LoopSpec::Multi(count(multi)),
            completion: text_of(multi, "completionCondition")
                .as_deref()
                .map(written),
            output: output(multi),
            line: multi.line(),
        });
    }
    let again = element.child("standardLoopCharacteristics")?;
    let condition = text_of(again, "loopCondition").as_deref().map(written);
    let before = again.plain("testBefore") == Some("true");
    let maximum = again.plain("loopMaximum").and_then(|n| n.parse().ok());
    Some(MultiSpec {
        sequential: true,
        spec: LoopSpec::While {
            condition,
            before,
            maximum,
        },
        completion: None,
        output: None,
        line: again.line(),
    })
}

/// The rules of an ad-hoc sub-process.
pub(super) fn ad_hoc(element: ElementView<'_>) -> AdHocSpec {
    AdHocSpec {
        sequential: element.plain("ordering") == Some("Sequential"),
        completion: text_of(element, "completionCondition")
            .as_deref()
            .map(written),
        cancel_rest: element.plain("cancelRemainingInstances") != Some("false"),
    }
}

fn text_of(element: ElementView<'_>, child: &str) -> Option<String> {
    element
        .child(child)
        .map(ElementView::text)
        .filter(|text| !text.is_empty())
}

fn count(multi: ElementView<'_>) -> LoopCount {
    if let Some(text) = text_of(multi, "loopCardinality") {
        return LoopCount::Cardinality(written(&text));
    }
    let list = text_of(multi, "loopDataInputRef")
        .or_else(|| multi.vendor("collection").map(str::to_owned));
    let Some(list) = list else {
        return LoopCount::Missing;
    };
    let item = multi.child("inputDataItem").and_then(|item| {
        item.name()
            .or(Some(item.id()))
            .filter(|name| !name.is_empty())
    });
    let element = item
        .or_else(|| multi.vendor("elementVariable"))
        .map(str::to_owned);
    LoopCount::Collection {
        list: written(&list),
        element,
    }
}

fn output(multi: ElementView<'_>) -> Option<(String, String)> {
    let list = text_of(multi, "loopDataOutputRef")?;
    let item = multi.child("outputDataItem")?;
    let name = item.name().unwrap_or(item.id());
    (!name.is_empty()).then(|| (name.to_owned(), list))
}

/// A call activity with the variables it hands over.
pub(super) fn call(element: ElementView<'_>, notes: &mut Notes) -> CallSpec {
    let called = element
        .plain("calledElement")
        .map(str::trim)
        .filter(|called| !called.is_empty())
        .map(str::to_owned);
    let mappings = |kind: &str| {
        element
            .extensions()
            .filter(|child| child.kind() == kind)
            .filter_map(mapping)
            .collect()
    };
    CallSpec {
        called,
        version: version(element, notes),
        inputs: mappings("in"),
        outputs: mappings("out"),
        inherit: element.vendor("inheritVariables") == Some("true"),
    }
}

/// The version of the called process, in this product's and in Camunda's words.
fn version(element: ElementView<'_>, notes: &mut Notes) -> Option<i32> {
    let theirs = || {
        let fixed = element.vendor("calledElementBinding") == Some("version");
        element.vendor("calledElementVersion").filter(|_| fixed)
    };
    let text = element.attr("version").or_else(theirs)?.trim();
    let version = text.parse().ok().filter(|version| *version > 0);
    if version.is_none() {
        notes.warning(element, Code::BadVersion, &[("version", text.to_owned())]);
    }
    version
}

fn mapping(element: ElementView<'_>) -> Option<Mapping> {
    let target = element.plain("target")?.to_owned();
    let source = match element.plain("sourceExpression") {
        Some(text) => MappingSource::Expression(written(text)),
        None => MappingSource::Variable(element.plain("source")?.to_owned()),
    };
    Some(Mapping { source, target })
}
