//! What was disputed about a ticket before: which of its send-backs are about the present matter, who may still dispute, and how the next one, or
//! the one that waits, is decided.
//! Not here: the rules (`shared::ticket::rules::dispute`), asking and deciding (`hang`).
//! Another category is a new matter; each part of a ticket (the lead's, an assisting unit's) has disputes of its own.

use shared::application::{ApplicationSort, DisputeStage};
use shared::fault::Code;
use shared::ticket::rules::dispute::{self, Earlier, Standing};
use store::record::{Application, Assignment, TicketCase};

use super::pending;

/// Send-backs of the present matter with the assignments that they were about, in the order in which they were asked for.
fn of_matter(case: &TicketCase) -> impl Iterator<Item = (&Application, &Assignment)> {
    let now = &case.ticket.category;
    let all = case.applications.iter().map(|it| &it.application);
    let same = all
        .filter(|it| it.sort == ApplicationSort::SendBack)
        // What the unit's own leader stopped was disputed with nobody.
        .filter(|it| it.supported != Some(false))
        // Those of before categories were kept with them are taken for the same.
        .filter(move |it| it.category.is_none() || it.category == *now);
    same.filter_map(move |it| {
        let mut parts = case.assignments.iter();
        let part = parts.find(|part| part.id == it.assignment_id)?;
        Some((it, part))
    })
}

fn earlier<'c>(application: &'c Application, part: &Assignment) -> Earlier<'c> {
    let unit = application.ruled_unit.as_deref();
    Earlier {
        unit: &application.unit,
        cycle: part.cycle_no,
        status: application.status,
        finally: unit.filter(|_| application.is_final),
    }
}

/// Whether the unit that has the assignment may send it back.
///
/// # Errors
/// Why it may not.
pub(crate) fn may_send_back(case: &TicketCase, assignment: &Assignment) -> Result<(), Code> {
    let all: Vec<Earlier<'_>> = of_matter(case)
        .map(|(application, part)| earlier(application, part))
        .collect();
    let mine = |part: &&Assignment| part.unit == assignment.unit;
    let answered = |part: &Assignment| part.reply.is_some() || part.replied_at.is_some();
    let standing = Standing {
        unit: &assignment.unit,
        cycle: assignment.cycle_no,
        is_final: assignment.final_ruling,
        has_answered: case.assignments.iter().filter(mine).any(answered),
    };
    if pending(case, assignment.id, ApplicationSort::SendBack).is_some() {
        return Err(if standing.is_final {
            Code::ReturnFinal
        } else {
            Code::ReturnPending
        });
    }
    dispute::may_send_back(&standing, &all)
}

/// How the next send-back of an assignment would be decided.
pub(crate) fn stage_of(case: &TicketCase, assignment: &Assignment) -> DisputeStage {
    let same = of_matter(case).filter(|(_, part)| part.slot == assignment.slot);
    dispute::stage(dispute::ruled(
        same.map(|(application, part)| earlier(application, part)),
    ))
}

/// How the send-back that waits is decided; none when none waits. One that was asked for before stages were kept is ruled on.
pub(crate) fn waiting_stage(case: &TicketCase, assignment: &Assignment) -> Option<DisputeStage> {
    let waits = pending(case, assignment.id, ApplicationSort::SendBack)?;
    Some(waits.stage.unwrap_or(DisputeStage::Ruling))
}
