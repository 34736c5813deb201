//! Fields of forms that cannot be meant so: of no known type, without id, twice, a choice of nothing.
//! Only warnings: the case runs, but somebody is asked for less, or for something else, than the file's owner thinks.
//! Next: `form`.

use std::collections::BTreeSet;

use super::{Code, Fact, Findings};
use crate::form::{FieldKind, asked, has_form};
use crate::model::{Definition, Process};

pub(super) fn check(definition: &Definition, process: &Process, findings: &mut Findings) {
    for node in &process.nodes {
        let Some(element) = definition
            .element(&node.id)
            .filter(|element| has_form(*element))
        else {
            continue;
        };
        let mut seen = BTreeSet::new();
        for asked in asked(element) {
            let field = asked.field;
            let mut warn = |code: Code, facts: &[(Fact, String)]| {
                findings.warning(&node.id, asked.line, code, facts);
            };
            if field.id.is_empty() {
                warn(Code::FieldNoId, &[]);
                continue;
            }
            let id = (Fact::Field, field.id.clone());
            if let Some(word) = asked.unknown {
                warn(Code::FieldType, &[id.clone(), (Fact::Type, word)]);
            }
            if let Some(word) = asked.no_class {
                warn(Code::FieldClass, &[id.clone(), (Fact::Class, word)]);
            }
            if field.kind == FieldKind::Choice && field.options.is_empty() {
                warn(Code::FieldNoOptions, std::slice::from_ref(&id));
            }
            if !seen.insert(field.id) {
                warn(Code::FieldTwice, &[id]);
            }
        }
    }
}
