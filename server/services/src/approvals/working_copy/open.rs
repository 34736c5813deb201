//! What an opened task looks like: who it waits for, by when.
//! Our own attributes (`ms:role`, `ms:unit`, `ms:limit`) come first, then those of other engines: assignee, candidates, due date.
//! A task for which the definition names nobody waits as an incident, until the process owner gives it to somebody.

use bpmn::model::{NodeKind, TaskFacts};
use bpmn::{ConditionError, ElementView, Lookup as _, OpenTask, Phrase, Value, Vars};
use shared::access::Role;
use shared::approval::IncidentKind;
use shared::calendar::Due;
use shared::ids::UserId;
use shared::process::obstacle::Obstacle;
use store::record::{CaseKind, Task};

use super::{About, Wanted, WorkingCopy};
use crate::approvals::initiator::{SELF_ALLOWED, names_initiator};
use crate::host::number;
use crate::host::time::{Whose, task_due};

impl WorkingCopy<'_> {
    /// Puts an opened task onto somebody's list.
    pub(super) fn open_task(&mut self, open: &OpenTask) {
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
        let case = (self.case.approval.id.into(), CaseKind::Approval);
        let mut task = Task::fresh(case, task_no, &open.element, self.scene.now);
        task.barred = self.barred(element, facts);
        let mut obstacle = self.by_role(&mut task, (element, facts), &vars).err();
        let by_role = task.role.is_some();
        if let Some(due) = self.due(element, facts, &vars, &task) {
            task.due_at = Some(due.at);
            task.warn_at = Some(due.warn_at);
            task.provisional = due.provisional;
        }
        self.case.hung.tasks.push(task);
        let named = match names(facts, &vars) {
            Ok(wanted) => wanted,
            Err(error) => {
                obstacle = Some(error.into());
                None
            }
        };
        match named {
            Some(wanted) => self.want(Wanted { task_no, ..wanted }),
            None if !by_role => {
                let about = About::task(&open.element, task_no);
                let obstacle = obstacle.unwrap_or(Obstacle::NamesNobody);
                self.incident(IncidentKind::Assignment, &about, obstacle);
            }
            None => {}
        }
    }

    /// Who must not do the task: whoever filed the case, unless the definition lets him (`ms:self="allowed"` on the task or its process) or
    /// names the initiator for it.
    fn barred(
        &self,
        element: Option<ElementView<'_>>,
        facts: Option<&TaskFacts>,
    ) -> Option<UserId> {
        let library = self.scene.library;
        let own = element.and_then(|element| library.definition_of(element.id()));
        let own = own.unwrap_or(&library.main);
        let allowed = |of: Option<ElementView<'_>>| {
            of.and_then(|element| element.attr("self")) == Some(SELF_ALLOWED)
        };
        let named = facts
            .and_then(|facts| facts.assignee.as_deref())
            .is_some_and(|text| names_initiator(&library.main, text));
        let free = named || allowed(element) || allowed(own.element(own.process_id()));
        let approval = &self.case.approval;
        (approval.filed && !free).then_some(approval.started_by)
    }

    /// Role and unit by our own attributes, else by the candidate groups of other engines.
    ///
    /// # Errors
    /// Groups that cannot be computed, a unit that is not there. The task has no role then.
    fn by_role(
        &self,
        task: &mut Task,
        (element, facts): (Option<ElementView<'_>>, Option<&TaskFacts>),
        vars: &Vars,
    ) -> Result<(), Obstacle> {
        let mut groups = Vec::new();
        let mut computed = Ok(());
        for text in facts.map_or(&[][..], |facts| &facts.candidate_groups) {
            match said(text, vars) {
                Ok(words) => groups.extend(words),
                Err(error) => computed = Err(error.into()),
            }
        }
        let role = element
            .and_then(|element| element.attr("role"))
            .and_then(Role::parse)
            .or_else(|| groups.iter().find_map(|word| Role::parse(word)));
        if role.is_none() {
            return computed;
        }
        let units = &self.scene.reference.units;
        let named = element.and_then(|element| element.attr("unit"));
        let by_group = groups.iter().find(|word| units.contains_key(*word));
        let approval = &self.case.approval;
        match named.or(by_group.map(String::as_str)) {
            Some("initiator") => {
                task.unit = Some(approval.unit.clone());
                task.unit_path = Some(approval.unit_path.clone());
            }
            Some(code) => {
                // Without its unit the task would be everybody's in the area.
                let unit = units.get(code).ok_or_else(|| Obstacle::NoUnit {
                    unit: code.to_owned(),
                })?;
                task.unit = Some(unit.code.clone());
                task.unit_path = Some(unit.path.clone());
            }
            None => {}
        }
        task.role = role;
        task.region = Some(approval.region.clone());
        Ok(())
    }

    /// When the task is due; what cannot be computed is an incident, and the task has no deadline until its owner sets one.
    fn due(
        &mut self,
        element: Option<ElementView<'_>>,
        facts: Option<&TaskFacts>,
        vars: &Vars,
        task: &Task,
    ) -> Option<Due> {
        let text = element
            .and_then(|element| element.attr("limit"))
            .map(str::to_owned)
            .or_else(|| facts?.due.clone())?;
        let unit = task.unit.as_ref().unwrap_or(&self.case.approval.unit);
        let clock = self.scene.library.clock.of(Whose::Unit(unit.clone()));
        let computed = match said(&text, vars).map(|said| said.into_iter().next()) {
            Ok(None) => Ok(None),
            Ok(Some(text)) => task_due(&clock, &text, self.scene.now)
                .map(Some)
                .map_err(Obstacle::from),
            Err(error) => Err(error.into()),
        };
        match computed {
            Ok(due) => due,
            Err(obstacle) => {
                let about = About::task(&task.element, task.task_no);
                self.incident(IncidentKind::Timer, &about, obstacle);
                None
            }
        }
    }
}

/// People whom the definition names, by text or expression.
fn names(facts: Option<&TaskFacts>, vars: &Vars) -> Result<Option<Wanted>, ConditionError> {
    let Some(facts) = facts else { return Ok(None) };
    let named = |text: &String| -> Result<Vec<(String, bool)>, ConditionError> {
        let fixed = Phrase::read(text).is_ok_and(|phrase| phrase.is_plain());
        let names = said(text, vars)?;
        Ok(names.into_iter().map(|name| (name, fixed)).collect())
    };
    let wanted = |names, is_assignee| Wanted {
        task_no: 0,
        names,
        is_assignee,
    };
    if let Some(text) = &facts.assignee {
        let names = named(text)?;
        if !names.is_empty() {
            return Ok(Some(wanted(names, true)));
        }
    }
    let mut names = Vec::new();
    for text in &facts.candidate_users {
        names.extend(named(text)?);
    }
    Ok((!names.is_empty()).then(|| wanted(names, false)))
}

/// A text as it stands, or what its expressions say: one text or several.
///
/// # Errors
/// What cannot be computed.
fn said(text: &str, vars: &Vars) -> Result<Vec<String>, ConditionError> {
    let phrase = Phrase::read(text)?;
    if phrase.is_plain() {
        return Ok(one(text));
    }
    let value = phrase.value(vars)?;
    Ok(match value {
        Value::Text(text) => text.split(',').flat_map(one).collect(),
        Value::Int(number) => vec![number.to_string()],
        Value::List(items) => items
            .iter()
            .filter_map(Value::as_text)
            .flat_map(one)
            .collect(),
        _ => Vec::new(),
    })
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
        let all = |text: &str| said(text, &vars).expect("computed");
        assert_eq!(all(" kermit "), ["kermit"]);
        assert_eq!(all("${reviewer}"), ["nj.zjj.reviewer"]);
        assert_eq!(all("${several}"), ["a", "b"]);
        assert_eq!(all("x_${reviewer}"), ["x_nj.zjj.reviewer"]);
        assert_eq!(
            said("${missing}", &vars),
            Err(ConditionError::Missing {
                name: "missing".to_owned()
            })
        );
        assert!(said("${bean.call()}", &vars).is_err());
    }
}
