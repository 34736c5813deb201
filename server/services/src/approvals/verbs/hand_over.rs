//! Transfer (转办) for good, delegate (委派) and get it back, claim (认领) what several may do, and put it back (放回).
//! Not here: signers who only give an opinion (`signers`).
//! A process owner may transfer any task, for instance one that waits for nobody.

use serde::Serialize;
use shared::approval::command::{Claim, Delegate, Transfer};
use shared::approval::view::ApprovalActed;
use shared::approval::{ApprovalVerb, Part, rules};
use shared::fault::{Fault, both};
use shared::ids::ApprovalId;
use store::record::ApprovalCase;

use super::{given_to, held_main, under_way};
use crate::approvals::draft::{Draft, Halt, Told};
use crate::approvals::perform::{Order, perform};
use crate::approvals::rights;
use crate::context::Ctx;

impl Order for Transfer {
    type On = ApprovalCase;

    fn verb(&self) -> ApprovalVerb {
        ApprovalVerb::Transfer
    }

    fn version(&self) -> Option<i32> {
        Some(self.version)
    }

    fn names(&self) -> Vec<String> {
        vec![self.user.clone()]
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        under_way(draft, self.verb())?;
        let task = draft
            .find(self.task, self.part)
            .cloned()
            .ok_or_else(Fault::missing)?;
        let actor = draft.scene.actor;
        if !rights::operates(actor, &draft.case) {
            if !rights::holds(actor, &draft.case, &task) {
                return Err(Fault::denied().into());
            }
            if !task.active {
                return Err(draft.not_now(self.verb()));
            }
        }
        let (person, note) = both(
            given_to(draft, &task, &self.user, |user| task.assignee == Some(user)),
            rules::optional("note", self.note.as_deref(), rules::WORDS),
        )?;
        let from = task.assignee_name.clone().unwrap_or_default();
        draft.event(
            self.verb(),
            Told::at(&task.element, task.task_no)
                .note(note.clone())
                .fact("from", from)
                .fact("user", &person.name),
        );
        draft.involve_actor();
        draft.assign((task.task_no, task.part), person.user, &person.name);
        if let Some(task) = draft.find_mut(task.task_no, task.part) {
            task.asked_by = actor.user;
            task.asked_by_name = Some(actor.name.clone());
            task.note = note;
        }
        let no = task.task_no;
        draft.settle_incidents(|incident| {
            incident.task_no == Some(no)
                && incident.kind == shared::approval::IncidentKind::Assignment
        });
        Ok(())
    }
}

impl Order for Delegate {
    type On = ApprovalCase;

    fn verb(&self) -> ApprovalVerb {
        ApprovalVerb::Delegate
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
        let own = draft.scene.actor.user;
        let (person, note) = both(
            given_to(draft, &task, &self.user, |user| own == Some(user)),
            rules::optional("note", self.note.as_deref(), rules::WORDS),
        )?;
        take(draft, task.task_no);
        draft.event(
            self.verb(),
            Told::at(&task.element, task.task_no)
                .note(note.clone())
                .fact("user", &person.name),
        );
        let who = (person.user, person.name.as_str());
        draft.add_part(task.task_no, Part::Delegated, who, note);
        draft.settle_parts();
        Ok(())
    }
}

/// The actor becomes the holder of an unclaimed task.
fn take(draft: &mut Draft<'_>, task_no: i64) {
    let actor = draft.scene.actor;
    if let (Some(user), Some(task)) = (actor.user, draft.find_mut(task_no, 0))
        && task.assignee.is_none()
    {
        task.assignee = Some(user);
        task.assignee_name = Some(actor.name.clone());
    }
    draft.involve_actor();
}

/// Claiming, as the runner sees it.
#[derive(Debug, Clone, Serialize)]
struct Claiming(Claim);
/// Putting back, as the runner sees it.
#[derive(Debug, Clone, Serialize)]
struct Releasing(Claim);

impl Order for Claiming {
    type On = ApprovalCase;

    fn verb(&self) -> ApprovalVerb {
        ApprovalVerb::Claim
    }

    fn version(&self) -> Option<i32> {
        Some(self.0.version)
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        under_way(draft, self.verb())?;
        let task = held_main(draft, self.verb(), self.0.task)?;
        if task.assignee.is_some() {
            return Err(draft.not_now(self.verb()));
        }
        take(draft, task.task_no);
        draft.event(self.verb(), Told::at(&task.element, task.task_no));
        Ok(())
    }
}

impl Order for Releasing {
    type On = ApprovalCase;

    fn verb(&self) -> ApprovalVerb {
        ApprovalVerb::Release
    }

    fn version(&self) -> Option<i32> {
        Some(self.0.version)
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        under_way(draft, self.verb())?;
        let task = held_main(draft, self.verb(), self.0.task)?;
        let several = task.role.is_some() || draft.case.hung.candidates.contains_key(&task.task_no);
        if task.assignee.is_none() || !several {
            return Err(draft.not_now(self.verb()));
        }
        if let Some(task) = draft.find_mut(task.task_no, 0) {
            task.assignee = None;
            task.assignee_name = None;
        }
        draft.event(self.verb(), Told::at(&task.element, task.task_no));
        Ok(())
    }
}

/// Hands a task over for good.
pub async fn transfer(
    ctx: &Ctx,
    id: ApprovalId,
    command: Transfer,
) -> Result<ApprovalActed, Fault> {
    perform(ctx, id, command).await
}

/// Has somebody handle a task and give it back.
pub async fn delegate(
    ctx: &Ctx,
    id: ApprovalId,
    command: Delegate,
) -> Result<ApprovalActed, Fault> {
    perform(ctx, id, command).await
}

/// Claims a task that several people may do.
pub async fn claim(ctx: &Ctx, id: ApprovalId, command: Claim) -> Result<ApprovalActed, Fault> {
    perform(ctx, id, Claiming(command)).await
}

/// Puts a claimed task back.
pub async fn release(ctx: &Ctx, id: ApprovalId, command: Claim) -> Result<ApprovalActed, Fault> {
    perform(ctx, id, Releasing(command)).await
}
