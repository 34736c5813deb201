//! What tasks, call activities and loops say about themselves, in the standard's and the Java engines' words.
//! Not here: nodes and flows (`process`).
//! Next: `run::activity`.

use super::event::Names;
use super::process::{Notes, written};
use crate::check::Code;
use crate::condition::Condition;
use crate::model::{
    CallSpec, ElementView, LoopCount, LoopSpec, Mapping, MappingSource, MultiSpec, Service,
    TaskFacts, TaskKind,
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
    let service = service(element, notes);
    Some(TaskFacts {
        kind,
        service,
        message,
        assignee: element.vendor("assignee").map(str::to_owned),
    })
}

fn service(element: ElementView<'_>, notes: &mut Notes) -> Service {
    if let Some(name) = element.attr("service").filter(|name| !name.is_empty()) {
        return Service::Named(name.to_owned());
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
pub(super) fn call(element: ElementView<'_>) -> CallSpec {
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
        inputs: mappings("in"),
        outputs: mappings("out"),
        inherit: element.vendor("inheritVariables") == Some("true"),
    }
}

fn mapping(element: ElementView<'_>) -> Option<Mapping> {
    let target = element.plain("target")?.to_owned();
    let source = match element.plain("sourceExpression") {
        Some(text) => MappingSource::Expression(written(text)),
        None => MappingSource::Variable(element.plain("source")?.to_owned()),
    };
    Some(Mapping { source, target })
}
