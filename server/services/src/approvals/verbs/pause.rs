//! Suspend (挂起) and resume (恢复) the whole case, and cancel it (撤销申请).
//! A hearing, a survey or an expert review stops the clocks (行政许可法 45); as much working time is left afterwards as before.
//! Not here: the pause itself (`working_copy::parts`).

use shared::approval::verbs::{Cancel, Resume, Suspend};
use shared::approval::{ApprovalStatus, ApprovalVerb, Part};

use crate::approvals::working_copy::{Halt, Told, WorkingCopy};
use crate::host::Decide;

impl Decide for Suspend {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let told = Told::default().note(Some(&*self.reason));
        copy.event(ApprovalVerb::Suspend, told);
        copy.involve_actor();
        copy.pause();
        copy.case.approval.status = ApprovalStatus::Suspended;
        copy.case.approval.paused_for = Some(self.reason.to_string());
        copy.settle_parts();
        Ok(())
    }
}

impl Decide for Resume {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let told = Told::default().note(self.reason.as_deref());
        copy.event(ApprovalVerb::Resume, told);
        copy.case.approval.status = ApprovalStatus::Running;
        copy.go_on();
        copy.settle_parts();
        Ok(())
    }
}

impl Decide for Cancel {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let hung = &mut copy.case.hung;
        hung.tasks.retain(|task| task.kind != Part::Correction);
        let told = Told::default().note(Some(&*self.reason));
        copy.event(ApprovalVerb::Cancel, told);
        copy.case.approval.status = ApprovalStatus::Cancelled;
        copy.close_case();
        Ok(())
    }
}
