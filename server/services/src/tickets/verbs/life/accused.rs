//! Name the unit complained about (认定被举报单位): from then on neither it nor a unit below it has the ticket among its own, even where it had a part once.
//! Not here: the rows of units (`store::tickets::case`), refusing it a part (`opening`).
//! A unit that has a part is asked for nothing: its part is recalled first.

use shared::access::lies_in;
use shared::command::UnitCode;
use shared::fault::{Code, Fault};
use shared::ticket::verbs::NameAccused;
use shared::ticket::{AssignmentStatus, Verb};
use store::record::Assignment;

use crate::host::Decide;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

impl Decide for NameAccused {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let code = self.accused_unit.as_ref().map(UnitCode::as_str);
        let mut told = Told::default().note(Some(&*self.reason));
        if let Some(code) = code {
            let Some(unit) = copy.scene.reference.units.get(code) else {
                return Err(Fault::field("accused_unit", Code::InputUnit).into());
            };
            // What an earlier round did is over; the unit no longer sees it either.
            let cycle = copy.case.ticket.cycle_no;
            let mut parts = copy.case.assignments.iter();
            if parts.any(|part| part.cycle_no == cycle && has(part, code)) {
                return Err(Fault::new(Code::AccusedPart).into());
            }
            told = told.fact("named", &unit.name);
        }
        copy.ticket().accused_unit = code.map(str::to_owned);
        copy.event(Verb::NameAccused, told);
        Ok(())
    }
}

/// Whether a part is in force at a unit or below it.
fn has(part: &Assignment, unit: &str) -> bool {
    let is_over = matches!(
        part.status,
        AssignmentStatus::Returned | AssignmentStatus::Recalled
    );
    !is_over && (part.unit == unit || lies_in(&part.unit_path, unit))
}
