//! More time (延期): the unit asks with days and a reason, the dispatcher gives them, fewer or none (`domain.md` 3.2, row 12). What is given moves
//! the assignment's deadline by working days, and the ticket's where the lead's ends later; tasks and timers move with it, the ledger tells it.
//! Not here: the application itself (`applications`). How much may be given is a row of the settings.

use shared::application::{ApplicationSort, ExtensionCaps};
use shared::calendar::Instant;
use shared::fault::{Code, Fault, FieldFault};
use shared::ids::AssignmentId;
use shared::ticket::verbs::{Extend, RuleExtension};
use shared::ticket::{SlotRole, Verb};
use store::record::{Assignment, ClockKind};

use crate::applications::{self, Asked, Decision, Facts};
use crate::host::Decide;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};
use crate::tickets::{clocks, opening};
use shared::text::sms::Notice;

impl Decide for Extend {
    const LOOKS_AT_LEADERS: bool = true;

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        let days = i32::from(self.days);
        let left = left(copy.scene.reference.extension, copy.assignment(id)?);
        if days > left {
            return Err(too_many(left).into());
        }
        copy.ask(&Asked {
            sort: ApplicationSort::Extend,
            assignment: id,
            explanation: &self.explanation,
            facts: Facts {
                extension_reason: Some(self.reason),
                days: Some(days),
                ..Facts::default()
            },
        })?;
        // Whoever looks at the assignment has to look again.
        copy.change_assignment(id, |_| ())?;
        let told = Told::default()
            .of(id)
            .note(Some(&*self.explanation))
            .fact("extension_reason", self.reason)
            .fact("days", days);
        let told = copy.because(told, Verb::Extend, self.cause.as_ref())?;
        copy.event(Verb::Extend, told);
        Ok(())
    }
}

impl Decide for RuleExtension {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        let waits = applications::pending(&copy.case, id, ApplicationSort::Extend);
        let waits = waits.ok_or_else(|| copy.not_allowed(Verb::RuleExtension))?;
        let (application, asked) = (waits.id, waits.days.unwrap_or_default());
        let given = self.days.map_or(asked, i32::from);
        let most = asked.min(left(copy.scene.reference.extension, copy.assignment(id)?));
        if self.grant && given > most {
            return Err(too_many(most).into());
        }
        let opinion = self.opinion.as_deref();
        copy.decide_on(
            application,
            &Decision {
                verb: Verb::RuleExtension,
                is_granted: self.grant,
                opinion,
                granted_days: self.grant.then_some(given),
                verdict: None,
            },
        )?;
        let told = Told::default()
            .of(id)
            .note(opinion)
            .fact("grant", self.grant);
        if !self.grant {
            copy.change_assignment(id, |_| ())?;
            copy.event(Verb::RuleExtension, told);
            return Ok(());
        }
        give(copy, id, given)?;
        let due = copy.assignment(id)?.due_at;
        let told = told
            .fact("days", given)
            .fact("due_at", due.map_or_else(String::new, Instant::rfc3339));
        copy.event(Verb::RuleExtension, told);
        Ok(())
    }
}

/// Working days that may still be given to an assignment at once.
fn left(caps: ExtensionCaps, assignment: &Assignment) -> i32 {
    caps.days.min(caps.sum - assignment.extended_days).max(0)
}

fn too_many(most: i32) -> Fault {
    let range = [("min", "1".to_owned()), ("max", most.to_string())];
    Fault::fields(vec![FieldFault {
        field: "days".to_owned(),
        code: Code::InputNumber,
        facts: range.map(|(name, value)| (name.to_owned(), value)).into(),
    }])
}

/// Moves the deadline of an assignment, of the tasks that show it, and of the ticket that waits for it.
fn give(copy: &mut WorkingCopy<'_>, id: AssignmentId, days: i32) -> Result<(), Halt> {
    clocks::add(copy, id, |assignment| assignment.extended_days += days)?;
    copy.assignment_clock(id, ClockKind::Extend)?;
    if copy.assignment(id)?.role == SlotRole::Lead && opening::follow(copy, id)? {
        copy.ticket_clock(ClockKind::Extend);
        let due = copy.case.ticket.due_at;
        if let Some(due) = due {
            copy.notify(&Notice::Extended { due });
        }
    }
    Ok(())
}
