//! Supervise (督办): a directive about a unit's part, its answer, what the centre makes of the answer (`domain.md` 3.2, row 20). It stands beside the
//! work: neither the part nor the ticket goes on by it.
//! Not here: the directive itself (`applications`), its list (`directives`).

use std::collections::BTreeMap;

use shared::application::{ApplicationSort, DIRECTIVE_DAYS};
use shared::command::Within;
use shared::fault::{Code, Fault};
use shared::ids::{ApplicationId, AssignmentId};
use shared::ticket::verbs::{AnswerDirective, CancelDirective, JudgeDirective, Supervise};
use shared::ticket::{TicketNo, Verb};

use crate::applications::{self, Asked, Directive, Facts};
use crate::host::Decide;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

impl Decide for Supervise {
    fn tickets(&self) -> Vec<String> {
        let numbers = self.also.iter().filter_map(|no| TicketNo::parse(no));
        numbers.map(|no| no.to_string()).collect()
    }

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        let unit = copy.assignment(id)?.unit.clone();
        let days = self.days.map_or(DIRECTIVE_DAYS, Within::get);
        let directive = Directive {
            cause: self.cause,
            level: self.level,
            due: applications::due(copy.scene.reference, &unit, copy.now(), days),
            linked: linked(self, copy, &unit)?,
        };
        copy.ask(&Asked {
            sort: ApplicationSort::Supervise,
            assignment: id,
            explanation: &self.demand,
            facts: Facts {
                days: Some(days),
                directive: Some(&directive),
                ..Facts::default()
            },
        })?;
        let told = Told::default()
            .note(Some(&*self.demand))
            .fact("directive_cause", self.cause)
            .fact("level", self.level);
        told_of(copy, id, Verb::Supervise, told)
    }
}

/// The other tickets that it is about: in reach of whoever issues it, each with a part of the unit.
fn linked(
    command: &Supervise,
    copy: &WorkingCopy<'_>,
    unit: &str,
) -> Result<BTreeMap<String, String>, Fault> {
    let mut out = BTreeMap::new();
    for no in &command.also {
        let no = TicketNo::parse(no);
        if no.as_ref() == Some(&copy.case.ticket.ticket_no) {
            continue;
        }
        let other = no.and_then(|no| {
            let mut found = copy.others.iter();
            found.find(|it| it.no == no.as_str() && it.units.iter().any(|it| it == unit))
        });
        let other = other.ok_or_else(|| Fault::field("also", Code::DirectiveTicket))?;
        out.insert(other.no.clone(), other.id.to_string());
    }
    Ok(out)
}

/// Whoever looks at the part has to look again; the ticket's history tells of it.
fn told_of(
    copy: &mut WorkingCopy<'_>,
    id: AssignmentId,
    verb: Verb,
    told: Told,
) -> Result<(), Halt> {
    copy.change_assignment(id, |_| ())?;
    copy.event(verb, told.of(id));
    Ok(())
}

/// The part, and the directive about it that waits.
fn waiting(copy: &WorkingCopy<'_>, verb: Verb) -> Result<(AssignmentId, ApplicationId), Halt> {
    let id = copy.aimed()?;
    let waits = applications::pending(&copy.case, id, ApplicationSort::Supervise);
    let waits = waits.ok_or_else(|| copy.not_allowed(verb))?;
    Ok((id, waits.id))
}

impl Decide for AnswerDirective {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let (id, directive) = waiting(copy, Verb::AnswerDirective)?;
        copy.answer_directive(directive, &self.answer)?;
        let told = Told::default().note(Some(&*self.answer));
        told_of(copy, id, Verb::AnswerDirective, told)
    }
}

impl Decide for JudgeDirective {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let (id, directive) = waiting(copy, Verb::JudgeDirective)?;
        let opinion = self.opinion.as_deref();
        copy.judge_directive(directive, self.accept, opinion)?;
        let told = Told::default().note(opinion).fact("accept", self.accept);
        told_of(copy, id, Verb::JudgeDirective, told)
    }
}

impl Decide for CancelDirective {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let (id, directive) = waiting(copy, Verb::CancelDirective)?;
        copy.cancel_directive(directive, &self.reason)?;
        let told = Told::default().note(Some(&*self.reason));
        told_of(copy, id, Verb::CancelDirective, told)
    }
}
