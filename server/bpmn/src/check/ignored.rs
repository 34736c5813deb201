//! What other engines' files say that has no counterpart here: kept in the file, without effect on how it runs.
//! An office that brings its models along reads this list before it deploys them.
//! Next: `parse::activity`, which reads the rest.

use crate::model::{Definition, ElementView, RawAttribute, VENDORS};

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

/// Attributes that are read, or that only tell a drawing tool something.
const READ: [&str; 24] = [
    "assignee",
    "candidateUsers",
    "candidateGroups",
    "dueDate",
    "formKey",
    "collection",
    "elementVariable",
    "inheritVariables",
    "expression",
    "resultVariable",
    "resultVariableName",
    "decisionRef",
    "terminateAll",
    "class",
    "delegateExpression",
    "type",
    "topic",
    "modelerTemplate",
    "modelerTemplateVersion",
    "executionPlatform",
    "executionPlatformVersion",
    "initiator",
    "calledElementBinding",
    "calledElementVersion",
];
/// Extension elements that are read.
const READ_ELEMENTS: [&str; 6] = ["in", "out", "value", "field", "formProperty", "formData"];

/// Everything of the Java engines' namespaces in a file that is not read, by line.
pub fn ignored(definition: &Definition) -> Vec<Ignored> {
    let mut found = Vec::new();
    for element in definition.tree().all() {
        attributes(element, &mut found);
        for child in element.extensions() {
            if VENDORS.contains(&child.namespace()) && !READ_ELEMENTS.contains(&child.kind()) {
                found.push(Ignored {
                    line: child.line(),
                    element: element.id().to_owned(),
                    name: child.kind().to_owned(),
                });
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

fn attributes(element: ElementView<'_>, found: &mut Vec<Ignored>) {
    let Some(raw) = element.raw() else { return };
    // Attributes of extension elements belong to those.
    if VENDORS.contains(&element.namespace()) {
        return;
    }
    let names = raw
        .attributes
        .iter()
        .filter(|attribute| VENDORS.contains(&attribute.namespace.as_str()))
        .filter(|attribute| !has_effect(attribute))
        .map(RawAttribute::local);
    found.extend(names.map(|name| Ignored {
        line: element.line(),
        element: element.id().to_owned(),
        name: name.to_owned(),
    }));
}

fn has_effect(attribute: &RawAttribute) -> bool {
    match (attribute.local(), attribute.value.as_str()) {
        // Only the newest version or a numbered one can be called.
        ("calledElementBinding", binding) => matches!(binding, "latest" | "version"),
        (name, _) => READ.contains(&name),
    }
}
