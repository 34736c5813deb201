//! Suspend (挂起) and resume (恢复) the whole case, and cancel it (撤销申请).
//! A hearing, a survey or an expert review stops the clocks (行政许可法 45); as much working time is left afterwards as before.
//! Not here: the pause itself (`draft::parts`).

use serde::Serialize;
use shared::approval::command::Reasoned;
use shared::approval::view::ApprovalActed;
use shared::approval::{ApprovalStatus, ApprovalVerb, Part, rules};
use shared::fault::Fault;
use shared::ids::ApprovalId;
use store::record::ApprovalCase;

use super::under_way;
use crate::approvals::draft::{Draft, Halt, Told, is_open};
use crate::approvals::perform::{Order, perform};
use crate::approvals::rights;
use crate::context::Ctx;

/// Suspending, as the runner sees it.
#[derive(Debug, Clone, Serialize)]
struct Suspending(Reasoned);
/// Resuming, as the runner sees it.
#[derive(Debug, Clone, Serialize)]
struct Resuming(Reasoned);
/// Cancelling, as the runner sees it.
#[derive(Debug, Clone, Serialize)]
struct Cancelling(Reasoned);

/// Whether the actor may stop the clocks: who holds a task, or the process owner.
pub(crate) fn may_pause(draft: &Draft<'_>) -> bool {
    rights::holds_any(draft.scene.actor, &draft.case) || rights::looks_after(draft.scene.actor)
}

impl Order for Suspending {
    type On = ApprovalCase;

    fn verb(&self) -> ApprovalVerb {
        ApprovalVerb::Suspend
    }

    fn version(&self) -> Option<i32> {
        Some(self.0.version)
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        if !may_pause(draft) {
            return Err(Fault::denied().into());
        }
        under_way(draft, self.verb())?;
        let reason = rules::required("reason", &self.0.reason, rules::WORDS)?;
        draft.event(self.verb(), Told::default().note(Some(reason.clone())));
        draft.involve_actor();
        draft.pause();
        draft.case.approval.status = ApprovalStatus::Suspended;
        draft.case.approval.paused_for = Some(reason);
        draft.settle_parts();
        Ok(())
    }
}

impl Order for Resuming {
    type On = ApprovalCase;

    fn verb(&self) -> ApprovalVerb {
        ApprovalVerb::Resume
    }

    fn version(&self) -> Option<i32> {
        Some(self.0.version)
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        if !may_pause(draft) {
            return Err(Fault::denied().into());
        }
        if draft.case.approval.status != ApprovalStatus::Suspended {
            return Err(draft.not_now(self.verb()));
        }
        let reason = rules::optional("reason", Some(&self.0.reason), rules::WORDS)?;
        draft.event(self.verb(), Told::default().note(reason));
        draft.case.approval.status = ApprovalStatus::Running;
        draft.go_on();
        draft.settle_parts();
        Ok(())
    }
}

impl Order for Cancelling {
    type On = ApprovalCase;

    fn verb(&self) -> ApprovalVerb {
        ApprovalVerb::Cancel
    }

    fn version(&self) -> Option<i32> {
        Some(self.0.version)
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        let actor = draft.scene.actor;
        if !rights::is_initiator(actor, &draft.case) && !rights::looks_after(actor) {
            return Err(Fault::denied().into());
        }
        if !is_open(draft.case.approval.status) {
            return Err(draft.not_now(self.verb()));
        }
        let reason = rules::required("reason", &self.0.reason, rules::WORDS)?;
        draft
            .case
            .hung
            .tasks
            .retain(|task| task.kind != Part::Correction);
        draft.event(self.verb(), Told::default().note(Some(reason)));
        draft.case.approval.status = ApprovalStatus::Cancelled;
        draft.close_case();
        Ok(())
    }
}

/// Suspends the case.
pub async fn suspend(ctx: &Ctx, id: ApprovalId, command: Reasoned) -> Result<ApprovalActed, Fault> {
    perform(ctx, id, Suspending(command)).await
}

/// Resumes it.
pub async fn resume(ctx: &Ctx, id: ApprovalId, command: Reasoned) -> Result<ApprovalActed, Fault> {
    perform(ctx, id, Resuming(command)).await
}

/// Cancels it.
pub async fn cancel(ctx: &Ctx, id: ApprovalId, command: Reasoned) -> Result<ApprovalActed, Fault> {
    perform(ctx, id, Cancelling(command)).await
}
