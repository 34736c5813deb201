//! Who may do what with an approval: holders of open tasks, the initiator, people who read along, and process owners.
//! Not here: permissions of roles (`shared::access::policy`), whether a verb fits now (each verb).
//! The same questions make the list of actions on pages, so that a button that is shown works (I6).

use shared::access::{Actor, Permission};
use shared::approval::Part;
use store::record::{ApprovalCase, ApprovalTask, Involved};

/// Whether a task, or a part of one, waits for the actor: by name, as one of several, or by role and unit.
pub(crate) fn holds(actor: &Actor, case: &ApprovalCase, task: &ApprovalTask) -> bool {
    let Some(user) = actor.user else {
        return false;
    };
    if let Some(assignee) = task.assignee {
        return assignee == user;
    }
    may_claim(actor, case, task)
}

/// Whether the actor is one of several who may take an unclaimed task.
pub(crate) fn may_claim(actor: &Actor, case: &ApprovalCase, task: &ApprovalTask) -> bool {
    let Some(user) = actor.user else {
        return false;
    };
    if task.assignee.is_some() || !actor.may(Permission::ApprovalAct) {
        return false;
    }
    let named = task.part == 0
        && case
            .candidates
            .get(&task.task_no)
            .is_some_and(|people| people.contains(&user));
    let by_role = task.role.is_some_and(|role| actor.roles.contains(&role))
        && match &task.unit {
            Some(unit) => actor.unit.as_ref() == Some(unit),
            None => in_area(actor, task.region.as_deref().unwrap_or_default()),
        };
    named || by_role
}

/// Whether somebody works for an area: its city, or the province above it.
fn in_area(actor: &Actor, region: &str) -> bool {
    let Some(own) = actor.region.as_deref().and_then(|region| region.get(..4)) else {
        return false;
    };
    own.ends_with("00") || region.starts_with(own)
}

/// Whether the actor holds any part of the case, waiting or not.
pub(crate) fn holds_any(actor: &Actor, case: &ApprovalCase) -> bool {
    case.tasks
        .iter()
        .any(|task| task.kind != Part::Correction && holds(actor, case, task))
}

/// Whether the actor filed it.
pub(crate) fn is_initiator(actor: &Actor, case: &ApprovalCase) -> bool {
    actor.user == Some(case.approval.started_by)
}

/// Whether the actor filed it or has or had a task in it.
pub(crate) fn takes_part(actor: &Actor, case: &ApprovalCase) -> bool {
    actor.user.is_some_and(|user| {
        case.people
            .iter()
            .any(|person| person.user == user && person.part != Involved::Reader)
    }) || holds_any(actor, case)
}

/// Whether the actor looks after running processes.
pub(crate) fn operates(actor: &Actor) -> bool {
    actor.may(Permission::ProcessOperate)
}
