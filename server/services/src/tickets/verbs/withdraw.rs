//! Withdraw (撤回) before a unit has answered, by the citizen or by the agent for a caller (`domain.md` 3.2, row 23).
//! Open assignments end as recalled; nothing is deleted.
//! Not here: the citizen's proof of ownership (`public`).

use shared::ids::AssignmentId;
use shared::text::sms::Notice;
use shared::ticket::verbs::Withdraw;
use shared::ticket::{AssignmentStatus, Verb};

use crate::host::Decide;
use crate::process::said::Note;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

/// Ends the process and every open assignment: nothing is left to do.
pub(crate) fn end_all(copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
    copy.message(Note::Withdraw, None)?;
    let open: Vec<AssignmentId> = copy
        .case
        .assignments
        .iter()
        .filter(|a| a.status.is_open())
        .map(|a| a.id)
        .collect();
    for id in open {
        // What was given on ended with the part from which it was.
        if !copy.assignment(id)?.status.is_open() {
            continue;
        }
        copy.end_assignment(id, |assignment| {
            assignment.status = AssignmentStatus::Recalled;
        })?;
    }
    copy.ticket().decline_proposed = false;
    Ok(())
}

/// Takes a ticket back: what both roads to it do.
pub(crate) fn take_back(copy: &mut WorkingCopy<'_>, reason: Option<&str>) -> Result<(), Halt> {
    end_all(copy)?;
    copy.event(Verb::Withdraw, Told::default().note(reason));
    copy.notify(&Notice::Withdrawn);
    Ok(())
}

impl Decide for Withdraw {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        take_back(copy, self.reason.as_deref())
    }
}
