//! Send back (退单): the unit asks with a reason code and what it relies on, the dispatcher upholds the dispatch or gives the slot to another unit
//! (`domain.md` 3.2, rows 8 and 9); the second dispute is decided by a meeting, the third is final. A pending application does not stop the clock.
//! Not here: the application itself (`applications`), recalls by the centre (`recall`).

use chrono::NaiveDate;
use shared::application::{ApplicationSort, DisputeStage, Meeting};
use shared::command::UnitCode;
use shared::fault::{Code, Fault};
use shared::ids::AssignmentId;
use shared::ticket::verbs::{Confer, Rule, SendBack};
use shared::ticket::{AssignmentStatus, Verb};

use super::recall::{Replacement, replace};
use crate::applications::{self, Asked, Decision, Dispute, Facts, Verdict};
use crate::host::Decide;
use crate::tickets::opening::takes_assignments;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

impl Decide for SendBack {
    const LOOKS_AT_DUTIES: bool = true;
    const LOOKS_AT_LEADERS: bool = true;

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        let part = copy.assignment(id)?.clone();
        let duty = duty(self, copy, &part.unit)?;
        let suggested = suggested(self, copy, &part.unit)?;
        let stage = applications::stage_of(&copy.case, &part);
        copy.ask(&Asked {
            sort: ApplicationSort::SendBack,
            assignment: id,
            explanation: &self.explanation,
            facts: Facts {
                return_reason: Some(self.reason),
                suggested_unit: suggested,
                dispute: Some(Dispute {
                    legal_basis: self.basis.as_deref(),
                    duty: duty.as_deref(),
                    stage,
                }),
                ..Facts::default()
            },
        })?;
        copy.change_assignment(id, |assignment| assignment.return_count += 1)?;
        let told = Told::default()
            .of(id)
            .note(Some(&*self.explanation))
            .fact("reason", self.reason)
            .fact("dispute", stage);
        let told = copy.because(told, Verb::SendBack, self.cause.as_ref())?;
        copy.event(
            Verb::SendBack,
            suggested.map_or(told.clone(), |unit| told.fact("suggested_unit", unit)),
        );
        Ok(())
    }
}

/// The row of the areas of responsibility that is named: one into which the ticket falls, of another unit.
fn duty(command: &SendBack, copy: &WorkingCopy<'_>, own: &str) -> Result<Option<String>, Fault> {
    let Some(unit) = command.duty.as_ref().map(UnitCode::as_str) else {
        return Ok(None);
    };
    if unit == own {
        return Err(Fault::field("duty", Code::ReturnOwnUnit));
    }
    let row = copy.duties.iter().find(|duty| duty.unit == unit);
    let row = row.ok_or_else(|| Fault::field("duty", Code::InputUnit))?;
    Ok(Some(format!(
        "{}/{}/{}",
        row.category, row.region, row.unit
    )))
}

/// The unit that should have it: another one, which can get tickets; that of the row which is relied on where none is named.
fn suggested<'c>(
    command: &'c SendBack,
    copy: &WorkingCopy<'_>,
    own: &str,
) -> Result<Option<&'c str>, Fault> {
    let Some(unit) = command.suggested_unit.as_ref().map(UnitCode::as_str) else {
        return Ok(command.duty.as_ref().map(UnitCode::as_str));
    };
    if unit == own {
        return Err(Fault::field("suggested_unit", Code::ReturnOwnUnit));
    }
    let known = copy.scene.reference.units.get(unit);
    if known.is_some_and(takes_assignments) {
        Ok(Some(unit))
    } else {
        Err(Fault::field("suggested_unit", Code::InputUnit))
    }
}

/// A ruling, alone or after a meeting.
struct Ruling<'a> {
    verb: Verb,
    /// The unit that gets it now; none where the dispatch stands.
    to: Option<&'a UnitCode>,
    opinion: &'a str,
    is_final: bool,
    meeting: Option<&'a Meeting>,
}

/// The unit that gets it now, where the dispatch does not stand.
fn given_to(uphold: bool, to: Option<&UnitCode>) -> Result<Option<&UnitCode>, Fault> {
    match (uphold, to) {
        (true, _) => Ok(None),
        (false, Some(unit)) => Ok(Some(unit)),
        (false, None) => Err(Fault::field("to", Code::InputRequired)),
    }
}

impl Decide for Rule {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        let stage = applications::waiting_stage(&copy.case, copy.assignment(id)?);
        let ruling = Ruling {
            verb: Verb::Rule,
            to: given_to(self.uphold, self.to.as_ref())?,
            opinion: &self.opinion,
            is_final: self.final_ruling.unwrap_or_default()
                || stage == Some(DisputeStage::Designation),
            meeting: None,
        };
        rule(copy, id, &ruling)
    }
}

impl Decide for Confer {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        if self.held_on > copy.now().date() {
            return Err(Fault::field("held_on", Code::InputFutureDate).into());
        }
        let meeting = Meeting {
            held_on: day(self.held_on),
            parties: self.parties.iter().map(|it| (**it).to_owned()).collect(),
            minutes: self.minutes.to_string(),
            agree: Vec::new(),
            against: Vec::new(),
        };
        let ruling = Ruling {
            verb: Verb::Confer,
            to: given_to(self.uphold, self.to.as_ref())?,
            opinion: &self.opinion,
            is_final: false,
            meeting: Some(&meeting),
        };
        rule(copy, id, &ruling)
    }
}

fn day(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}

/// Decides what waits: the dispatch stands, or another unit gets the slot.
fn rule(copy: &mut WorkingCopy<'_>, id: AssignmentId, ruling: &Ruling<'_>) -> Result<(), Halt> {
    let waits = applications::pending(&copy.case, id, ApplicationSort::SendBack);
    let waits = waits.ok_or_else(|| copy.not_allowed(ruling.verb))?;
    let (waits, stage) = (waits.id, waits.stage);
    let to = ruling.to.map(UnitCode::as_str);
    let keeps = copy.assignment(id)?.unit.clone();
    copy.decide_on(
        waits,
        &Decision {
            verb: ruling.verb,
            is_granted: to.is_some(),
            opinion: Some(ruling.opinion),
            granted_days: None,
            verdict: Some(Verdict {
                unit: Some(to.unwrap_or(&keeps)),
                is_final: ruling.is_final,
                meeting: ruling.meeting,
            }),
        },
    )?;
    let told = Told::default()
        .note(Some(ruling.opinion))
        .fact("uphold", to.is_none())
        .fact("final_ruling", ruling.is_final);
    let told = match stage {
        Some(stage) => told.fact("dispute", stage),
        None => told,
    };
    let told = if let Some(to) = to {
        let (old, new) = redispatch(copy, id, (to, ruling))?;
        told.fact("from", old).fact("to", to).of(new)
    } else {
        copy.change_assignment(id, |assignment| {
            assignment.final_ruling |= ruling.is_final;
        })?;
        told.of(id)
    };
    copy.event(ruling.verb, told);
    Ok(())
}

/// The returned assignment ends; another unit gets the slot with a fresh clock. Gives the former unit and the new assignment.
fn redispatch(
    copy: &mut WorkingCopy<'_>,
    id: AssignmentId,
    (unit, ruling): (&str, &Ruling<'_>),
) -> Result<(String, AssignmentId), Halt> {
    let old = copy.assignment(id)?.clone();
    copy.end_assignment(id, |assignment| {
        assignment.status = AssignmentStatus::Returned;
    })?;
    let advice = [Some(ruling.opinion.to_owned()), old.advice.clone()]
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
            final_ruling: ruling.is_final,
        },
    )?;
    Ok((old.unit, new))
}
