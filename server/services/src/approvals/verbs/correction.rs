//! Ask the initiator for a correction (补正) and hand it in. Everything is asked for at once, and the clocks stand meanwhile.
//! Source: 行政许可法 32, 45: one notice names everything; the time until then is not counted.
//! Not here: approving with papers still missing (`lacking`).

use shared::approval::command::{AskCorrection, Correct};
use shared::approval::view::ApprovalActed;
use shared::approval::{ApprovalStatus, ApprovalVerb, Part, rules};
use shared::fault::{Fault, both};
use shared::ids::ApprovalId;
use store::record::{ApprovalCase, Task};

use super::decide::fields;
use super::{held, held_main, under_way};
use crate::approvals::draft::{Draft, Halt, Told, variables};
use crate::approvals::forms;
use crate::approvals::perform::{Order, perform};
use crate::context::Ctx;

impl Order for AskCorrection {
    type On = ApprovalCase;

    fn verb(&self) -> ApprovalVerb {
        ApprovalVerb::AskCorrection
    }

    fn version(&self) -> Option<i32> {
        Some(self.version)
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        under_way(draft, self.verb())?;
        let task = held_main(draft, self.verb(), self.task)?;
        let missing = rules::required("missing", &self.missing, rules::WORDS)?;
        draft.event(
            self.verb(),
            Told::at(&task.element, task.task_no).note(Some(missing.clone())),
        );
        draft.involve_actor();
        ask(draft, &task, missing);
        Ok(())
    }
}

/// The initiator is asked; nothing else waits for anybody until the answer.
pub(super) fn ask(draft: &mut Draft<'_>, task: &Task, missing: String) {
    let approval = &draft.case.approval;
    let (user, name) = (approval.started_by, approval.started_by_name.clone());
    draft.pause();
    draft.case.approval.status = ApprovalStatus::Correcting;
    draft.case.approval.paused_for = Some(missing.clone());
    let part = draft.add_part(task.task_no, Part::Correction, (user, &name), Some(missing));
    if let Some(part) = draft.find_mut(task.task_no, part) {
        // The office's clock stands; the initiator has none.
        (part.due_at, part.warn_at) = (None, None);
    }
    draft.settle_parts();
}

impl Order for Correct {
    type On = ApprovalCase;

    fn verb(&self) -> ApprovalVerb {
        ApprovalVerb::Correct
    }

    fn version(&self) -> Option<i32> {
        Some(self.version)
    }

    fn names(&self) -> Vec<String> {
        forms::names(&self.fields)
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        if draft.case.approval.status != ApprovalStatus::Correcting {
            return Err(draft.not_now(self.verb()));
        }
        let (task_no, part) = draft
            .case
            .hung
            .tasks
            .iter()
            .find(|task| task.kind == Part::Correction)
            .map(|task| (task.task_no, task.part))
            .ok_or_else(|| draft.not_now(self.verb()))?;
        let task = held(draft, self.verb(), task_no, part)?;
        let start = start_element(draft).unwrap_or_default();
        let present = variables(&draft.case.approval.inside.variables)?;
        let changed = || fields(draft, (&start, &present), &self.fields).map(Some);
        let (note, vars) = both(
            rules::required("note", &self.note, rules::WORDS),
            if self.fields.is_empty() {
                Ok(None)
            } else {
                changed()
            },
        )?;
        if let Some(vars) = vars {
            draft.set_vars(vars)?;
        }
        draft.event(
            self.verb(),
            Told::at(&task.element, task_no).note(Some(note)),
        );
        draft.remove_part(task_no, part);
        draft.case.approval.status = ApprovalStatus::Running;
        draft.go_on();
        draft.settle_parts();
        Ok(())
    }
}

/// The plain start event of the case's process, whose form the initiator filled in.
pub(crate) fn start_element(draft: &Draft<'_>) -> Option<String> {
    crate::approvals::start::start_element(&draft.scene.library.main)
}

/// Asks for a correction.
pub async fn ask_correction(
    ctx: &Ctx,
    id: ApprovalId,
    command: AskCorrection,
) -> Result<ApprovalActed, Fault> {
    perform(ctx, id, command).await
}

/// Hands the correction in.
pub async fn correct(ctx: &Ctx, id: ApprovalId, command: Correct) -> Result<ApprovalActed, Fault> {
    perform(ctx, id, command).await
}
