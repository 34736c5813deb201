//! Ask the initiator for a correction (补正) and hand it in. Everything is asked for at once, and the clocks stand meanwhile.
//! Source: 行政许可法 32, 45: one notice names everything; the time until then is not counted.
//! Not here: approving with papers still missing (`lacking`).

use shared::approval::verbs::{AskCorrection, CaseVerb as _, Correct};
use shared::approval::{ApprovalStatus, ApprovalVerb, Part};
use shared::fault::Fault;
use store::record::Task;

use super::decide::fields;
use super::task_of;
use crate::approvals::forms;
use crate::approvals::rights;
use crate::approvals::working_copy::{Halt, Told, WorkingCopy, variables};
use crate::host::Decide;

impl Decide for AskCorrection {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let task = task_of(copy, self.piece())?;
        copy.event(
            ApprovalVerb::AskCorrection,
            Told::at(&task.element, task.task_no).note(Some(&*self.missing)),
        );
        copy.involve_actor();
        ask(copy, &task, &self.missing);
        Ok(())
    }
}

/// The initiator is asked; nothing else waits for anybody until the answer.
pub(super) fn ask(copy: &mut WorkingCopy<'_>, task: &Task, missing: &str) {
    let approval = &copy.case.approval;
    let (user, name) = (approval.started_by, approval.started_by_name.clone());
    copy.pause();
    copy.case.approval.status = ApprovalStatus::Correcting;
    copy.case.approval.paused_for = Some(missing.to_owned());
    let asked = Some(missing.to_owned());
    let part = copy.add_part(task.task_no, Part::Correction, (user, &name), asked);
    if let Some(part) = copy.find_mut(task.task_no, part) {
        // The office's clock stands; the initiator has none.
        (part.due_at, part.warn_at) = (None, None);
    }
    copy.settle_parts();
}

impl Decide for Correct {
    fn names(&self) -> Vec<String> {
        forms::names(self.fields.all())
    }

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let task = asked(copy)
            .cloned()
            .ok_or_else(|| copy.not_now(ApprovalVerb::Correct))?;
        if !rights::holds(copy.scene.actor, &copy.case, &task) {
            return Err(Fault::denied().into());
        }
        if !self.fields.all().is_empty() {
            let start = start_element(copy).unwrap_or_default();
            let present = variables(&copy.case.approval.inside.variables)?;
            let vars = fields(copy, (&start, &present), self.fields.all())?;
            copy.set_vars(vars)?;
        }
        copy.event(
            ApprovalVerb::Correct,
            Told::at(&task.element, task.task_no).note(Some(&*self.note)),
        );
        copy.remove_part(task.task_no, task.part);
        copy.case.approval.status = ApprovalStatus::Running;
        copy.go_on();
        copy.settle_parts();
        Ok(())
    }
}

/// The piece that waits for the initiator.
pub(crate) fn asked<'d>(copy: &'d WorkingCopy<'_>) -> Option<&'d Task> {
    let mut tasks = copy.case.hung.tasks.iter();
    tasks.find(|task| task.kind == Part::Correction)
}

/// The plain start event of the case's process, whose form the initiator filled in.
pub(crate) fn start_element(copy: &WorkingCopy<'_>) -> Option<String> {
    crate::approvals::start::start_element(&copy.scene.library.main)
}
