//! Erase the people in an approval that is over, at their word (删除个人信息).
//! Not here: what goes (`approvals::erase`), which the clock takes out as well.

use shared::approval::ApprovalVerb;
use shared::approval::verbs::EraseApplicant;
use shared::verb::Piece;

use crate::approvals::erase;
use crate::approvals::working_copy::{Halt, Told, WorkingCopy};
use crate::host::Decide;

impl Decide for EraseApplicant {
    fn fits(copy: &WorkingCopy<'_>, _piece: Option<Piece>) -> Result<(), Halt> {
        if copy.case.approval.erased_at.is_some() {
            return Err(copy.not_now(ApprovalVerb::EraseApplicant));
        }
        Ok(())
    }

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        Ok(erase::people(
            copy,
            Told::default().note(Some(&*self.reason)),
        )?)
    }
}
