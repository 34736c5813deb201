//! What a file says that has no counterpart here: kept in the file, without effect on how it runs. Attributes and extension elements of any
//! maker, known or not, of this product where they are misspelt, and what of the standard is only kept.
//! An office that brings its models along reads this list before it deploys them.
//! Next: `parse::activity` and `parse::people`, which read the rest, and `standard`.

use std::collections::HashMap;

use super::standard;
use crate::model::{BPMN, Definition, ElementView, MS, RawAttribute, VENDORS, ZEEBE};
use crate::parse::activity::gathered;

/// One thing that has no effect.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Ignored {
    /// Line in the file, from 1.
    pub line: u32,
    /// Id of the element that it belongs to.
    pub element: String,
    /// The attribute or extension element.
    pub name: String,
}

/// Namespaces that draw, colour or type, and what modelling tools note for themselves.
const SILENT: [&str; 10] = [
    "http://www.omg.org/spec/BPMN/20100524/DI",
    "http://www.omg.org/spec/DD/20100524/DC",
    "http://www.omg.org/spec/DD/20100524/DI",
    "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
    "http://bpmn.io/schema/bpmn/biocolor/1.0",
    "http://camunda.org/schema/modeler/1.0",
    "http://flowable.org/modeler",
    "http://flowable.org/design",
    "http://www.w3.org/2001/XMLSchema-instance",
    "http://www.w3.org/XML/1998/namespace",
];
/// Notes of modelling tools in a maker's own namespace.
const NOTES: [&str; 3] = [
    "modelerTemplate",
    "modelerTemplateVersion",
    "modelerTemplateIcon",
];

/// Everything in a file that is not read, by line.
pub fn ignored(definition: &Definition) -> Vec<Ignored> {
    let mut found = Vec::new();
    // What has no id of its own belongs to what it stands in. Parents come before their children.
    let mut owners: HashMap<usize, &str> = HashMap::new();
    for element in definition.tree().all() {
        let inherited = owners.get(&element.place()).copied().unwrap_or_default();
        let owner = Some(element.id()).filter(|id| !id.is_empty());
        let owner = owner.unwrap_or(inherited);
        owners.extend(element.children().map(|child| (child.place(), owner)));
        if element.namespace() == BPMN {
            let mut lost = Vec::new();
            of_element(element, &mut lost);
            found.extend(lost.into_iter().map(|(line, name)| Ignored {
                line,
                element: owner.to_owned(),
                name,
            }));
        }
    }
    found.sort();
    found.dedup();
    found
}

fn of_element(element: ElementView<'_>, lost: &mut Vec<(u32, String)>) {
    for attribute in element.raw().into_iter().flat_map(|raw| &raw.attributes) {
        if !has_effect(element, attribute) {
            let name = shown(&attribute.name, &attribute.namespace);
            lost.push((element.line(), name.to_owned()));
        }
    }
    // They are looked at with what they extend.
    if element.kind() == "extensionElements" {
        return;
    }
    for child in element.children() {
        let silent = match child.namespace() {
            BPMN => !standard::is_only_kept(child),
            namespace => SILENT.contains(&namespace),
        };
        if !silent {
            lost.push((child.line(), written(child).to_owned()));
        }
    }
    for child in element.extensions() {
        match read_parts(element, child) {
            None if SILENT.contains(&child.namespace()) => {}
            None => lost.push((child.line(), written(child).to_owned())),
            Some(parts) => lost.extend(parts),
        }
    }
}

fn written(element: ElementView<'_>) -> &str {
    let name = element.raw().map_or("", |raw| raw.name.as_str());
    shown(name, element.namespace())
}

/// Without prefix where the namespace is well known.
fn shown<'a>(name: &'a str, namespace: &str) -> &'a str {
    let plain = namespace.is_empty() || namespace == BPMN || VENDORS.contains(&namespace);
    match name.rsplit_once(':') {
        Some((_, local)) if plain => local,
        _ => name,
    }
}

fn has_effect(element: ElementView<'_>, attribute: &RawAttribute) -> bool {
    let (kind, name, value) = (element.kind(), attribute.local(), attribute.value.trim());
    match attribute.namespace.as_str() {
        "" => standard::has_effect(kind, name, value),
        MS => own(kind, name),
        maker if VENDORS.contains(&maker) => vendor(element, name, value),
        other => SILENT.contains(&other) || NOTES.contains(&name),
    }
}

/// Attributes of this product.
fn own(kind: &str, name: &str) -> bool {
    match name {
        "role" | "unit" | "limit" | "papers" | "assignee" | "candidateUsers"
        | "candidateGroups" | "dueDate" => kind == "userTask",
        "self" => matches!(kind, "userTask" | "process"),
        "area" => matches!(kind, "intermediateThrowEvent" | "endEvent" | "startEvent"),
        "service" | "decision" | "resultVariable" => kind.ends_with("Task"),
        "version" => kind == "callActivity",
        // What these are called is a code, not words for people.
        "name_en" => !matches!(
            kind,
            "message"
                | "signal"
                | "error"
                | "escalation"
                | "dataObject"
                | "inputDataItem"
                | "outputDataItem"
                | "linkEventDefinition"
        ),
        // Words that the product's own processes carry for people and programs.
        _ => standard::OWN_WORDS.contains(&name),
    }
}

/// Attributes of the Java engines.
fn vendor(element: ElementView<'_>, name: &str, value: &str) -> bool {
    let serves = matches!(
        element.kind(),
        "serviceTask" | "sendTask" | "businessRuleTask" | "scriptTask"
    );
    match (element.kind(), name) {
        ("userTask", "assignee" | "candidateUsers" | "candidateGroups" | "dueDate")
        | ("startEvent", "initiator")
        | ("multiInstanceLoopCharacteristics", "collection" | "elementVariable")
        | ("callActivity", "inheritVariables")
        | ("terminateEventDefinition", "terminateAll" | "terminateMultiInstance") => true,
        // Only the newest version or a numbered one can be called.
        ("callActivity", "calledElementBinding") => matches!(value, "latest" | "version"),
        ("callActivity", "calledElementVersion") => true,
        ("callActivity", "calledElementType") => value == "key",
        // The check refuses code of other engines, so it is told already.
        (
            _,
            "expression" | "resultVariable" | "resultVariableName" | "decisionRef" | "class"
            | "delegateExpression" | "type" | "topic",
        ) => serves,
        // What is not wanted is not missed.
        (_, "async" | "asyncBefore" | "asyncAfter") => value == "false",
        _ => NOTES.contains(&name),
    }
}

/// Of an extension element that is read, what of it is not; `None` where all of it has no effect.
fn read_parts(parent: ElementView<'_>, child: ElementView<'_>) -> Option<Vec<(u32, String)>> {
    let namespace = child.namespace();
    let read: &[&str] = match (namespace, parent.kind(), child.kind()) {
        (MS, "startEvent" | "userTask" | "adHocSubProcess", "field") => &[
            "id", "name", "name_en", "type", "required", "options", "default", "max", "class",
        ],
        (ZEEBE, "userTask", "assignmentDefinition") => {
            &["assignee", "candidateUsers", "candidateGroups"]
        }
        (ZEEBE, "userTask", "taskSchedule") => &["dueDate"],
        (ZEEBE, "userTask", "userTask") => &[],
        (ZEEBE, "callActivity", "calledElement") => &["processId", "propagateAllParentVariables"],
        (ZEEBE, "businessRuleTask", "calledDecision") => &["decisionId", "resultVariable"],
        (ZEEBE, "scriptTask", "script") => &["expression", "resultVariable"],
        (ZEEBE, _, "taskDefinition") => &["type"],
        (ZEEBE, "multiInstanceLoopCharacteristics", "loopCharacteristics") => {
            if gathered(child).is_some() {
                &[
                    "inputCollection",
                    "inputElement",
                    "outputCollection",
                    "outputElement",
                ]
            } else {
                &["inputCollection", "inputElement"]
            }
        }
        (maker, kind, name) if VENDORS.contains(&maker) => vendor_parts(kind, name, child)?,
        _ => return None,
    };
    let raw = child.raw()?;
    let mut lost: Vec<(u32, String)> = raw
        .attributes
        .iter()
        .filter(|attribute| !read.contains(&attribute.local()))
        .filter(|attribute| attribute.local() != "id")
        .map(|attribute| {
            (
                child.line(),
                format!("{} {}", written(child), attribute.local()),
            )
        })
        .collect();
    if child.kind() == "formData" {
        lost.extend(child.children().flat_map(form_field));
    }
    Some(lost)
}

/// Extension elements of the Java engines that are read, with their attributes that are.
fn vendor_parts(
    parent: &str,
    name: &str,
    child: ElementView<'_>,
) -> Option<&'static [&'static str]> {
    Some(match (parent, name) {
        ("callActivity", "in") if child.plain("businessKey").is_none() => {
            &["source", "sourceExpression", "target", "variables"]
        }
        ("callActivity", "out") if child.plain("variables").is_none() => {
            &["source", "sourceExpression", "target"]
        }
        ("dataObject", "value") => &[],
        ("serviceTask" | "businessRuleTask" | "sendTask", "field") => {
            &["name", "stringValue", "expression"]
        }
        ("startEvent" | "userTask" | "adHocSubProcess", "formProperty") => &[
            "id", "name", "type", "required", "default", "variable", "writable", "class",
        ],
        ("startEvent" | "userTask" | "adHocSubProcess", "formData") => &[],
        _ => return None,
    })
}

/// A field of Camunda's forms: its other attributes, properties, and what it demands besides being there and its length.
fn form_field(field: ElementView<'_>) -> Vec<(u32, String)> {
    let mut lost = Vec::new();
    let attributes = field.raw().into_iter().flat_map(|raw| &raw.attributes);
    for attribute in attributes {
        let read = ["id", "label", "type", "defaultValue", "class"];
        if !read.contains(&attribute.local()) {
            lost.push((field.line(), format!("formField {}", attribute.local())));
        }
    }
    for child in field.children() {
        match child.kind() {
            "value" => {}
            "validation" => {
                let constraints = child.children().filter_map(|it| it.plain("name"));
                let others = constraints.filter(|it| !matches!(*it, "required" | "maxlength"));
                lost.extend(others.map(|name| (child.line(), format!("constraint {name}"))));
            }
            kind => lost.push((child.line(), kind.to_owned())),
        }
    }
    lost
}
