//! Contact the citizen (联系诉求人): the try stands in the log; the first that reaches the citizen, or the third, ends the limit of the first contact
//! (`domain.md` 3.2, row 11). Clocks go by when it was entered.
//! Not here: by when it must be (`opening`), what the reply makes of the log (`reply`).

use shared::ticket::rules::length;
use shared::ticket::verbs::Contact;
use shared::ticket::{ContactWay, Verb};
use store::record::{self, ClockKind};

use crate::host::Decide;
use crate::tickets::flow;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

impl Decide for Contact {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        let tries = tried(copy, (self.way, self.reached), self.note.as_deref())?;
        let told = Told::default()
            .of(id)
            .note(self.note.as_deref())
            .fact("way", self.way)
            .fact("reached", self.reached)
            .fact("tries", tries);
        copy.event(Verb::Contact, told);
        Ok(())
    }
}

/// Puts a try into the log of the part, and ends the limit of the first contact where it does; how many tries there are.
pub(super) fn tried(
    copy: &mut WorkingCopy<'_>,
    (way, reached): (ContactWay, bool),
    note: Option<&str>,
) -> Result<usize, Halt> {
    let id = copy.aimed()?;
    let now = copy.now();
    let actor = copy.scene.actor;
    let contact = record::Contact {
        id: copy.new_id(),
        ticket_id: copy.id(),
        assignment_id: id,
        cycle_no: copy.case.ticket.cycle_no,
        at: now,
        done_at: copy.scene.done_at,
        by: actor.user(),
        by_name: actor.signature(),
        way,
        reached,
        note: note.map(str::to_owned),
    };
    copy.add_contact(contact);
    let tries = flow::contacts(&copy.case, id).count();
    let is_over = reached || tries >= usize::from(length::CONTACT_TRIES);
    let is_first = copy.assignment(id)?.contacted_at.is_none();
    copy.change_assignment(id, |assignment| {
        if is_over && is_first {
            assignment.contacted_at = Some(now);
        }
    })?;
    if is_over && is_first {
        copy.contact_clock(id, ClockKind::Contact)?;
    }
    Ok(tries)
}
