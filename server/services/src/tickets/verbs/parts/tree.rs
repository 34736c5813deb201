//! Sub-assign (下派), take back, set a limit, return an answer, hand up: each changes the parts below one assignment (`domain.md` 3.2, row 10).
//! The units below work on theirs with the verbs of every part; what they answer is gathered by the unit above.
//! Not here: the tasks of parts below (`tickets::tree`), whether it fits (`flow`).

use shared::access::Role;
use shared::command::UnitCode;
use shared::fault::{Code, Fault};
use shared::ids::AssignmentId;
use shared::notice::NoticeKind;
use shared::process::limit::Limit;
use shared::ticket::verbs::{HandUp, ReturnAnswer, SetLimit, SubAssign, TakeBack};
use shared::ticket::{AssignmentStatus, SlotRole, Verb};
use store::record::{Assignment, ClockKind};

use crate::host::Decide;
use crate::tickets::opening::{self, NewAssignment};
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};
use crate::tickets::{assisting, clocks, tree};

impl Decide for SubAssign {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        let own = copy.assignment(id)?.clone();
        let mut names = Vec::new();
        for unit in &self.below {
            names.push(give(self, copy, &own, unit)?);
        }
        copy.change_assignment(id, |assignment| {
            assignment.status = AssignmentStatus::SubAssigned;
        })?;
        let told = Told::default()
            .of(id)
            .note(self.advice.as_deref())
            .fact("below_units", names.join("、"));
        copy.event(Verb::SubAssign, told);
        Ok(())
    }
}

/// Opens the part of a unit below; the unit's name.
fn give(
    command: &SubAssign,
    copy: &mut WorkingCopy<'_>,
    own: &Assignment,
    unit: &UnitCode,
) -> Result<String, Halt> {
    let reference = copy.scene.reference;
    let found = tree::units_below(reference, &copy.case, own);
    if !found.iter().any(|it| it.code == unit.as_str()) {
        return Err(Fault::field("below", Code::InputUnit).into());
    }
    let before = tree::below(&copy.case, own.id).count();
    let slot = format!("{}/{}", own.slot, before + 1);
    let id = opening::assignment(
        copy,
        NewAssignment {
            slot: &slot,
            // One unit leads, and that is the one to which the centre gave it.
            role: SlotRole::Assist,
            unit: unit.as_str(),
            field: "below",
            advice: command.advice.as_deref().map(str::to_owned),
            limit: Some(Limit {
                value: command.part_limit.get(),
                unit: command.part_limit_unit,
            }),
            return_count: 0,
            final_ruling: false,
            parent: Some(own.id),
        },
    )?;
    ends_before(copy, id, own)?;
    tree::begin(copy, id)?;
    Ok(reference.unit(unit.as_str()).name)
}

/// The limit of a part below ends before that of the unit that gives it on; of one that was asked to assist, a working day before.
fn ends_before(copy: &WorkingCopy<'_>, id: AssignmentId, own: &Assignment) -> Result<(), Halt> {
    let due = copy.assignment(id)?.due_at;
    let is_late = own
        .due_at
        .is_some_and(|own| due.is_none_or(|due| due >= own));
    if is_late {
        return Err(Fault::field("part_limit", Code::BelowLimit).into());
    }
    let part = copy.assignment(id)?;
    let calendar = copy.scene.reference.hours.of_unit(&part.unit);
    if !assisting::is_in_time(calendar, (part, own)) {
        return Err(Fault::field("part_limit", Code::AssistLimit).into());
    }
    Ok(())
}

/// The part of a unit below that stands so.
fn part_of(
    copy: &WorkingCopy<'_>,
    unit: &UnitCode,
    fits: impl Fn(&Assignment) -> bool,
) -> Result<Assignment, Halt> {
    let id = copy.aimed()?;
    let mut parts = tree::below(&copy.case, id);
    let found = parts.find(|part| part.unit == unit.as_str() && fits(part));
    let found = found.cloned();
    found.ok_or_else(|| Fault::field("below", Code::BelowUnit).into())
}

/// What the history says of a unit below.
fn told(copy: &WorkingCopy<'_>, part: &Assignment, reason: &str) -> Told {
    let name = copy.scene.reference.unit(&part.unit).name;
    Told::default()
        .of(part.id)
        .note(Some(reason))
        .fact("below_units", name)
}

impl Decide for TakeBack {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let part = part_of(copy, &self.below, |part| part.status.is_open())?;
        let own = copy.aimed()?;
        tree::end(copy, part.id, AssignmentStatus::Recalled)?;
        tree::settle(copy, own)?;
        let told = told(copy, &part, &self.reason);
        copy.event(Verb::TakeBack, told);
        Ok(())
    }
}

impl Decide for SetLimit {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let part = part_of(copy, &self.below, |part| part.status.is_open())?;
        let own = copy.assignment(copy.aimed()?)?.clone();
        let limit = Limit {
            value: self.part_limit.get(),
            unit: self.part_limit_unit,
        };
        clocks::set_limit(copy, part.id, limit)?;
        ends_before(copy, part.id, &own)?;
        let set = copy.assignment(part.id)?.clone();
        let deeper: Vec<AssignmentId> = tree::open_below(&copy.case, part.id)
            .map(|deeper| deeper.id)
            .collect();
        for id in deeper {
            ends_before(copy, id, &set)?;
        }
        let now = copy.now();
        if set.due_at.is_some_and(|due| due <= now) {
            return Err(Fault::field("part_limit", Code::AskLate).into());
        }
        copy.assignment_clock(part.id, ClockKind::Recompute)?;
        // Whoever looks at the own part has to look again.
        copy.change_assignment(own.id, |_| ())?;
        let told = told(copy, &part, &self.reason);
        copy.event(Verb::SetLimit, told);
        Ok(())
    }
}

impl Decide for ReturnAnswer {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let is_answered = |part: &Assignment| part.status == AssignmentStatus::Replied;
        let part = part_of(copy, &self.below, is_answered)?;
        copy.resume_assignment(part.id, |assignment| {
            assignment.status = AssignmentStatus::Handling;
            assignment.reply_passed = false;
            assignment.replied_at = None;
        })?;
        tree::go_on(copy, part.id)?;
        let own = copy.aimed()?;
        copy.change_assignment(own, |assignment| {
            assignment.status = AssignmentStatus::SubAssigned;
        })?;
        copy.tell_unit(
            NoticeKind::Returned,
            &part.unit,
            &[Role::UnitLiaison, Role::Handler],
        );
        let told = told(copy, &part, &self.reason);
        copy.event(Verb::ReturnAnswer, told);
        Ok(())
    }
}

impl Decide for HandUp {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        let parent = copy.assignment(id)?.parent_id;
        let parent = parent.ok_or_else(|| copy.not_allowed(Verb::HandUp))?;
        tree::end(copy, id, AssignmentStatus::Returned)?;
        tree::settle(copy, parent)?;
        tree::tell_above(copy, id)?;
        let told = Told::default().of(id).note(Some(&*self.explanation));
        copy.event(Verb::HandUp, told);
        Ok(())
    }
}
