//! Ask another unit to assist (会办): a part of its own under that of who leads, as what is given on has (decision 15); what it answers is gathered there
//! (`domain.md` 3.2, row 14).
//! Not here: whether it fits (`flow`), its limit (`tickets::assisting`), the verbs about parts that hang (`tree`).

use shared::fault::{Code, Fault};
use shared::ticket::verbs::AskAssistance;
use shared::ticket::{AssignmentStatus, SlotRole, Verb};

use crate::host::Decide;
use crate::tickets::opening::{self, NewAssignment};
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};
use crate::tickets::{assisting, tree};

impl Decide for AskAssistance {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        let own = copy.assignment(id)?.clone();
        let reference = copy.scene.reference;
        let unit = self.assist_unit.as_str();
        if !assisting::may_assist(reference, &copy.case, (&own, unit)) {
            return Err(Fault::field("assist_unit", Code::InputUnit).into());
        }
        let span = (copy.now(), own.due_at);
        let calendar = reference.hours.of_unit(unit);
        let limit = self
            .assist_due
            .map(|day| assisting::given(calendar, span, day))
            .transpose()?;
        let before = tree::below(&copy.case, id).count();
        let slot = format!("{}/{}", own.slot, before + 1);
        let part = opening::assignment(
            copy,
            NewAssignment {
                slot: &slot,
                role: SlotRole::Assist,
                unit,
                field: "assist_unit",
                advice: Some((*self.advice).to_owned()),
                limit,
                return_count: 0,
                final_ruling: false,
                parent: Some(own.id),
            },
        )?;
        tree::begin(copy, part)?;
        copy.change_assignment(id, |assignment| {
            assignment.status = AssignmentStatus::SubAssigned;
        })?;
        let told = Told::default()
            .of(part)
            .note(Some(&*self.advice))
            .fact("assist_unit", reference.unit(unit).name);
        copy.event(Verb::AskAssistance, told);
        Ok(())
    }
}
