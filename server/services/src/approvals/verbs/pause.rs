//! Suspend (挂起) and resume (恢复) the whole case, and cancel it (撤销申请).
//! A hearing, a survey or an expert review stops the clocks (行政许可法 45); as much working time is left afterwards as before.
//! Not here: the pause itself (`draft::parts`).

use shared::approval::verbs::{Cancel, Resume, Suspend};
use shared::approval::{ApprovalStatus, ApprovalVerb, Part};

use crate::approvals::draft::{Draft, Halt, Told};
use crate::host::Decide;

impl Decide for Suspend {
    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        let told = Told::default().note(Some(&*self.reason));
        draft.event(ApprovalVerb::Suspend, told);
        draft.involve_actor();
        draft.pause();
        draft.case.approval.status = ApprovalStatus::Suspended;
        draft.case.approval.paused_for = Some(self.reason.to_string());
        draft.settle_parts();
        Ok(())
    }
}

impl Decide for Resume {
    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        let told = Told::default().note(self.reason.as_deref());
        draft.event(ApprovalVerb::Resume, told);
        draft.case.approval.status = ApprovalStatus::Running;
        draft.go_on();
        draft.settle_parts();
        Ok(())
    }
}

impl Decide for Cancel {
    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        let hung = &mut draft.case.hung;
        hung.tasks.retain(|task| task.kind != Part::Correction);
        let told = Told::default().note(Some(&*self.reason));
        draft.event(ApprovalVerb::Cancel, told);
        draft.case.approval.status = ApprovalStatus::Cancelled;
        draft.close_case();
        Ok(())
    }
}
