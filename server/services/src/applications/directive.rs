//! A directive from its ticket's side: the unit answers, the centre accepts the answer or asks for a better one, or cancels it.
//! Not here: issuing, which asks as every application does (`hang`), the verbs (`tickets/verbs/supervise`).
//! A better answer is due as many working days later as the first one was.

use shared::access::Role;
use shared::application::{ApplicationVerb, DIRECTIVE_DAYS, DirectiveState};
use shared::calendar::{Due, Instant};
use shared::fault::Fault;
use shared::ids::ApplicationId;
use shared::notice::{Audience, NoticeKind};
use shared::process::limit::Limit;
use shared::ticket::{LimitUnit, Verb};

use super::hang::{OfOne, lapse};
use crate::host::vars;
use crate::process::waits_for;
use crate::reference::Reference;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

/// Until when a unit answers that has so many of its working days.
pub(crate) fn due(reference: &Reference, unit: &str, from: Instant, days: i32) -> Due {
    let limit = Limit {
        value: days,
        unit: LimitUnit::WorkingDays,
    };
    reference.hours.of_unit(unit).due(from, limit)
}

/// Completes the task that waits for a verb.
fn complete(one: &mut OfOne<'_>, verb: Verb, accepted: Option<bool>) -> Result<(), Halt> {
    let mut tasks = one.case.hung.tasks.iter();
    let task = tasks.find(|task| waits_for(task, verb));
    let task = task.map(|task| task.task_no).ok_or_else(Fault::missing)?;
    let said = match accepted {
        Some(accepted) => vars([("is_granted", accepted.into())]),
        None => vars([]),
    };
    one.complete_task(task, said)
}

impl WorkingCopy<'_> {
    /// The unit answers.
    pub fn answer_directive(&mut self, id: ApplicationId, answer: &str) -> Result<(), Halt> {
        let case = self.known(id)?;
        if let Some(issuer) = case.application.asked_by {
            self.tell(NoticeKind::Asked, &Audience::Person(issuer));
        }
        self.beside(case, false, |one| {
            let (now, actor) = (one.now(), one.scene.actor);
            let application = &mut one.case.application;
            application.directive = Some(DirectiveState::Answered);
            application.answer = Some(answer.to_owned());
            application.answered_at = Some(now);
            application.answered_by = actor.user();
            application.answered_by_name = actor.signature();
            let told = Told::default()
                .of(application.assignment_id)
                .note(Some(answer));
            complete(one, Verb::AnswerDirective, None)?;
            one.event(ApplicationVerb::Answer, told);
            Ok(())
        })
    }

    /// The centre accepts the answer, or asks for a better one.
    pub fn judge_directive(
        &mut self,
        id: ApplicationId,
        accept: bool,
        opinion: Option<&str>,
    ) -> Result<(), Halt> {
        let case = self.known(id)?;
        let unit = case.application.unit.clone();
        let kind = if accept {
            NoticeKind::Ruled
        } else {
            NoticeKind::Supervised
        };
        self.tell_unit(kind, &unit, &[Role::UnitReviewer]);
        self.beside(case, false, |one| {
            let (now, actor) = (one.now(), one.scene.actor);
            let reference = one.scene.reference;
            let application = &mut one.case.application;
            application.opinion = opinion.map(str::to_owned);
            if accept {
                application.directive = Some(DirectiveState::Closed);
                application.decided_at = Some(now);
                application.decided_by = actor.user();
                application.decided_by_name = actor.signature();
            } else {
                let days = application.days.unwrap_or(DIRECTIVE_DAYS);
                let due = due(reference, &unit, now, days);
                application.directive = Some(DirectiveState::Returned);
                application.returned += 1;
                application.due_at = Some(due.at);
                application.warn_at = Some(due.warn_at);
                application.provisional = due.provisional;
            }
            let told = Told::default()
                .of(application.assignment_id)
                .note(opinion)
                .fact("granted", accept);
            complete(one, Verb::JudgeDirective, Some(accept))?;
            one.event(ApplicationVerb::Decide, told);
            Ok(())
        })
    }

    /// Nothing is asked of the unit any more.
    pub fn cancel_directive(&mut self, id: ApplicationId, reason: &str) -> Result<(), Halt> {
        let case = self.known(id)?;
        let unit = case.application.unit.clone();
        self.tell_unit(NoticeKind::Ruled, &unit, &[Role::UnitReviewer]);
        self.beside(case, false, |one| {
            let (now, actor) = (one.now(), one.scene.actor);
            let application = &mut one.case.application;
            application.opinion = Some(reason.to_owned());
            application.decided_at = Some(now);
            application.decided_by = actor.user();
            application.decided_by_name = actor.signature();
            lapse(one)
        })
    }
}
