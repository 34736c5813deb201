//! Add a signer (加签) before, after or beside a task, or one more to a step that several sign at once; remove one (减签).
//! Not here: what signers say (`decide`).
//! Who was added can be removed as long as nothing was said.

use bpmn::Value;
use shared::approval::verbs::{AddSigner, By, CaseVerb as _, RemoveSigner};
use shared::approval::{ApprovalVerb, Part, SignPlace};
use shared::fault::{Code, Fault};
use shared::verb::Piece;

use super::{given_to, task_of};
use crate::approvals::rights;
use crate::approvals::working_copy::{Halt, Told, WorkingCopy};
use crate::host::Decide;

impl Decide for AddSigner {
    fn names(&self) -> Vec<String> {
        vec![self.user.as_str().to_owned()]
    }

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let task = task_of(copy, self.piece())?;
        let signs = |user| {
            let mut tasks = copy.case.hung.tasks.iter();
            tasks.any(|t| t.task_no == task.task_no && t.assignee == Some(user))
        };
        let person = given_to(copy, &task, &self.user, signs)?;
        copy.event(
            ApprovalVerb::AddSigner,
            Told::at(&task.element, task.task_no)
                .note(self.note.as_deref())
                .fact("user", &person.name)
                .fact("place", self.place),
        );
        copy.involve_actor();
        if self.place == SignPlace::Beside && copy.is_turn(task.task_no) {
            // One more of those who sign this step at once, with a vote like theirs.
            return copy.add_turn(task.task_no, Value::Text(person.username));
        }
        let who = (person.user, person.name.as_str());
        let note = self.note.clone().map(String::from);
        copy.add_part(task.task_no, self.place.part(), who, note);
        copy.settle_parts();
        Ok(())
    }
}

impl Decide for RemoveSigner {
    /// Of those who sign a step at once, whoever filed the case or looks after processes says that one need not; a signer goes by the word
    /// of who asked for him, of who has the task, or of a process owner.
    fn fits(copy: &WorkingCopy<'_>, piece: Option<Piece>) -> Result<(), Halt> {
        let task = task_of(copy, piece)?;
        let by: &[By] = if task.kind == Part::Main {
            &[By::Initiator, By::Operator]
        } else {
            &[By::Asker, By::HolderOfTask, By::Operator]
        };
        if !by.iter().any(|by| rights::is(*by, copy, Some(&task))) {
            return Err(Fault::denied().into());
        }
        if task.kind != Part::Main {
            return Ok(());
        }
        if !copy.is_turn(task.task_no) {
            return Err(copy.not_now(ApprovalVerb::RemoveSigner));
        }
        let tasks = copy.case.hung.tasks.iter();
        let turns = tasks.filter(|other| other.part == 0 && other.element == task.element);
        if turns.count() == 1 {
            return Err(Fault::new(Code::ApprovalLastSigner).into());
        }
        Ok(())
    }

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let task = task_of(copy, self.piece())?;
        copy.event(
            ApprovalVerb::RemoveSigner,
            Told::at(&task.element, task.task_no)
                .note(self.note.as_deref())
                .fact("user", task.assignee_name.clone().unwrap_or_default()),
        );
        if task.part == 0 {
            return copy.remove_turn(task.task_no);
        }
        copy.remove_part(task.task_no, task.part);
        let decided = copy
            .find(task.task_no, 0)
            .and_then(|main| main.decision.clone());
        if let Some(decision) = decided.filter(|_| !copy.has_part(task.task_no, Part::After)) {
            // Nobody stands behind the decision any more: it holds.
            let decision: super::decide::Decision =
                serde_json::from_str(&decision).map_err(anyhow::Error::new)?;
            return copy.complete_task(task.task_no, decision.variables);
        }
        copy.settle_parts();
        Ok(())
    }
}
