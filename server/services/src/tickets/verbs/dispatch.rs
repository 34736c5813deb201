//! Dispatch (派单): one lead unit, any number of assisting units, each with an assignment and a clock of its own.
//! The category is required here at the latest; the limit is told to the citizen (`domain.md` 3.2, row 6).
//! What the office wants reviewed is only proposed (`life::dispatch_review`). Not here: giving a slot to another unit (`recall`, `send_back`).

use shared::calendar::Added;
use shared::command::{CategoryCode, UnitCode};
use shared::fault::{Code, Fault};
use shared::ids::AssignmentId;
use shared::process::limit::Stage;
use shared::text::sms::Notice;
use shared::ticket::verbs::Dispatch;
use shared::ticket::{SlotRole, Urgency, Verb};
use store::record::ClockKind;

use crate::fault::Failure;
use crate::host::Decide;
use crate::process::said::{self, Saying};
use crate::reference::Timed;
use crate::tickets::assisting;
use crate::tickets::clocks;
use crate::tickets::grade;
use crate::tickets::ladder::red;
use crate::tickets::office;
use crate::tickets::opening::{self, NewAssignment};
use crate::tickets::own;
use crate::tickets::verbs::life::dispatch_review;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};
use crate::views::sight::hush::came_back;

/// Slot of the lead unit.
pub const LEAD_SLOT: &str = said::SLOT;

impl Decide for Dispatch {
    const LOOKS_AT_DUTIES: bool = true;

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let (category, urgency) = intake(self, copy)?;
        let causes = dispatch_review::causes(self, copy, &category);
        if causes.is_empty() {
            return carry_out(self, copy, Told::default());
        }
        // A review never keeps an emergency waiting.
        if urgency == Urgency::Critical {
            let told = Told::default().fact("review_skipped", dispatch_review::words(&causes));
            return carry_out(self, copy, told);
        }
        marks(self, copy, Some(&category))?;
        let assisting = self.assisting.iter().map(|unit| (unit, "assisting"));
        for (unit, field) in std::iter::once((&self.lead, "lead")).chain(assisting) {
            opening::handling_unit(copy.scene, &copy.case.ticket, (unit.as_str(), field))?;
        }
        // The lead's own deadline is known when it is dispatched; the ticket's is near it.
        if let Some(day) = self.assist_due {
            let ticket = &copy.case.ticket;
            let calendar = copy.scene.reference.hours.of_place(&ticket.region);
            assisting::given(calendar, (copy.now(), ticket.due_at), day)?;
        }
        dispatch_review::propose(self, copy, causes)
    }
}

/// Dispatches, with what else the history says of it.
pub(super) fn carry_out(
    command: &Dispatch,
    copy: &mut WorkingCopy<'_>,
    told: Told,
) -> Result<(), Halt> {
    let before = copy.case.ticket.urgency;
    complete_intake(command, copy)?;
    mark(command, copy)?;
    let mut slots = vec![LEAD_SLOT.to_owned()];
    let lead = open(command, copy, LEAD_SLOT, command.lead.as_str())?;
    for (index, unit) in command.assisting.iter().enumerate() {
        let slot = format!("assist-{}", index + 1);
        open(command, copy, &slot, unit.as_str())?;
        slots.push(slot);
    }
    let list = opening::slots(slots.iter().map(String::as_str), opening::From::Sign);
    copy.complete(Saying::Dispatch(list), None)?;
    let now = copy.now();
    let ticket = copy.ticket();
    ticket.lead_unit = Some(command.lead.to_string());
    ticket.first_dispatched_at.get_or_insert(now);
    let assisting: Vec<&str> = command.assisting.iter().map(UnitCode::as_str).collect();
    let told = told
        .note(command.advice.as_deref())
        .fact("lead", &command.lead)
        .fact("assisting", assisting.join(" "));
    let told = grade::told_change(told, (before, copy.case.ticket.urgency), command);
    copy.event(Verb::Dispatch, told.of(lead));
    red::alarm(copy, Some(before));
    let due = copy.assignment(lead)?.due_at;
    let unit = copy.scene.reference.unit(command.lead.as_str()).name;
    copy.notify(&Notice::Dispatched { unit: &unit, due });
    Ok(())
}

/// The category and the urgency that the ticket is to have.
fn intake(command: &Dispatch, copy: &WorkingCopy<'_>) -> Result<(String, Urgency), Fault> {
    let lists = &copy.scene.reference.lists;
    let region = &copy.case.ticket.region;
    let said = command.category.as_ref().map(CategoryCode::as_str);
    let category = said
        .map(|code| {
            let called = lists.category_called(region, code);
            called.unwrap_or_else(|| code.to_owned())
        })
        .or_else(|| copy.case.ticket.category.clone());
    let category = category.ok_or_else(|| Fault::field("category", Code::CategoryRequired))?;
    if !copy.scene.reference.is_leaf_category(&category) {
        return Err(Fault::field("category", Code::InputCategory));
    }
    let before = copy.case.ticket.urgency;
    let urgency = command.urgency.unwrap_or(before);
    if urgency != before && command.urgency_reason.is_none() {
        return Err(Fault::field("urgency_reason", Code::InputRequired));
    }
    Ok((category, urgency))
}

/// Category and urgency; when one changes, the ticket's clock is computed again from the acceptance.
fn complete_intake(command: &Dispatch, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
    let (category, urgency) = intake(command, copy)?;
    let ticket = copy.ticket();
    let changed = ticket.urgency != urgency || ticket.category.as_ref() != Some(&category);
    ticket.urgency = urgency;
    ticket.category = Some(category);
    ticket.source_words.remove("category");
    if changed {
        reckon(copy);
    }
    Ok(())
}

/// Counts the ticket's own clock again from the acceptance, as kind, category, urgency and place are now.
pub(super) fn reckon(copy: &mut WorkingCopy<'_>) {
    let timed = opening::deadline(
        copy.scene.reference,
        &copy.case.ticket,
        Stage::Ticket,
        copy.case.ticket.accepted_at,
    );
    // The time for which it was merged into another one, or suspended, does not count under the new limit either.
    let timed = timed.map(|timed| without_pauses(copy, timed));
    if timed.map(|timed| timed.due.at) != copy.case.ticket.due_at {
        opening::time_ticket(copy, timed, ClockKind::Recompute);
    }
}

/// A limit with the time that the ticket's clock stood still.
fn without_pauses(copy: &WorkingCopy<'_>, timed: Timed) -> Timed {
    let ticket = &copy.case.ticket;
    let added = clocks::added_to_ticket(ticket);
    if added == Added::default() {
        return timed;
    }
    let calendar = copy.scene.reference.hours.of_place(&ticket.region);
    Timed {
        due: calendar.due_with(ticket.accepted_at, timed.limit, added),
        ..timed
    }
}

/// The office's tags: those given come to those that it has, or take their place; and answers to its own fields.
fn mark(command: &Dispatch, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
    let category = copy.case.ticket.category.clone();
    let (given, answers) = marks(command, copy, category.as_deref())?;
    let ticket = copy.ticket();
    own::take(ticket, answers);
    if command.retag.0 {
        ticket.tags = given;
    } else {
        ticket.tags.extend(given);
        ticket.tags.sort();
        ticket.tags.dedup();
    }
    Ok(())
}

/// The tags that are given, and the answers to the own fields of a category.
fn marks(
    command: &Dispatch,
    copy: &WorkingCopy<'_>,
    category: Option<&str>,
) -> Result<(Vec<String>, own::Answers), Fault> {
    let reference = copy.scene.reference;
    let region = &copy.case.ticket.region;
    let given = office::tags(reference, region, &command.tags)?;
    let asked = own::Asked {
        by_citizen: false,
        completely: false,
        without_person: true,
    };
    let mut answers = own::read(reference, (region, category), &command.own, asked)?;
    // The form began with answers whose numbers were hidden.
    for (code, answer) in &mut answers.plain {
        let known = copy.case.ticket.own.get(code).map(String::as_str);
        *answer = came_back(&format!("own.{code}"), known, answer)?;
    }
    Ok((given, answers))
}

/// The assignment of a slot; its advice is the dispatch's.
fn open(
    command: &Dispatch,
    copy: &mut WorkingCopy<'_>,
    slot: &str,
    unit: &str,
) -> Result<AssignmentId, Failure> {
    let (role, field) = if slot == LEAD_SLOT {
        (SlotRole::Lead, "lead")
    } else {
        (SlotRole::Assist, "assisting")
    };
    let advice = command.advice.as_deref().map(str::to_owned);
    let limit = match command.assist_due.filter(|_| role == SlotRole::Assist) {
        Some(day) => {
            let lead = copy.holder(LEAD_SLOT).and_then(|lead| lead.due_at);
            let calendar = copy.scene.reference.hours.of_unit(unit);
            Some(assisting::given(calendar, (copy.now(), lead), day)?)
        }
        None => None,
    };
    opening::assignment(
        copy,
        NewAssignment {
            slot,
            role,
            unit,
            field,
            advice,
            limit,
            return_count: 0,
            final_ruling: false,
            parent: None,
        },
    )
}
