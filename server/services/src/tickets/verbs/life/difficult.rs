//! Hard case (疑难): the unit that leads asks, the centre's leader records what the board came to; the lead's limit then ends on the board's day, and the
//! ticket is marked (`domain.md` 3.1, 3.4).
//! Not here: the application itself (`applications`), the counting (`clocks`).

use shared::application::{ApplicationSort, Meeting, PROMISED_DAYS};
use shared::command::Line;
use shared::fault::{Code, Fault};
use shared::ids::AssignmentId;
use shared::text::sms::Notice;
use shared::ticket::Verb;
use shared::ticket::verbs::{AskDifficult, RuleDifficult};
use store::record::ClockKind;

use crate::applications::{self, Asked, Decision, Facts, Verdict};
use crate::host::Decide;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};
use crate::tickets::{clocks, holds};

impl Decide for AskDifficult {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        let until = holds::ahead(copy.now(), self.until, PROMISED_DAYS)?;
        copy.ask(&Asked {
            sort: ApplicationSort::Difficult,
            assignment: id,
            explanation: &self.explanation,
            facts: Facts {
                difficult_reason: Some(self.reason),
                until: Some(until),
                ..Facts::default()
            },
        })?;
        copy.change_assignment(id, |_| ())?;
        let told = Told::default()
            .of(id)
            .note(Some(&*self.explanation))
            .fact("difficult_reason", self.reason)
            .fact("until", self.until);
        copy.event(Verb::AskDifficult, told);
        Ok(())
    }
}

/// Names as they were recorded.
fn names<const MIN: usize, const MAX: usize>(of: &[Line<MIN, MAX>]) -> Vec<String> {
    of.iter().map(|it| (**it).to_owned()).collect()
}

impl Decide for RuleDifficult {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        let waits = applications::pending(&copy.case, id, ApplicationSort::Difficult);
        let waits = waits.map(|it| it.id);
        let waits = waits.ok_or_else(|| copy.not_allowed(Verb::RuleDifficult))?;
        if self.held_on > copy.now().date() {
            return Err(Fault::field("held_on", Code::InputFutureDate).into());
        }
        let until = self.until.filter(|_| self.grant);
        let until = until
            .map(|day| holds::ahead(copy.now(), day, PROMISED_DAYS))
            .transpose()?;
        let (agree, against) = (names(&self.agree), names(&self.against));
        let board = Meeting {
            held_on: self.held_on.format("%Y-%m-%d").to_string(),
            parties: [agree.clone(), against.clone()].concat(),
            minutes: self.minutes.to_string(),
            agree,
            against,
        };
        copy.decide_on(
            waits,
            &Decision {
                verb: Verb::RuleDifficult,
                is_granted: self.grant,
                opinion: Some(&*self.opinion),
                granted_days: None,
                verdict: Some(Verdict {
                    unit: None,
                    is_final: false,
                    meeting: Some(&board),
                }),
            },
        )?;
        copy.change_assignment(id, |_| ())?;
        let told = Told::default()
            .of(id)
            .note(Some(&*self.opinion))
            .fact("agreed", self.grant)
            .fact("votes_for", board.agree.len())
            .fact("votes_against", board.against.len());
        let Some(until) = until else {
            copy.event(Verb::RuleDifficult, told);
            return Ok(());
        };
        let told = told.fact("until", until.date());
        copy.event(Verb::RuleDifficult, told);
        give(copy, id, until)
    }
}

/// The lead's limit ends at the end of the day, or later where it does already; the ticket's follows.
fn give(
    copy: &mut WorkingCopy<'_>,
    id: AssignmentId,
    until: shared::calendar::Instant,
) -> Result<(), Halt> {
    let now = copy.now();
    copy.ticket().difficult_at = Some(now);
    let unit = copy.assignment(id)?.unit.clone();
    let hours = &copy.scene.reference.hours;
    let end = hours.of_unit(&unit).close(until.date());
    clocks::add(copy, id, |assignment| {
        assignment.promised_at = assignment.promised_at.max(Some(end));
    })?;
    copy.assignment_clock(id, ClockKind::Promise)?;
    let before = copy.case.ticket.due_at;
    clocks::follow(copy)?;
    let due = copy.case.ticket.due_at;
    if due != before {
        copy.ticket_clock(ClockKind::Promise);
    }
    if let Some(due) = due {
        copy.notify(&Notice::Extended { due });
    }
    Ok(())
}
