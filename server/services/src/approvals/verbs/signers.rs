//! Add a signer (加签) before, after or beside a task, or one more to a step that several sign at once; remove one (减签).
//! Not here: what signers say (`decide`).
//! Who was added can be removed as long as nothing was said.

use bpmn::Value;
use shared::approval::command::{AddSigner, RemoveSigner};
use shared::approval::view::ApprovalActed;
use shared::approval::{ApprovalVerb, Part, SignPlace, rules};
use shared::fault::{Fault, both};
use shared::ids::ApprovalId;
use store::record::ApprovalCase;

use super::{given_to, held_main, under_way};
use crate::approvals::draft::{Draft, Halt, Told};
use crate::approvals::perform::{Order, perform};
use crate::approvals::rights;
use crate::context::Ctx;

impl Order for AddSigner {
    type On = ApprovalCase;

    fn verb(&self) -> ApprovalVerb {
        ApprovalVerb::AddSigner
    }

    fn version(&self) -> Option<i32> {
        Some(self.version)
    }

    fn names(&self) -> Vec<String> {
        vec![self.user.clone()]
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        under_way(draft, self.verb())?;
        let task = held_main(draft, self.verb(), self.task)?;
        let signs = |user| {
            let tasks = &draft.case.hung.tasks;
            tasks
                .iter()
                .any(|t| t.task_no == task.task_no && t.assignee == Some(user))
        };
        let (person, note) = both(
            given_to(draft, &task, &self.user, signs),
            rules::optional("note", self.note.as_deref(), rules::WORDS),
        )?;
        draft.event(
            self.verb(),
            Told::at(&task.element, task.task_no)
                .note(note.clone())
                .fact("user", &person.name)
                .fact("place", self.place),
        );
        draft.involve_actor();
        if self.place == SignPlace::Beside && draft.is_turn(task.task_no) {
            // One more of those who sign this step at once, with a vote like theirs.
            return draft.add_turn(task.task_no, Value::Text(person.username));
        }
        let who = (person.user, person.name.as_str());
        draft.add_part(task.task_no, self.place.part(), who, note);
        draft.settle_parts();
        Ok(())
    }
}

impl Order for RemoveSigner {
    type On = ApprovalCase;

    fn verb(&self) -> ApprovalVerb {
        ApprovalVerb::RemoveSigner
    }

    fn version(&self) -> Option<i32> {
        Some(self.version)
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        under_way(draft, self.verb())?;
        let task = draft
            .find(self.task, self.part)
            .cloned()
            .ok_or_else(Fault::missing)?;
        let actor = draft.scene.actor;
        let may = if self.part == 0 {
            may_drop_turn(draft)
        } else {
            (task.asked_by.is_some() && task.asked_by == actor.user)
                || draft
                    .find(self.task, 0)
                    .is_some_and(|main| rights::holds(actor, &draft.case, main))
                || rights::operates(actor, &draft.case)
        };
        if !may {
            return Err(Fault::denied().into());
        }
        let removable = matches!(task.kind, Part::Before | Part::After | Part::Beside);
        if self.part != 0 && !removable {
            return Err(draft.not_now(self.verb()));
        }
        let note = rules::optional("note", self.note.as_deref(), rules::WORDS)?;
        draft.event(
            self.verb(),
            Told::at(&task.element, task.task_no)
                .note(note)
                .fact("user", task.assignee_name.clone().unwrap_or_default()),
        );
        if self.part == 0 {
            return draft.remove_turn(task.task_no);
        }
        draft.remove_part(task.task_no, task.part);
        let decided = draft
            .find(task.task_no, 0)
            .and_then(|main| main.decision.clone());
        if let Some(decision) = decided.filter(|_| !draft.has_part(task.task_no, Part::After)) {
            // Nobody stands behind the decision any more: it holds.
            let decision: super::decide::Decision =
                serde_json::from_str(&decision).map_err(anyhow::Error::new)?;
            return draft.complete_task(task.task_no, decision.variables);
        }
        draft.settle_parts();
        Ok(())
    }
}

/// Whether the actor may say that one of several need not sign: the initiator, or the process owner.
pub(crate) fn may_drop_turn(draft: &Draft<'_>) -> bool {
    let (actor, case) = (draft.scene.actor, &draft.case);
    rights::is_initiator(actor, case) || rights::operates(actor, case)
}

/// Adds a signer.
///
/// # Errors
/// `input.person` for an unknown or closed account; `input.taken` when the person signs already.
pub async fn add_signer(
    ctx: &Ctx,
    id: ApprovalId,
    command: AddSigner,
) -> Result<ApprovalActed, Fault> {
    perform(ctx, id, command).await
}

/// Removes a signer.
///
/// # Errors
/// `approval.signer.last` for the last of those who sign a step at once.
pub async fn remove_signer(
    ctx: &Ctx,
    id: ApprovalId,
    command: RemoveSigner,
) -> Result<ApprovalActed, Fault> {
    perform(ctx, id, command).await
}
