//! The tree of assignments: a part that a unit gave on hangs under the unit's own, and has no token in the process: its tasks stand in the same
//! tables, opened and closed here by the words of the same verbs, at the elements of the version on which the ticket runs
//! ([decision 15](../../../../docs/decisions/0015-the-tree-hangs-under-the-slot.md)).
//! Not here: the verbs (`verbs::parts`), the parts that a centre dispatches, which the process drives.

use anyhow::Context as _;
use bpmn::Definition;
use shared::access::Role;
use shared::ids::AssignmentId;
use shared::notice::NoticeKind;
use shared::organisation::Unit;
use shared::ticket::view::{GatheredView, Named, TreeView};
use shared::ticket::{AssignmentStatus, Verb};
use store::record::{Assignment, TicketCase};

use super::opening;
use super::working_copy::{Halt, WorkingCopy};
use crate::fault::Failure;
use crate::process::said::{self, Saying};
use crate::reference::Reference;

/// Nothing is looked for deeper than this.
const DEEPEST: i32 = 20;

/// Whether an assignment of the case was given on from another one.
pub(crate) fn is_below(case: &TicketCase, id: AssignmentId) -> bool {
    let mut parts = case.assignments.iter();
    parts.any(|part| part.id == id && part.parent_id.is_some())
}

/// The parts that were given on from an assignment, those that ended as well.
pub(crate) fn below(case: &TicketCase, id: AssignmentId) -> impl Iterator<Item = &Assignment> {
    let parts = case.assignments.iter();
    parts.filter(move |part| part.parent_id == Some(id))
}

/// Those of them on which units still work.
pub(crate) fn open_below(case: &TicketCase, id: AssignmentId) -> impl Iterator<Item = &Assignment> {
    below(case, id).filter(|part| part.status.is_open())
}

/// Those of them that were answered.
pub(crate) fn answered_below(
    case: &TicketCase,
    id: AssignmentId,
) -> impl Iterator<Item = &Assignment> {
    below(case, id).filter(|part| part.status == AssignmentStatus::Replied)
}

/// The level of an assignment; 1 for what a centre dispatched.
pub(crate) fn level(case: &TicketCase, assignment: &Assignment) -> i32 {
    let mut level = 1;
    let mut next = assignment.parent_id;
    while let Some(id) = next.filter(|_| level < DEEPEST) {
        level += 1;
        let mut parts = case.assignments.iter();
        next = parts
            .find(|part| part.id == id)
            .and_then(|part| part.parent_id);
    }
    level
}

/// Whether a unit has a part of the running cycle already.
pub(crate) fn has_part(case: &TicketCase, unit: &str) -> bool {
    let mut parts = case.assignments.iter();
    parts.any(|part| {
        part.unit == unit
            && part.cycle_no == case.ticket.cycle_no
            && !matches!(
                part.status,
                AssignmentStatus::Returned | AssignmentStatus::Recalled
            )
    })
}

/// The units to which an assignment can be given on: active ones below its own that have no part yet.
pub(crate) fn units_below<'r>(
    reference: &'r Reference,
    case: &TicketCase,
    assignment: &Assignment,
) -> Vec<&'r Unit> {
    let units = reference.units.values();
    let mut found: Vec<&Unit> = units
        .filter(|unit| unit.code != assignment.unit)
        .filter(|unit| unit.path.starts_with(&assignment.unit_path))
        .filter(|unit| opening::takes_assignments(unit) && !has_part(case, &unit.code))
        .collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Opens the first task of a part below.
pub(crate) fn begin(copy: &mut WorkingCopy<'_>, id: AssignmentId) -> Result<(), Failure> {
    open(copy, id, Verb::Sign)
}

/// Goes on with a part below whose answer came back.
pub(crate) fn go_on(copy: &mut WorkingCopy<'_>, id: AssignmentId) -> Result<(), Failure> {
    open(copy, id, said::ANSWERED)
}

/// What a verb says to a part below, in the place of the process: from signing to the reply, from there to the unit's own review, and up.
pub(crate) fn step(
    copy: &mut WorkingCopy<'_>,
    id: AssignmentId,
    said: &Saying,
) -> Result<(), Halt> {
    let verb = said.verb();
    if copy.task_for(verb, Some(id)).is_none() {
        return Err(copy.not_allowed(verb).into());
    }
    close(copy, id);
    match said.next_below() {
        Some(next) => open(copy, id, next)?,
        None => tell_above(copy, id)?,
    }
    Ok(())
}

/// Tells the unit above that something came up to it.
pub(crate) fn tell_above(copy: &mut WorkingCopy<'_>, id: AssignmentId) -> Result<(), Failure> {
    let Some(parent) = copy.assignment(id)?.parent_id else {
        return Ok(());
    };
    let unit = copy.assignment(parent)?.unit.clone();
    copy.tell_unit(
        NoticeKind::Below,
        &unit,
        &[Role::UnitLiaison, Role::Handler],
    );
    Ok(())
}

/// Ends a part below, with its tasks and with what was given on from it.
pub(crate) fn end(
    copy: &mut WorkingCopy<'_>,
    id: AssignmentId,
    status: AssignmentStatus,
) -> Result<(), Failure> {
    copy.end_assignment(id, |assignment| assignment.status = status)?;
    close(copy, id);
    Ok(())
}

/// Ends all that was given on from an assignment and is still open.
pub(crate) fn end_below(copy: &mut WorkingCopy<'_>, id: AssignmentId) -> Result<(), Failure> {
    let open: Vec<AssignmentId> = open_below(&copy.case, id).map(|part| part.id).collect();
    for part in open {
        end(copy, part, AssignmentStatus::Recalled)?;
    }
    Ok(())
}

/// How an assignment stands after something below it ended: the unit's own again, where nothing below is open or answered.
pub(crate) fn settle(copy: &mut WorkingCopy<'_>, id: AssignmentId) -> Result<(), Failure> {
    let has_parts = open_below(&copy.case, id).next().is_some()
        || answered_below(&copy.case, id).next().is_some();
    copy.change_assignment(id, |assignment| {
        if !has_parts && assignment.status == AssignmentStatus::SubAssigned {
            assignment.status = AssignmentStatus::Handling;
        }
    })
}

/// The place of an assignment in the tree, with what `may` says can be done with those below.
pub(crate) fn view(
    reference: &Reference,
    case: &TicketCase,
    assignment: &Assignment,
    may: &[Verb],
) -> TreeView {
    let id = assignment.id;
    let may = |verb: Verb| may.contains(&verb);
    let named = |parts: Vec<&Assignment>| -> Vec<Named> {
        let units = parts.into_iter();
        units.map(|part| reference.unit(&part.unit)).collect()
    };
    let given = if may(Verb::SubAssign) {
        units_below(reference, case, assignment)
    } else {
        Vec::new()
    };
    TreeView {
        parent: assignment.parent_id,
        level: level(case, assignment),
        below: given
            .into_iter()
            .map(|unit| Named {
                code: unit.code.clone(),
                name: unit.name.clone(),
            })
            .collect(),
        open: if may(Verb::TakeBack) || may(Verb::SetLimit) {
            named(open_below(case, id).collect())
        } else {
            Vec::new()
        },
        answered: if may(Verb::ReturnAnswer) {
            named(answered_below(case, id).collect())
        } else {
            Vec::new()
        },
        gathered: may(said::ANSWERED)
            .then(|| gathered(reference, case, id))
            .flatten(),
    }
}

/// What units below have answered, each under its name; nothing where none has.
fn gathered(reference: &Reference, case: &TicketCase, id: AssignmentId) -> Option<GatheredView> {
    let mut handling = Vec::new();
    let mut public = Vec::new();
    for part in answered_below(case, id) {
        let Some(reply) = &part.reply else { continue };
        let unit = reference.unit(&part.unit).name;
        handling.push(format!("【{unit}】{}", reply.handling));
        public.push(reply.public_reply.clone());
    }
    (!handling.is_empty()).then(|| GatheredView {
        handling: handling.join("\n"),
        public_reply: public.join("\n"),
    })
}

/// Opens the task at which a part below waits for a verb. It has no number of the engine: those begin at 1, these count down from -1.
fn open(copy: &mut WorkingCopy<'_>, id: AssignmentId, verb: Verb) -> Result<(), Failure> {
    let library = copy.scene.library;
    let element =
        waiting_for(&library.main, verb).with_context(|| format!("no task waits for {verb}"))?;
    let tasks = copy.case.hung.tasks.iter();
    let lowest = tasks.map(|task| task.task_no).min().unwrap_or(0).min(0);
    let holder = copy.assignment(id)?;
    let task = opening::task_at(copy, (lowest - 1, &element), Some(holder))?;
    copy.case.hung.tasks.push(task);
    Ok(())
}

fn close(copy: &mut WorkingCopy<'_>, id: AssignmentId) {
    let tasks = &mut copy.case.hung.tasks;
    tasks.retain(|task| task.assignment_id != Some(id));
}

/// The task of a definition that waits for a verb.
fn waiting_for(definition: &Definition, verb: Verb) -> Option<String> {
    let mut elements = definition.tree().all();
    let found = elements.find(|element| {
        let words = element.attr("verb").unwrap_or_default();
        element.kind() == "userTask" && words.split_whitespace().any(|word| word == verb.as_str())
    });
    found.map(|element| element.id().to_owned())
}
