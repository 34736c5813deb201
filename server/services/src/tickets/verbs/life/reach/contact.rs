//! Contact the citizen (联系诉求人): the try stands in the log; the first that reaches the citizen, or the third, ends the limit of the first contact
//! (`domain.md` 3.2, row 11). Clocks go by when it was entered.
//! Not here: by when it must be (`opening`), what the reply makes of the log (`reply`).

use shared::ids::FileId;
use shared::place::{Latitude, Longitude};
use shared::ticket::rules::length;
use shared::ticket::verbs::Contact;
use shared::ticket::{ContactWay, Verb};
use store::record::{self, ClockKind};

use crate::host::Decide;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};
use crate::tickets::{evidence, flow};

/// Where a try was, and the files that prove it.
#[derive(Debug, Default)]
pub(super) struct Proof {
    lon: Option<f64>,
    lat: Option<f64>,
    files: Vec<String>,
}

impl Decide for Contact {
    fn files(&self) -> Vec<FileId> {
        self.files.clone()
    }

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        let proof = Proof {
            lon: self.lon.map(Longitude::get),
            lat: self.lat.map(Latitude::get),
            files: evidence::named(copy, &self.files)?,
        };
        let count = proof.files.len();
        let try_of = (self.way, self.reached, proof);
        let tries = tried(copy, try_of, self.note.as_deref())?;
        let told = Told::default()
            .of(id)
            .note(self.note.as_deref())
            .fact("way", self.way)
            .fact("reached", self.reached)
            .fact("tries", tries);
        let told = if count > 0 {
            told.fact("proofs", count)
        } else {
            told
        };
        copy.event(Verb::Contact, told);
        Ok(())
    }
}

/// Puts a try into the log of the part, and ends the limit of the first contact where it does; how many tries there are.
pub(super) fn tried(
    copy: &mut WorkingCopy<'_>,
    (way, reached, proof): (ContactWay, bool, Proof),
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
        lon: proof.lon,
        lat: proof.lat,
        files: proof.files,
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
