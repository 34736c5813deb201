//! Send back (退单): the unit asks with a reason code, the dispatcher upholds the dispatch or gives the slot to another unit
//! (`domain.md` 3.2, rows 8 and 9). A pending application does not stop the clock; a final ruling cannot be sent back again.
//! Not here: the application itself (`applications`), recalls by the centre (`recall`).

use shared::application::ApplicationSort;
use shared::command::UnitCode;
use shared::fault::{Code, Fault};
use shared::ids::AssignmentId;
use shared::ticket::verbs::{Rule, SendBack};
use shared::ticket::{AssignmentStatus, Verb};

use super::recall::{Replacement, replace};
use crate::applications::{self, Asked, Decision, Facts};
use crate::host::Decide;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

impl Decide for SendBack {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        let suggested = self.suggested_unit.as_ref().map(UnitCode::as_str);
        if let Some(unit) = suggested
            && !copy.scene.reference.units.contains_key(unit)
        {
            return Err(Fault::field("suggested_unit", Code::InputUnit).into());
        }
        copy.ask(&Asked {
            sort: ApplicationSort::SendBack,
            assignment: id,
            explanation: &self.explanation,
            facts: Facts {
                return_reason: Some(self.reason),
                suggested_unit: suggested,
                ..Facts::default()
            },
        })?;
        copy.change_assignment(id, |assignment| assignment.return_count += 1)?;
        let told = Told::default()
            .of(id)
            .note(Some(&*self.explanation))
            .fact("reason", self.reason);
        let told = copy.because(told, Verb::SendBack, self.cause.as_ref())?;
        copy.event(
            Verb::SendBack,
            suggested.map_or(told.clone(), |unit| told.fact("suggested_unit", unit)),
        );
        Ok(())
    }
}

impl Decide for Rule {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        let waits = applications::pending(&copy.case, id, ApplicationSort::SendBack);
        let waits = waits.ok_or_else(|| copy.not_allowed(Verb::Rule))?.id;
        copy.decide_on(
            waits,
            &Decision {
                verb: Verb::Rule,
                is_granted: !self.uphold,
                opinion: Some(&self.opinion),
                granted_days: None,
            },
        )?;
        let told = Told::default()
            .note(Some(&*self.opinion))
            .fact("uphold", self.uphold)
            .fact("final_ruling", is_final(self));
        let told = if self.uphold {
            copy.change_assignment(id, |assignment| {
                assignment.final_ruling |= is_final(self);
            })?;
            told.of(id)
        } else {
            let (old, new) = redispatch(self, copy, id)?;
            told.fact("from", old).fact("to", unit_of(self)).of(new)
        };
        copy.event(Verb::Rule, told);
        Ok(())
    }
}

/// Whether the assignment cannot be sent back again.
fn is_final(command: &Rule) -> bool {
    command.final_ruling.unwrap_or_default()
}

/// The unit that gets it now; named whenever the dispatch does not stand.
fn unit_of(command: &Rule) -> &str {
    command.to.as_ref().map_or("", UnitCode::as_str)
}

/// The returned assignment ends; another unit gets the slot with a fresh clock. Gives the former unit and the new assignment.
fn redispatch(
    command: &Rule,
    copy: &mut WorkingCopy<'_>,
    id: AssignmentId,
) -> Result<(String, AssignmentId), Halt> {
    let old = copy.assignment(id)?.clone();
    let unit = unit_of(command);
    copy.end_assignment(id, |assignment| {
        assignment.status = AssignmentStatus::Returned;
    })?;
    let advice = [Some(command.opinion.to_string()), old.advice.clone()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("\n");
    let new = replace(
        copy,
        &old,
        Replacement {
            unit,
            field: "to",
            advice: Some(advice),
            final_ruling: is_final(command),
        },
    )?;
    Ok((old.unit, new))
}
