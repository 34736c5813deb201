//! What the reader may do with an approval now: the same questions that the verbs ask before they decide.
//! A button that is shown works; a verb that is not shown is refused (I6 is kept by the verbs, not by this list).
//! Not here: the verbs themselves (`verbs`).

use shared::access::needs;
use shared::approval::{ApprovalStatus, ApprovalVerb as V, EventKind, Part};
use store::record::{ApprovalEvent, Task};

use crate::approvals::draft::{Draft, is_open};
use crate::approvals::rights;
use crate::approvals::verbs::may_take_back;

/// Verbs of the case itself.
pub(super) fn of_case(draft: &Draft<'_>, history: &[ApprovalEvent]) -> Vec<V> {
    let (case, actor) = (&draft.case, draft.scene.actor);
    let status = case.approval.status;
    let running = status == ApprovalStatus::Running;
    let initiator = rights::is_initiator(actor, case);
    let (operates, looks_after) = (rights::operates(actor, case), rights::looks_after(actor));
    let holds = rights::holds_any(actor, case);
    let owed = case.papers.iter().any(|paper| paper.supplied_at.is_none());
    let mut verbs = Vec::new();
    let mut offer = |verb: V, fits: bool| {
        if fits {
            verbs.push(verb);
        }
    };
    offer(
        V::TakeBack,
        may_take_back(actor.user, case, history)
            .and_then(|event| event.element.as_ref())
            .is_some_and(|element| !case.hung.places.contains_key(element)),
    );
    offer(
        V::Correct,
        initiator && status == ApprovalStatus::Correcting,
    );
    offer(V::Supply, initiator && owed && is_open(status));
    offer(V::Copy, rights::takes_part(actor, case));
    offer(V::Suspend, running && (holds || looks_after));
    offer(
        V::Resume,
        status == ApprovalStatus::Suspended && (holds || looks_after),
    );
    offer(V::Cancel, is_open(status) && (initiator || looks_after));
    offer(V::Jump, running && operates && draft.not_begun().is_none());
    offer(V::SetVariables, is_open(status) && operates);
    let awaits = case
        .hung
        .listens
        .iter()
        .any(|(kind, _)| *kind == EventKind::Message);
    offer(V::Message, running && awaits && operates);
    verbs
}

/// Verbs of one open task, or of a part of it.
pub(super) fn of_task(draft: &Draft<'_>, task: &Task) -> Vec<V> {
    let (case, actor) = (&draft.case, draft.scene.actor);
    let mut verbs = Vec::new();
    if case.approval.status != ApprovalStatus::Running {
        return verbs;
    }
    let holds = rights::holds(actor, case, task) && needs::APPROVALS.is_met_by(&actor);
    let operates = rights::operates(actor, case);
    let main = task.kind == Part::Main;
    let mut offer = |verb: V, fits: bool| {
        if fits {
            verbs.push(verb);
        }
    };
    let mine = holds && task.active;
    offer(V::Approve, mine);
    offer(V::Refuse, mine);
    offer(V::Claim, mine && main && task.assignee.is_none());
    offer(V::Reject, mine && main);
    offer(V::AskCorrection, mine && main);
    offer(V::AcceptLacking, mine && main);
    offer(V::AddSigner, mine && main);
    offer(V::Delegate, mine && main);
    offer(V::Transfer, mine || operates);
    let several = task.role.is_some() || case.hung.candidates.contains_key(&task.task_no);
    offer(
        V::Release,
        mine && main && task.assignee.is_some() && several,
    );
    let added = matches!(task.kind, Part::Before | Part::After | Part::Beside);
    let holds_main = draft
        .find(task.task_no, 0)
        .is_some_and(|main| rights::holds(actor, case, main));
    let asked = task.asked_by.is_some() && task.asked_by == actor.user;
    let turns = case
        .hung
        .tasks
        .iter()
        .filter(|other| other.part == 0 && other.element == task.element)
        .count();
    offer(
        V::RemoveSigner,
        (added && (asked || holds_main || operates))
            || (main
                && turns > 1
                && draft.is_turn(task.task_no)
                && (rights::is_initiator(actor, case) || operates)),
    );
    offer(V::ChangeDue, rights::looks_after(actor));
    verbs
}
