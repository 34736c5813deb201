//! Dispatch (派单): one lead unit, any number of assisting units, each with an assignment and a clock of its own.
//! The category is required here at the latest; the limit is told to the citizen (`domain.md` 3.2, row 6).
//! Not here: giving a slot to another unit (`recall`, `send_back`).

use shared::command::{CategoryCode, UnitCode};
use shared::fault::{Code, Fault};
use shared::ids::AssignmentId;
use shared::process::limit::Stage;
use shared::text::sms::Notice;
use shared::ticket::verbs::Dispatch;
use shared::ticket::{SlotRole, Verb};
use store::record::ClockKind;

use crate::cases::draft::{Draft, Halt, Told};
use crate::cases::opening::{self, NewAssignment};
use crate::fault::Failure;
use crate::host::Decide;
use crate::process::said::{self, Saying};

/// Slot of the lead unit.
pub const LEAD_SLOT: &str = said::SLOT;

impl Decide for Dispatch {
    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        complete_intake(self, draft)?;
        let mut slots = vec![LEAD_SLOT.to_owned()];
        let lead = open(self, draft, LEAD_SLOT, self.lead.as_str())?;
        for (index, unit) in self.assisting.iter().enumerate() {
            let slot = format!("assist-{}", index + 1);
            open(self, draft, &slot, unit.as_str())?;
            slots.push(slot);
        }
        let list = opening::slots(slots.iter().map(String::as_str), opening::From::Sign);
        draft.complete(Saying::Dispatch(list), None)?;
        let now = draft.now();
        let ticket = draft.ticket();
        ticket.lead_unit = Some(self.lead.to_string());
        ticket.first_dispatched_at.get_or_insert(now);
        let assisting: Vec<&str> = self.assisting.iter().map(UnitCode::as_str).collect();
        let told = Told::default()
            .note(self.advice.as_deref())
            .fact("lead", &self.lead)
            .fact("assisting", assisting.join(" "));
        draft.event(Verb::Dispatch, told.of(lead));
        let due = draft.assignment(lead)?.due_at;
        let unit = draft.scene.reference.unit(self.lead.as_str()).name;
        draft.notify(&Notice::Dispatched { unit: &unit, due });
        Ok(())
    }
}

/// Category and urgency; when one changes, the ticket's clock is computed again from the acceptance.
fn complete_intake(command: &Dispatch, draft: &mut Draft<'_>) -> Result<(), Halt> {
    let category = command
        .category
        .as_ref()
        .map(CategoryCode::to_string)
        .or_else(|| draft.case.ticket.category.clone());
    let category = category.ok_or_else(|| Fault::field("category", Code::CategoryRequired))?;
    if !draft.scene.reference.is_leaf_category(&category) {
        return Err(Fault::field("category", Code::InputCategory).into());
    }
    let urgency = command.urgency.unwrap_or(draft.case.ticket.urgency);
    let ticket = draft.ticket();
    let changed = ticket.urgency != urgency || ticket.category.as_ref() != Some(&category);
    ticket.urgency = urgency;
    ticket.category = Some(category);
    ticket.source_words.remove("category");
    if changed {
        let timed = opening::deadline(
            draft.scene.reference,
            &draft.case.ticket,
            Stage::Ticket,
            draft.case.ticket.accepted_at,
        );
        if timed.map(|timed| timed.due.at) != draft.case.ticket.due_at {
            opening::time_ticket(draft, timed, ClockKind::Recompute);
        }
    }
    Ok(())
}

/// The assignment of a slot; its advice is the dispatch's.
fn open(
    command: &Dispatch,
    draft: &mut Draft<'_>,
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
        draft,
        NewAssignment {
            slot,
            role,
            unit,
            field,
            advice,
            limit: None,
            return_count: 0,
            final_ruling: false,
        },
    )
}
