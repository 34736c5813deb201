//! Transfer (转办) for good, delegate (委派) and get it back, claim (认领) what several may do, and put it back (放回).
//! Not here: signers who only give an opinion (`signers`).
//! A process owner may transfer any task, for instance one that waits for nobody.

use shared::approval::verbs::{CaseVerb as _, Claim, Delegate, Release, Transfer};
use shared::approval::{ApprovalVerb, IncidentKind, Part};
use shared::verb::Piece;
use store::record::Task;

use super::{given_to, task_of};
use crate::approvals::working_copy::{Halt, Told, WorkingCopy};
use crate::host::Decide;

impl Decide for Transfer {
    fn names(&self) -> Vec<String> {
        vec![self.user.as_str().to_owned()]
    }

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let task = task_of(copy, self.piece())?;
        let actor = copy.scene.actor;
        let person = given_to(copy, &task, &self.user, |user| task.assignee == Some(user))?;
        let from = task.assignee_name.clone().unwrap_or_default();
        copy.event(
            ApprovalVerb::Transfer,
            Told::at(&task.element, task.task_no)
                .note(self.note.as_deref())
                .fact("from", from)
                .fact("user", &person.name),
        );
        copy.involve_actor();
        copy.assign((task.task_no, task.part), person.user, &person.name);
        if let Some(task) = copy.find_mut(task.task_no, task.part) {
            task.asked_by = actor.user();
            task.asked_by_name = Some(actor.name.clone());
            task.note = self.note.clone().map(String::from);
        }
        let no = task.task_no;
        copy.settle_incidents(|incident| {
            incident.task_no == Some(no) && incident.kind == IncidentKind::Assignment
        });
        Ok(())
    }
}

impl Decide for Delegate {
    fn names(&self) -> Vec<String> {
        vec![self.user.as_str().to_owned()]
    }

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let task = task_of(copy, self.piece())?;
        let own = copy.scene.actor.user();
        let person = given_to(copy, &task, &self.user, |user| own == Some(user))?;
        take(copy, task.task_no);
        copy.event(
            ApprovalVerb::Delegate,
            Told::at(&task.element, task.task_no)
                .note(self.note.as_deref())
                .fact("user", &person.name),
        );
        let who = (person.user, person.name.as_str());
        let note = self.note.clone().map(String::from);
        copy.add_part(task.task_no, Part::Delegated, who, note);
        copy.settle_parts();
        Ok(())
    }
}

/// The actor becomes the holder of an unclaimed task.
fn take(copy: &mut WorkingCopy<'_>, task_no: i64) {
    let actor = copy.scene.actor;
    if let (Some(user), Some(task)) = (actor.user(), copy.find_mut(task_no, 0))
        && task.assignee.is_none()
    {
        task.assignee = Some(user);
        task.assignee_name = Some(actor.name.clone());
    }
    copy.involve_actor();
}

impl Decide for Claim {
    fn fits(copy: &WorkingCopy<'_>, piece: Option<Piece>) -> Result<(), Halt> {
        if task_of(copy, piece)?.assignee.is_some() {
            return Err(copy.not_now(ApprovalVerb::Claim));
        }
        Ok(())
    }

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let task = task_of(copy, self.piece())?;
        take(copy, task.task_no);
        let told = Told::at(&task.element, task.task_no);
        copy.event(ApprovalVerb::Claim, told);
        Ok(())
    }
}

/// Whether several people may do a task.
fn is_open_to_several(copy: &WorkingCopy<'_>, task: &Task) -> bool {
    task.role.is_some() || copy.case.hung.candidates.contains_key(&task.task_no)
}

impl Decide for Release {
    fn fits(copy: &WorkingCopy<'_>, piece: Option<Piece>) -> Result<(), Halt> {
        let task = task_of(copy, piece)?;
        if task.assignee.is_none() || !is_open_to_several(copy, &task) {
            return Err(copy.not_now(ApprovalVerb::Release));
        }
        Ok(())
    }

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let task = task_of(copy, self.piece())?;
        if let Some(task) = copy.find_mut(task.task_no, 0) {
            task.assignee = None;
            task.assignee_name = None;
        }
        let told = Told::at(&task.element, task.task_no);
        copy.event(ApprovalVerb::Release, told);
        Ok(())
    }
}
