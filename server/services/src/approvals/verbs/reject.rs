//! Send back (驳回) to the step before, to a chosen step or to the initiator; take back (撤回) what one has just decided.
//! Whoever did a step before does it again. The engine refuses a target from which the case could not go on sanely.
//! Not here: jumps of the process owner (`operate`).

use bpmn::change::Jump;
use shared::approval::verbs::{BackTo, CaseVerb as _, Reject, TakeBack};
use shared::approval::{ApprovalStatus, ApprovalVerb, Part};
use shared::fault::{Code, Fault};
use shared::ids::UserId;
use shared::verb::Piece;
use store::record::{ApprovalCase, ApprovalEvent};

use super::correction::ask;
use super::task_of;
use crate::approvals::rights;
use crate::approvals::working_copy::{Halt, Told, WorkingCopy};
use crate::host::Decide;

/// Whether an event is a person's decision of a step.
fn is_step(event: &ApprovalEvent) -> bool {
    matches!(
        event.verb,
        ApprovalVerb::Approve | ApprovalVerb::Refuse | ApprovalVerb::AcceptLacking
    ) && !event.facts.contains_key("part")
        && event.by.is_some()
}

/// Steps that were done before a step, newest first, each once: where a case can be sent back to.
pub(crate) fn back_targets<'h>(history: &'h [ApprovalEvent], element: &str) -> Vec<&'h str> {
    let mut targets: Vec<&str> = Vec::new();
    for event in history.iter().rev().filter(|event| is_step(event)) {
        if let Some(step) = event.element.as_deref()
            && step != element
            && !targets.contains(&step)
        {
            targets.push(step);
        }
    }
    targets
}

/// Who did a step last.
fn doer(history: &[ApprovalEvent], element: &str) -> Option<UserId> {
    let event = history
        .iter()
        .rev()
        .find(|event| is_step(event) && event.element.as_deref() == Some(element))?;
    event.by
}

/// The first user task on the way from the plain start.
fn first_step(copy: &WorkingCopy<'_>) -> Option<String> {
    crate::approvals::start::first_step(&copy.scene.library.main)
}

impl Decide for Reject {
    const LOOKS_BACK: bool = true;

    fn users(&self, history: &[ApprovalEvent]) -> Vec<UserId> {
        let steps = history.iter().filter(|event| is_step(event));
        let mut users: Vec<UserId> = steps.filter_map(|event| event.by).collect();
        users.sort_unstable();
        users.dedup();
        users
    }

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let task = task_of(copy, self.piece())?;
        let targets = back_targets(&copy.history, &task.element);
        let done = |step: &&&str| self.to == BackTo::Step((**step).to_owned());
        let target = match self.to {
            BackTo::Previous => targets.first().map(|step| (*step).to_owned()),
            BackTo::Initiator => first_step(copy),
            BackTo::Step(_) => targets.iter().find(done).map(|step| (*step).to_owned()),
        };
        let target = target.ok_or_else(|| Fault::field("to", Code::ApprovalTarget))?;
        let to = match self.to {
            BackTo::Initiator => String::from(self.to.clone()),
            _ => target.clone(),
        };
        copy.event(
            ApprovalVerb::Reject,
            Told::at(&task.element, task.task_no)
                .note(Some(&*self.opinion))
                .fact("to", to),
        );
        copy.involve_actor();
        if target != task.element {
            back(copy, &task.element, &target)?;
        }
        if self.to == BackTo::Initiator {
            let mut tasks = copy.case.hung.tasks.iter();
            let first = tasks.find(|open| open.element == target && open.part == 0);
            if let Some(first) = first.cloned() {
                ask(copy, &first, &self.opinion);
            }
        }
        Ok(())
    }
}

/// Takes the case back to a step, which goes to whoever did it before.
fn back(copy: &mut WorkingCopy<'_>, from: &str, target: &str) -> Result<(), Halt> {
    copy.jump(&Jump {
        leave: vec![from.to_owned()],
        go: vec![target.to_owned()],
        ..Jump::default()
    })?;
    let reopened: Vec<i64> = copy
        .case
        .hung
        .tasks
        .iter()
        .filter(|task| task.element == target && task.part == 0 && task.kind == Part::Main)
        .map(|task| task.task_no)
        .collect();
    let ([task_no], Some(user)) = (reopened.as_slice(), doer(&copy.history, target)) else {
        return Ok(());
    };
    // Who has left since, or may no longer, is passed over: the step opens for whomever the definition names.
    let Some(person) = copy.scene.people.by_id(user) else {
        return Ok(());
    };
    let task = copy.find(*task_no, 0);
    if task.is_some_and(|task| rights::may_be_given(person, &copy.case, task).is_ok()) {
        copy.assign((*task_no, 0), user, &person.name);
    }
    Ok(())
}

/// Whether the actor's own decision is the newest thing that happened: nobody has acted on it yet.
pub(crate) fn may_take_back<'h>(
    actor: Option<UserId>,
    case: &ApprovalCase,
    history: &'h [ApprovalEvent],
) -> Option<&'h ApprovalEvent> {
    // A file that came or went since is no step.
    let last = history
        .iter()
        .rev()
        .find(|event| !event.verb.is_of_file())?;
    let own = is_step(last) && last.by == actor && actor.is_some();
    let touched = case
        .hung
        .tasks
        .iter()
        .any(|task| task.part != 0 || task.decision.is_some());
    (own && !touched
        && case.approval.status == ApprovalStatus::Running
        && last.verb != ApprovalVerb::Refuse)
        .then_some(last)
}

/// The step that the actor can take back.
fn taken_back(copy: &WorkingCopy<'_>) -> Result<(String, Option<i64>), Halt> {
    let too_late = || Halt::from(Fault::new(Code::ApprovalTooLate));
    let last = may_take_back(copy.scene.actor.user(), &copy.case, &copy.history);
    let last = last.ok_or_else(too_late)?;
    let target = last.element.clone().ok_or_else(too_late)?;
    if copy.case.hung.places.contains_key(&target) {
        // One of several who sign at once: the others are still at it, and this vote is counted.
        return Err(too_late());
    }
    Ok((target, last.task_no))
}

impl Decide for TakeBack {
    const LOOKS_BACK: bool = true;

    fn fits(copy: &WorkingCopy<'_>, _piece: Option<Piece>) -> Result<(), Halt> {
        taken_back(copy).map(drop)
    }

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let (target, task_no) = taken_back(copy)?;
        let told = Told {
            element: Some(target.clone()),
            task_no,
            ..Told::default()
        };
        copy.event(ApprovalVerb::TakeBack, told.note(self.reason.as_deref()));
        copy.jump(&Jump {
            leave: Vec::new(),
            go: vec![target.clone()],
            ..Jump::default()
        })?;
        let tasks = copy.case.hung.tasks.iter();
        let reopened = tasks.filter(|task| task.element == target && task.part == 0);
        let reopened: Vec<i64> = reopened.map(|task| task.task_no).collect();
        if let ([task_no], Some(user)) = (reopened.as_slice(), copy.scene.actor.user()) {
            let name = copy.scene.actor.name.clone();
            copy.assign((*task_no, 0), user, &name);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use shared::calendar::Instant;
    use shared::ids::CaseId;

    fn step(verb: ApprovalVerb, element: &str, by: u128) -> ApprovalEvent {
        ApprovalEvent {
            case_id: CaseId(uuid::Uuid::nil()),
            seq: 1,
            verb,
            at: Instant(0),
            by: Some(UserId(uuid::Uuid::from_u128(by))),
            by_name: Some(by.to_string()),
            unit: None,
            assignment_id: None,
            element: Some(element.to_owned()),
            task_no: Some(1),
            from_state: None,
            to_state: None,
            note: None,
            facts: BTreeMap::new(),
            actor: None,
            actor_code: None,
            done_at: None,
        }
    }

    #[test]
    fn steps_that_were_done_are_targets_newest_first() {
        let history = [
            step(ApprovalVerb::Approve, "intake", 1),
            step(ApprovalVerb::Approve, "survey", 2),
            step(ApprovalVerb::Transfer, "decide", 3),
            step(ApprovalVerb::Approve, "intake", 4),
        ];
        assert_eq!(back_targets(&history, "decide"), ["intake", "survey"]);
        assert_eq!(back_targets(&history, "intake"), ["survey"]);
        let fourth = UserId(uuid::Uuid::from_u128(4));
        assert_eq!(doer(&history, "intake"), Some(fourth));
        assert_eq!(doer(&history, "decide"), None);
    }

    #[test]
    fn an_opinion_of_a_signer_is_no_step() {
        let mut opinion = step(ApprovalVerb::Approve, "survey", 2);
        opinion.facts.insert("part".to_owned(), "before".to_owned());
        assert!(back_targets(&[opinion], "decide").is_empty());
    }
}
