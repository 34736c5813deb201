//! Dispatch (派单): one lead unit, any number of assisting units, each with an assignment and a clock of its own.
//! The category is required here at the latest; the limit is told to the citizen (`domain.md` 3.2, row 6).
//! Not here: giving a slot to another unit (`recall`, `send_back`).

use shared::calendar::Added;
use shared::command::{CategoryCode, UnitCode};
use shared::fault::{Code, Fault};
use shared::ids::AssignmentId;
use shared::process::limit::Stage;
use shared::text::sms::Notice;
use shared::ticket::verbs::Dispatch;
use shared::ticket::{SlotRole, Verb};
use store::record::ClockKind;

use crate::fault::Failure;
use crate::host::Decide;
use crate::process::said::{self, Saying};
use crate::reference::Timed;
use crate::tickets::clocks;
use crate::tickets::grade;
use crate::tickets::ladder::red;
use crate::tickets::office;
use crate::tickets::opening::{self, NewAssignment};
use crate::tickets::own;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

/// Slot of the lead unit.
pub const LEAD_SLOT: &str = said::SLOT;

impl Decide for Dispatch {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let before = copy.case.ticket.urgency;
        complete_intake(self, copy)?;
        mark(self, copy)?;
        let mut slots = vec![LEAD_SLOT.to_owned()];
        let lead = open(self, copy, LEAD_SLOT, self.lead.as_str())?;
        for (index, unit) in self.assisting.iter().enumerate() {
            let slot = format!("assist-{}", index + 1);
            open(self, copy, &slot, unit.as_str())?;
            slots.push(slot);
        }
        let list = opening::slots(slots.iter().map(String::as_str), opening::From::Sign);
        copy.complete(Saying::Dispatch(list), None)?;
        let now = copy.now();
        let ticket = copy.ticket();
        ticket.lead_unit = Some(self.lead.to_string());
        ticket.first_dispatched_at.get_or_insert(now);
        let assisting: Vec<&str> = self.assisting.iter().map(UnitCode::as_str).collect();
        let told = Told::default()
            .note(self.advice.as_deref())
            .fact("lead", &self.lead)
            .fact("assisting", assisting.join(" "));
        let told = grade::told_change(told, (before, copy.case.ticket.urgency), self);
        copy.event(Verb::Dispatch, told.of(lead));
        red::alarm(copy, Some(before));
        let due = copy.assignment(lead)?.due_at;
        let unit = copy.scene.reference.unit(self.lead.as_str()).name;
        copy.notify(&Notice::Dispatched { unit: &unit, due });
        Ok(())
    }
}

/// Category and urgency; when one changes, the ticket's clock is computed again from the acceptance.
fn complete_intake(command: &Dispatch, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
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
        return Err(Fault::field("category", Code::InputCategory).into());
    }
    let before = copy.case.ticket.urgency;
    let urgency = command.urgency.unwrap_or(before);
    if urgency != before && command.urgency_reason.is_none() {
        return Err(Fault::field("urgency_reason", Code::InputRequired).into());
    }
    let ticket = copy.ticket();
    let changed = ticket.urgency != urgency || ticket.category.as_ref() != Some(&category);
    ticket.urgency = urgency;
    ticket.category = Some(category);
    ticket.source_words.remove("category");
    if changed {
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
    Ok(())
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
    let reference = copy.scene.reference;
    let given = office::tags(reference, &copy.case.ticket.region, &command.tags)?;
    let region = copy.case.ticket.region.clone();
    let asked = own::Asked {
        by_citizen: false,
        completely: false,
        without_person: true,
    };
    let category = copy.case.ticket.category.as_deref();
    let answers = own::read(reference, (&region, category), &command.own, asked)?;
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
    opening::assignment(
        copy,
        NewAssignment {
            slot,
            role,
            unit,
            field,
            advice,
            limit: None,
            return_count: 0,
            final_ruling: false,
            parent: None,
        },
    )
}
