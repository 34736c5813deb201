//! Withdraw (撤回) before a unit has answered, by the citizen or by the agent for a caller (`domain.md` 3.2, row 23).
//! Open assignments end as recalled; nothing is deleted.
//! Not here: the citizen's proof of ownership (`public`).

use shared::ids::AssignmentId;
use shared::text::sms::Notice;
use shared::ticket::verbs::Withdraw;
use shared::ticket::{AssignmentStatus, Verb};

use crate::cases::draft::{Draft, Halt, Told};
use crate::host::Decide;
use crate::process::said::Note;

/// Takes a ticket back: what both roads to it do.
pub(crate) fn take_back(draft: &mut Draft<'_>, reason: Option<&str>) -> Result<(), Halt> {
    draft.message(Note::Withdraw, None)?;
    let open: Vec<AssignmentId> = draft
        .case
        .assignments
        .iter()
        .filter(|a| a.status.is_open())
        .map(|a| a.id)
        .collect();
    for id in open {
        draft.end_assignment(id, |assignment| {
            assignment.status = AssignmentStatus::Recalled;
        })?;
    }
    draft.ticket().decline_proposed = false;
    draft.event(Verb::Withdraw, Told::default().note(reason));
    draft.notify(&Notice::Withdrawn);
    Ok(())
}

impl Decide for Withdraw {
    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        take_back(draft, self.reason.as_deref())
    }
}
