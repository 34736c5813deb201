//! Recycle (放入回收站) and restore (恢复): a ticket that is none ends without a word to anybody outside, and can come back for some days.
//! What was open begins at the gate again, as after a split; what was over has its state again.
//! Not here: that what lies in the bin is in no list and no figure (`store::tickets::filter`, `cells`).

use shared::fault::{Code, Fault};
use shared::ticket::verbs::{Recycle, Restore};
use shared::ticket::{TicketState, Verb};

use crate::host::Decide;
use crate::tickets::together;
use crate::tickets::verbs::withdraw::end_all;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

impl Decide for Recycle {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        if copy.case.ticket.state.is_open() {
            end_all(copy)?;
        }
        copy.ticket().state = TicketState::Recycled;
        let told = Told::default()
            .note(Some(&*self.reason))
            .fact("bin", self.bin);
        copy.event(Verb::Recycle, told);
        Ok(())
    }
}

impl Decide for Restore {
    const LOOKS_BACK: bool = true;

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let mut lines = copy.history.iter().rev();
        let line = lines.find(|line| line.verb == Verb::Recycle);
        let binned = line.and_then(|line| Some((line.at, line.from_state?)));
        // What an import took back comes with another import.
        let (since, state) = binned.ok_or_else(|| copy.not_allowed(Verb::Restore))?;
        let days = copy.scene.reference.restore_days;
        let passed = (copy.now().date() - since.date()).num_days();
        if passed > i64::from(days) {
            return Err(Fault::new(Code::RestoreLate).fact("days", days).into());
        }
        if state.is_open() {
            let ticket = copy.ticket();
            (ticket.replied_at, ticket.reviewed_at) = (None, None);
            together::begin_again(copy, since)?;
        } else {
            copy.ticket().state = state;
        }
        let told = Told::default().note(Some(&*self.reason));
        copy.event(Verb::Restore, told);
        Ok(())
    }
}
