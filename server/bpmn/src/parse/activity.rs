//! What tasks, call activities and loops say about themselves, in the standard's and the Java engines' words.
//! Not here: nodes and flows (`process`).
//! Next: `run::activity`.

use super::event::Names;
use super::people;
use super::process::{Notes, written};
use crate::check::{Code, Fact};
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
                    &[(Fact::Reference, reference.to_owned())],
                );
            }
            name
        });
    let service = if kind == TaskKind::Script {
        script(element)
    } else {
        service(element, notes)
    };
    // Nobody does the others, so what they say about people has no effect.
    let people = if kind == TaskKind::User {
        people::read(element, notes)
    } else {
        people::People::default()
    };
    Some(TaskFacts {
        kind,
        service,
        message,
        assignee: people.assignee,
        candidate_users: people.users,
        candidate_groups: people.groups,
        due: people.due,
    })
}

/// An attribute in this product's own words, else in those of the Java engines.
pub(super) fn either<'a>(element: ElementView<'a>, name: &str) -> Option<&'a str> {
    element
        .attr(name)
        .or_else(|| element.vendor(name))
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

/// A script is read if each of its lines is `name = expression` in one of the languages that are understood.
fn script(element: ElementView<'_>) -> Service {
    if let Some(script) = element.zeebe("script") {
        let text = script.plain("expression").unwrap_or_default();
        let target = script
            .plain("resultVariable")
            .filter(|name| !name.is_empty());
        return match (target, Condition::feel(text)) {
            (Some(target), Ok(expression)) => {
                Service::Assign(vec![(target.to_owned(), expression)])
            }
            _ => Service::None(text.to_owned()),
        };
    }
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
    let called = element.zeebe("calledDecision");
    let own = element
        .attr("decision")
        .or_else(|| element.vendor("decisionRef"))
        .or_else(|| called?.plain("decisionId"))
        .map(str::to_owned);
    let id = own
        .or_else(|| field("decisionTableReferenceKey"))
        .filter(|id| !id.trim().is_empty())?;
    let result = element
        .attr("resultVariable")
        .or_else(|| element.vendor("resultVariable"))
        .or_else(|| called?.plain("resultVariable"));
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
                notes.unreadable(element, text, &error);
                Service::None(text.to_owned())
            }
        };
    }
    let code = ["class", "delegateExpression", "type", "topic"]
        .iter()
        .find_map(|name| element.vendor(name))
        .or_else(|| element.zeebe("taskDefinition")?.plain("type"));
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
    let theirs = multi.zeebe("loopCharacteristics");
    let list = text_of(multi, "loopDataInputRef")
        .or_else(|| multi.vendor("collection").map(str::to_owned))
        .or_else(|| theirs?.plain("inputCollection").map(str::to_owned))
        .filter(|list| !list.trim().is_empty());
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
        .or_else(|| theirs?.plain("inputElement"))
        .filter(|name| !name.is_empty())
        .map(str::to_owned);
    LoopCount::Collection {
        list: written(&list),
        element,
    }
}

fn output(multi: ElementView<'_>) -> Option<(String, String)> {
    if let Some(theirs) = multi.zeebe("loopCharacteristics") {
        return gathered(theirs);
    }
    let list = text_of(multi, "loopDataOutputRef")?;
    let item = multi.child("outputDataItem")?;
    let name = item.name().unwrap_or(item.id());
    (!name.is_empty()).then(|| (name.to_owned(), list))
}

/// What Zeebe gathers of each turn, where that is one variable and not something computed.
pub(crate) fn gathered(theirs: ElementView<'_>) -> Option<(String, String)> {
    let list = theirs.plain("outputCollection").map(str::trim)?;
    let item = theirs
        .plain("outputElement")?
        .trim()
        .trim_start_matches('=')
        .trim();
    let plain = !item.is_empty() && item.chars().all(|c| c.is_alphanumeric() || c == '_');
    (plain && !list.is_empty()).then(|| (item.to_owned(), list.to_owned()))
}

/// A call activity with the variables it hands over.
pub(super) fn call(element: ElementView<'_>, notes: &mut Notes) -> CallSpec {
    let theirs = element.zeebe("calledElement");
    let called = element
        .plain("calledElement")
        .or_else(|| theirs?.plain("processId"))
        .map(str::trim)
        .filter(|called| !called.is_empty())
        .map(str::to_owned);
    if let Some(text) = called.as_deref()
        && let Some(Err(error)) = Condition::embedded(text)
    {
        notes.unreadable(element, text, &error);
    }
    let handed = |kind: &'static str| {
        let children = element.extensions();
        children.filter(move |child| child.is_vendor() && child.kind() == kind)
    };
    // Zeebe hands everything in, unless it is told not to.
    let all = handed("in").any(|child| child.plain("variables") == Some("all"))
        || theirs.is_some_and(|it| it.plain("propagateAllParentVariables") != Some("false"));
    let mappings = |kind: &'static str| handed(kind).filter_map(mapping).collect();
    CallSpec {
        called,
        version: version(element, notes),
        inputs: mappings("in"),
        outputs: mappings("out"),
        inherit: all || element.vendor("inheritVariables") == Some("true"),
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
        notes.warning(
            element,
            Code::BadVersion,
            &[(Fact::Version, text.to_owned())],
        );
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
