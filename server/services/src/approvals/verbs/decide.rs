//! Approve and refuse (同意, 不同意): the task itself, or the part of it that somebody was asked for.
//! A signer before or beside gives an opinion; a delegate gives the task back; a signer behind can still refuse what the task approved.
//! Not here: sending back to an earlier step (`reject`).

use std::collections::BTreeMap;

use bpmn::{Value, Vars};
use serde::{Deserialize, Serialize};
use shared::approval::verbs::{CaseVerb as _, Decide};
use shared::approval::{ApprovalVerb, Part};
use shared::fault::{Code, Fault};
use store::record::Task;

use super::task_of;
use crate::approvals::forms;
use crate::approvals::working_copy::{Halt, Told, WorkingCopy};
use crate::host;

/// What the engine is told when the signers behind a task are through.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Decision {
    pub variables: Vars,
}

/// A decision with its words.
#[derive(Debug, Clone)]
pub(super) struct Given {
    pub approved: bool,
    pub opinion: Option<String>,
    pub fields: Vars,
}

impl host::Decide for Decide {
    fn names(&self) -> Vec<String> {
        forms::names(self.fields.all())
    }

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let task = task_of(copy, self.piece())?;
        let opinion = self.opinion.clone().map(String::from);
        if task.kind != Part::Main {
            return part(copy, self.does(), &task, self.approved, opinion);
        }
        let present = copy.visible(task.task_no);
        let fields = fields(copy, (&task.element, &present), self.fields.all())?;
        let given = Given {
            approved: self.approved,
            opinion,
            fields,
        };
        main(copy, self.does(), &task, given)
    }
}

/// The variables of a task's form; what is masked on the page and not typed anew stays as it is.
pub(crate) fn fields(
    copy: &WorkingCopy<'_>,
    (element, present): (&str, &Vars),
    typed: &BTreeMap<String, String>,
) -> Result<Vars, Fault> {
    let form = forms::Form {
        people: copy.scene.people,
        present,
    };
    copy.scene.library.definition_of(element).map_or_else(
        || Ok(Vars::new()),
        |definition| forms::read(definition, element, typed, form),
    )
}

/// Decides the task itself; signers behind it come first.
pub(super) fn main(
    copy: &mut WorkingCopy<'_>,
    verb: ApprovalVerb,
    task: &Task,
    given: Given,
) -> Result<(), Halt> {
    if copy.has_part(task.task_no, Part::Beside) {
        return Err(Fault::new(Code::ApprovalSigners).into());
    }
    if given.approved && wants_papers(copy, &task.element) {
        let missing = copy
            .case
            .papers
            .iter()
            .filter(|paper| paper.supplied_at.is_none())
            .count();
        if missing > 0 {
            return Err(Fault::new(Code::ApprovalPapers)
                .fact("missing", missing)
                .into());
        }
    }
    copy.event(
        verb,
        Told::at(&task.element, task.task_no).note(given.opinion.clone()),
    );
    copy.involve_actor();
    let mut variables = given.fields;
    variables.insert("approved".to_owned(), Value::Bool(given.approved));
    variables.insert(
        "opinion".to_owned(),
        given.opinion.map_or(Value::Null, Value::Text),
    );
    variables.insert(
        "decided_by".to_owned(),
        Value::Text(copy.scene.actor.username.clone()),
    );
    if given.approved && copy.has_part(task.task_no, Part::After) {
        let decision =
            serde_json::to_string(&Decision { variables }).map_err(anyhow::Error::new)?;
        if let Some(task) = copy.find_mut(task.task_no, 0) {
            task.decision = Some(decision);
        }
        copy.settle_parts();
        return Ok(());
    }
    copy.complete_task(task.task_no, variables)
}

/// `ms:papers="complete"`: this step is approved only when no paper is missing any more.
fn wants_papers(copy: &WorkingCopy<'_>, element: &str) -> bool {
    copy.scene
        .library
        .definition_of(element)
        .and_then(|definition| definition.element(element))
        .and_then(|element| element.attr("papers"))
        == Some("complete")
}

/// What a signer or a delegate says.
fn part(
    copy: &mut WorkingCopy<'_>,
    verb: ApprovalVerb,
    task: &Task,
    approved: bool,
    opinion: Option<String>,
) -> Result<(), Halt> {
    copy.event(
        verb,
        Told::at(&task.element, task.task_no)
            .note(opinion.clone())
            .fact("part", task.kind),
    );
    copy.involve_actor();
    copy.remove_part(task.task_no, task.part);
    if task.kind == Part::After {
        return behind(copy, task.task_no, approved, opinion);
    }
    if task.kind == Part::Delegated
        && let Some(main) = copy.find_mut(task.task_no, 0)
    {
        main.note = opinion;
    }
    copy.settle_parts();
    Ok(())
}

/// Signers behind a task: all must agree; the first who does not decides.
fn behind(
    copy: &mut WorkingCopy<'_>,
    task_no: i64,
    approved: bool,
    opinion: Option<String>,
) -> Result<(), Halt> {
    if approved && copy.has_part(task_no, Part::After) {
        return Ok(());
    }
    let kept = copy
        .find(task_no, 0)
        .and_then(|main| main.decision.clone())
        .ok_or_else(|| anyhow::anyhow!("a task without its decision"))?;
    let Decision { mut variables } = serde_json::from_str(&kept).map_err(anyhow::Error::new)?;
    if !approved {
        variables.insert("approved".to_owned(), Value::Bool(false));
        variables.insert(
            "opinion".to_owned(),
            opinion.map_or(Value::Null, Value::Text),
        );
    }
    copy.complete_task(task_no, variables)
}
