//! Ask the initiator for a correction (补正) and hand it in. Everything is asked for at once, and the clocks stand meanwhile.
//! Source: 行政许可法 32, 45: one notice names everything; the time until then is not counted.
//! Not here: approving with papers still missing (`lacking`).

use shared::approval::verbs::{AskCorrection, CaseVerb as _, Correct};
use shared::approval::{ApprovalStatus, ApprovalVerb, Part};
use shared::fault::Fault;
use store::record::Task;

use super::decide::fields;
use super::task_of;
use crate::approvals::draft::{Draft, Halt, Told, variables};
use crate::approvals::forms;
use crate::approvals::rights;
use crate::host::Decide;

impl Decide for AskCorrection {
    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        let task = task_of(draft, self.piece())?;
        draft.event(
            ApprovalVerb::AskCorrection,
            Told::at(&task.element, task.task_no).note(Some(&*self.missing)),
        );
        draft.involve_actor();
        ask(draft, &task, &self.missing);
        Ok(())
    }
}

/// The initiator is asked; nothing else waits for anybody until the answer.
pub(super) fn ask(draft: &mut Draft<'_>, task: &Task, missing: &str) {
    let approval = &draft.case.approval;
    let (user, name) = (approval.started_by, approval.started_by_name.clone());
    draft.pause();
    draft.case.approval.status = ApprovalStatus::Correcting;
    draft.case.approval.paused_for = Some(missing.to_owned());
    let asked = Some(missing.to_owned());
    let part = draft.add_part(task.task_no, Part::Correction, (user, &name), asked);
    if let Some(part) = draft.find_mut(task.task_no, part) {
        // The office's clock stands; the initiator has none.
        (part.due_at, part.warn_at) = (None, None);
    }
    draft.settle_parts();
}

impl Decide for Correct {
    fn names(&self) -> Vec<String> {
        forms::names(self.fields.all())
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        let task = asked(draft)
            .cloned()
            .ok_or_else(|| draft.not_now(ApprovalVerb::Correct))?;
        if !rights::holds(draft.scene.actor, &draft.case, &task) {
            return Err(Fault::denied().into());
        }
        if !self.fields.all().is_empty() {
            let start = start_element(draft).unwrap_or_default();
            let present = variables(&draft.case.approval.inside.variables)?;
            let vars = fields(draft, (&start, &present), self.fields.all())?;
            draft.set_vars(vars)?;
        }
        draft.event(
            ApprovalVerb::Correct,
            Told::at(&task.element, task.task_no).note(Some(&*self.note)),
        );
        draft.remove_part(task.task_no, task.part);
        draft.case.approval.status = ApprovalStatus::Running;
        draft.go_on();
        draft.settle_parts();
        Ok(())
    }
}

/// The piece that waits for the initiator.
pub(crate) fn asked<'d>(draft: &'d Draft<'_>) -> Option<&'d Task> {
    let mut tasks = draft.case.hung.tasks.iter();
    tasks.find(|task| task.kind == Part::Correction)
}

/// The plain start event of the case's process, whose form the initiator filled in.
pub(crate) fn start_element(draft: &Draft<'_>) -> Option<String> {
    crate::approvals::start::start_element(&draft.scene.library.main)
}
