//! What an opened task looks like: who it waits for, by when.
//! Our own attributes (`ms:role`, `ms:unit`, `ms:limit`) come first, then those of other engines: assignee, candidates, due date.
//! A task for which the definition names nobody waits as an incident, until the process owner gives it to somebody.

use bpmn::model::{NodeKind, TaskFacts};
use bpmn::{Condition, ElementView, Lookup as _, OpenTask, OpenTaskKind, Value, Vars};
use shared::access::Role;
use shared::approval::{IncidentKind, Part};
use shared::calendar::Due;
use store::record::ApprovalTask;

use super::run::number;
use super::{About, Draft, Wanted};
use crate::approvals::time::task_due;

impl Draft<'_> {
    /// Puts an opened task onto somebody's list. Receive tasks wait for a message and stand on nobody's.
    pub(super) fn open_task(&mut self, open: &OpenTask) {
        if open.kind == OpenTaskKind::Receive {
            return;
        }
        let task_no = number(open.id);
        let library = self.scene.library;
        let element = library
            .definition_of(&open.element)
            .and_then(|definition| definition.element(&open.element));
        let facts = library
            .lookup
            .process(&open.process)
            .and_then(|process| process.node(&open.element))
            .and_then(|node| match &node.kind {
                NodeKind::Task(facts) => Some(facts),
                _ => None,
            });
        let vars = self
            .instance()
            .map(|instance| instance.visible(open.id))
            .unwrap_or_default();
        let mut task = ApprovalTask {
            approval_id: self.case.approval.id,
            task_no,
            part: 0,
            kind: Part::Main,
            element: open.element.clone(),
            active: true,
            assignee: None,
            assignee_name: None,
            role: None,
            unit: None,
            unit_path: None,
            region: None,
            asked_by: None,
            asked_by_name: None,
            note: None,
            decision: None,
            opened_at: self.scene.now,
            due_at: None,
            warn_at: None,
            provisional: false,
        };
        self.by_role(&mut task, element, facts);
        let by_role = task.role.is_some();
        if let Some(due) = self.due(element, facts, &vars, &task) {
            task.due_at = Some(due.at);
            task.warn_at = Some(due.warn_at);
            task.provisional = due.provisional;
        }
        self.case.tasks.push(task);
        let names = self.names(facts, &vars);
        match names {
            Some(wanted) => self.wanted.push(Wanted { task_no, ..wanted }),
            None if !by_role => {
                let about = About {
                    element: &open.element,
                    task_no: Some(task_no),
                    timer_no: None,
                };
                self.incident(
                    IncidentKind::Assignment,
                    &about,
                    "the definition names nobody for this task".to_owned(),
                );
            }
            None => {}
        }
    }

    /// Role and unit by our own attributes, else by the candidate groups of other engines.
    fn by_role(
        &self,
        task: &mut ApprovalTask,
        element: Option<ElementView<'_>>,
        facts: Option<&TaskFacts>,
    ) {
        let groups = facts.map(|facts| facts.candidate_groups.as_slice());
        let words = |groups: &[String]| -> Vec<String> {
            groups
                .iter()
                .flat_map(|text| text.split(','))
                .map(|word| word.trim().to_owned())
                .collect()
        };
        let groups = words(groups.unwrap_or_default());
        task.role = element
            .and_then(|element| element.attr("role"))
            .and_then(Role::parse)
            .or_else(|| groups.iter().find_map(|word| Role::parse(word)));
        if task.role.is_none() {
            return;
        }
        let named = element.and_then(|element| element.attr("unit"));
        let by_group = groups
            .iter()
            .find(|word| self.scene.reference.units.contains_key(*word));
        let approval = &self.case.approval;
        task.region = Some(approval.region.clone());
        match named.or(by_group.map(String::as_str)) {
            Some("initiator") => {
                task.unit = Some(approval.unit.clone());
                task.unit_path = Some(approval.unit_path.clone());
            }
            Some(code) => {
                if let Some(unit) = self.scene.reference.units.get(code) {
                    task.unit = Some(unit.code.clone());
                    task.unit_path = Some(unit.path.clone());
                }
            }
            None => {}
        }
    }

    /// People whom the definition names, by text or expression.
    fn names(&self, facts: Option<&TaskFacts>, vars: &Vars) -> Option<Wanted> {
        let facts = facts?;
        if let Some(text) = &facts.assignee {
            let names = said(text, vars);
            if !names.is_empty() {
                return Some(Wanted {
                    task_no: 0,
                    names,
                    is_assignee: true,
                });
            }
        }
        let names: Vec<String> = facts
            .candidate_users
            .iter()
            .flat_map(|text| said(text, vars))
            .collect();
        (!names.is_empty()).then_some(Wanted {
            task_no: 0,
            names,
            is_assignee: false,
        })
    }

    fn due(
        &mut self,
        element: Option<ElementView<'_>>,
        facts: Option<&TaskFacts>,
        vars: &Vars,
        task: &ApprovalTask,
    ) -> Option<Due> {
        let text = element
            .and_then(|element| element.attr("limit"))
            .map(str::to_owned)
            .or_else(|| facts?.due.clone())?;
        let text = said(&text, vars).into_iter().next()?;
        match task_due(&self.scene.library.clock, &text, self.scene.now) {
            Ok(due) => Some(due),
            Err(words) => {
                let about = About {
                    element: &task.element,
                    task_no: Some(task.task_no),
                    timer_no: None,
                };
                self.incident(IncidentKind::Timer, &about, words);
                None
            }
        }
    }
}

/// A text as it stands, or what its expression says: one text or several. What cannot be computed says nothing.
fn said(text: &str, vars: &Vars) -> Vec<String> {
    let value = match Condition::embedded(text) {
        None => return one(text),
        Some(Ok(condition)) => condition.value(vars).unwrap_or_default(),
        Some(Err(_)) => return Vec::new(),
    };
    match value {
        Value::Text(text) => text.split(',').flat_map(one).collect(),
        Value::Int(number) => vec![number.to_string()],
        Value::List(items) => items
            .iter()
            .filter_map(Value::as_text)
            .flat_map(one)
            .collect(),
        _ => Vec::new(),
    }
}

fn one(text: &str) -> Vec<String> {
    let text = text.trim();
    if text.is_empty() {
        Vec::new()
    } else {
        vec![text.to_owned()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_says_itself_and_an_expression_its_value() {
        let vars: Vars = [
            ("reviewer".to_owned(), Value::from("nj.zjj.reviewer")),
            (
                "several".to_owned(),
                Value::List(vec![Value::from("a"), Value::from(" b ")]),
            ),
        ]
        .into();
        assert_eq!(said(" kermit ", &vars), ["kermit"]);
        assert_eq!(said("${reviewer}", &vars), ["nj.zjj.reviewer"]);
        assert_eq!(said("${several}", &vars), ["a", "b"]);
        assert!(said("${missing}", &vars).is_empty());
        assert!(said("${bean.call()}", &vars).is_empty());
    }
}
