//! Send back (驳回) to the step before, to a chosen step or to the initiator; take back (撤回) what one has just decided.
//! Whoever did a step before does it again. The engine refuses a target from which the case could not go on sanely.
//! Not here: jumps of the process owner (`operate`).

use std::collections::BTreeMap;

use bpmn::change::Jump;
use shared::approval::command::{Reject, TakeBack};
use shared::approval::view::ApprovalActed;
use shared::approval::{ApprovalStatus, ApprovalVerb, Part, TO_INITIATOR, TO_PREVIOUS, rules};
use shared::fault::{Code, Fault, both};
use shared::ids::{ApprovalId, UserId};
use store::record::{ApprovalCase, ApprovalEvent};

use super::correction::ask;
use super::{held_main, under_way};
use crate::approvals::draft::{Draft, Halt, Told};
use crate::approvals::perform::{Order, found, perform};
use crate::approvals::rights;
use crate::context::Ctx;
use crate::fault::Settle;
use crate::host::denied::recorded;

/// A command together with the history, which says who did which step.
#[derive(Debug, Clone, serde::Serialize)]
struct WithHistory<C> {
    command: C,
    #[serde(skip)]
    history: Vec<ApprovalEvent>,
}

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
fn first_step(draft: &Draft<'_>) -> Option<String> {
    crate::approvals::start::first_step(&draft.scene.library.main)
}

impl Order for WithHistory<Reject> {
    type On = ApprovalCase;

    fn verb(&self) -> ApprovalVerb {
        ApprovalVerb::Reject
    }

    fn version(&self) -> Option<i32> {
        Some(self.command.version)
    }

    fn users(&self) -> Vec<UserId> {
        let mut users: Vec<UserId> = self
            .history
            .iter()
            .filter(|event| is_step(event))
            .filter_map(|event| event.by)
            .collect();
        users.sort_unstable();
        users.dedup();
        users
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        under_way(draft, self.verb())?;
        let task = held_main(draft, self.verb(), self.command.task)?;
        let targets = back_targets(&self.history, &task.element);
        let to_initiator = self.command.to == TO_INITIATOR;
        let target = match self.command.to.as_str() {
            TO_PREVIOUS => targets.first().map(|step| (*step).to_owned()),
            TO_INITIATOR => first_step(draft),
            chosen => targets
                .iter()
                .find(|step| **step == chosen)
                .map(|step| (*step).to_owned()),
        };
        let missing = if self.command.to.trim().is_empty() {
            Code::InputRequired
        } else {
            Code::ApprovalTarget
        };
        let (target, opinion) = both(
            target.ok_or_else(|| Fault::field("to", missing)),
            rules::required("opinion", &self.command.opinion, rules::WORDS),
        )?;
        draft.event(
            self.verb(),
            Told::at(&task.element, task.task_no)
                .note(Some(opinion.clone()))
                .fact("to", if to_initiator { TO_INITIATOR } else { &target }),
        );
        draft.involve_actor();
        if target != task.element {
            back(draft, &self.history, &task.element, &target)?;
        }
        if to_initiator {
            let first = draft
                .case
                .hung
                .tasks
                .iter()
                .find(|open| open.element == target && open.part == 0)
                .cloned();
            if let Some(first) = first {
                ask(draft, &first, opinion);
            }
        }
        Ok(())
    }
}

/// Takes the case back to a step, which goes to whoever did it before.
fn back(
    draft: &mut Draft<'_>,
    history: &[ApprovalEvent],
    from: &str,
    target: &str,
) -> Result<(), Halt> {
    draft.jump(&Jump {
        leave: vec![from.to_owned()],
        go: vec![target.to_owned()],
        ..Jump::default()
    })?;
    let reopened: Vec<i64> = draft
        .case
        .hung
        .tasks
        .iter()
        .filter(|task| task.element == target && task.part == 0 && task.kind == Part::Main)
        .map(|task| task.task_no)
        .collect();
    let ([task_no], Some(user)) = (reopened.as_slice(), doer(history, target)) else {
        return Ok(());
    };
    // Who has left since, or may no longer, is passed over: the step opens for whomever the definition names.
    let Some(person) = draft.scene.people.by_id(user) else {
        return Ok(());
    };
    let task = draft.find(*task_no, 0);
    if task.is_some_and(|task| rights::may_be_given(person, &draft.case, task).is_ok()) {
        draft.assign((*task_no, 0), user, &person.name);
    }
    Ok(())
}

/// Whether the actor's own decision is the newest thing that happened: nobody has acted on it yet.
pub(crate) fn may_take_back<'h>(
    actor: Option<UserId>,
    case: &ApprovalCase,
    history: &'h [ApprovalEvent],
) -> Option<&'h ApprovalEvent> {
    let last = history.last()?;
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

impl Order for WithHistory<TakeBack> {
    type On = ApprovalCase;

    fn verb(&self) -> ApprovalVerb {
        ApprovalVerb::TakeBack
    }

    fn version(&self) -> Option<i32> {
        Some(self.command.version)
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        let reason = rules::optional("reason", self.command.reason.as_deref(), rules::WORDS)?;
        let too_late = || Halt::from(Fault::new(Code::ApprovalTooLate));
        let last = may_take_back(draft.scene.actor.user, &draft.case, &self.history)
            .ok_or_else(too_late)?;
        let target = last.element.clone().ok_or_else(too_late)?;
        let leave: Vec<String> = draft.case.hung.places.keys().cloned().collect();
        if leave.contains(&target) {
            // One of several who sign at once: the others are still at it, and this vote is counted.
            return Err(too_late());
        }
        draft.event(
            self.verb(),
            Told {
                element: Some(target.clone()),
                task_no: last.task_no,
                ..Told::default()
            }
            .note(reason),
        );
        draft.jump(&Jump {
            leave: Vec::new(),
            go: vec![target.clone()],
            ..Jump::default()
        })?;
        let reopened: BTreeMap<i64, ()> = draft
            .case
            .hung
            .tasks
            .iter()
            .filter(|task| task.element == target && task.part == 0)
            .map(|task| (task.task_no, ()))
            .collect();
        if let (1, Some((task_no, ())), Some(user)) = (
            reopened.len(),
            reopened.first_key_value(),
            draft.scene.actor.user,
        ) {
            let name = draft.scene.actor.name.clone();
            draft.assign((*task_no, 0), user, &name);
        }
        Ok(())
    }
}

/// The history, read before the transaction; the version in the command keeps it from being stale.
async fn with_history<C>(ctx: &Ctx, id: ApprovalId, command: C) -> Result<WithHistory<C>, Fault> {
    ctx.ask(ApprovalVerb::Reject.need())?;
    let services = &ctx.services;
    let reader = services.store().reader();
    found(ctx, &reader, id).await.settle(services)?;
    let history = store::approvals::history(&reader, id)
        .await
        .settle(services)?;
    Ok(WithHistory { command, history })
}

/// Sends a case back to a step.
///
/// # Errors
/// `approval.target` for a step that was not done, or from which the case could not go on.
pub async fn reject(ctx: &Ctx, id: ApprovalId, command: Reject) -> Result<ApprovalActed, Fault> {
    let what = ("approval.reject", format!("approval:{id}"));
    let order = recorded(ctx, what, with_history(ctx, id, command)).await?;
    perform(ctx, id, order).await
}

/// Takes one's own newest decision back.
///
/// # Errors
/// `approval.take_back.too_late` once anything has happened since.
pub async fn take_back(
    ctx: &Ctx,
    id: ApprovalId,
    command: TakeBack,
) -> Result<ApprovalActed, Fault> {
    let what = ("approval.take-back", format!("approval:{id}"));
    let order = recorded(ctx, what, with_history(ctx, id, command)).await?;
    perform(ctx, id, order).await
}

#[cfg(test)]
mod tests {
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
