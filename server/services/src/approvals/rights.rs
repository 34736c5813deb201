//! Who may do what with an approval: holders of open tasks, the initiator, people who read along, and process owners.
//! Duties are apart: nobody decides on what he filed himself, and a task goes only to somebody who may do it, where he works.
//! Not here: permissions of roles (`shared::access::policy`), whether a verb fits now (each verb).
//! The same questions make the list of actions on pages, so that a button that is shown works (I6).

use shared::access::{Actor, Permission, Scope, needs};
use shared::approval::Part;
use store::record::{ApprovalCase, Involved, Task};

pub(crate) use shared::process::obstacle::Barrier;

use super::people::Person;

/// Whether a task, or a part of one, waits for the actor: by name, as one of several, or by role and unit.
pub(crate) fn holds(actor: &Actor, case: &ApprovalCase, task: &Task) -> bool {
    let Some(user) = actor.user else {
        return false;
    };
    match task.assignee {
        // The initiator corrects what is his own.
        Some(assignee) if task.kind == Part::Correction => assignee == user,
        Some(assignee) => {
            assignee == user && task.barred != Some(user) && actor.may(Permission::ApprovalAct)
        }
        None => may_claim(actor, case, task),
    }
}

/// Whether the actor is one of several who may take an unclaimed task.
pub(crate) fn may_claim(actor: &Actor, case: &ApprovalCase, task: &Task) -> bool {
    let Some(user) = actor.user else {
        return false;
    };
    if task.assignee.is_some() || task.barred == Some(user) || !actor.may(Permission::ApprovalAct) {
        return false;
    }
    let named = task.part == 0
        && case
            .hung
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

/// Whether somebody works for an area as one of a city's people: in its city, or for the province above it.
pub(crate) fn in_area(actor: &Actor, region: &str) -> bool {
    let Some(own) = actor.region.as_deref().filter(|own| !own.is_empty()) else {
        return false;
    };
    let prefix = shared::place::prefix(own);
    region.starts_with(prefix.get(..4).unwrap_or(prefix))
}

/// Whether a task can be somebody's: the permission, the area of the case, and not whoever filed it.
pub(crate) fn may_be_given(
    person: &Person,
    case: &ApprovalCase,
    task: &Task,
) -> Result<(), Barrier> {
    let of_unit = task.unit.is_some() && task.unit == person.actor.unit;
    if task.barred == Some(person.user) {
        Err(Barrier::Filed)
    } else if !person.actor.may(Permission::ApprovalAct) {
        Err(Barrier::NoRight)
    } else if !of_unit && !in_area(&person.actor, &case.approval.region) {
        Err(Barrier::Elsewhere)
    } else {
        Ok(())
    }
}

/// Whether somebody can be let read along.
pub(crate) fn may_read_along(person: &Person, case: &ApprovalCase) -> Result<(), Barrier> {
    if !needs::APPROVALS.is_met_by(&person.actor) {
        Err(Barrier::NoRight)
    } else if !in_area(&person.actor, &case.approval.region) {
        Err(Barrier::Elsewhere)
    } else {
        Ok(())
    }
}

/// Whether the actor holds any part of the case, waiting or not.
pub(crate) fn holds_any(actor: &Actor, case: &ApprovalCase) -> bool {
    case.hung
        .tasks
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
        case.hung
            .people
            .iter()
            .any(|person| person.user == user && person.part != Involved::Reader)
    }) || holds_any(actor, case)
}

/// Whether the actor looks after running processes: sees why a case stands still, and lets it be tried again.
pub(crate) fn looks_after(actor: &Actor) -> bool {
    needs::OPERATING.is_met_by(actor)
}

/// Whether the actor may take a case past its steps. That is deciding, so not on what he filed himself.
pub(crate) fn operates(actor: &Actor, case: &ApprovalCase) -> bool {
    looks_after(actor) && !(case.approval.filed && is_initiator(actor, case))
}

/// Whether the actor may see in the clear, for a reason, what the case holds of persons.
pub(crate) fn may_reveal(actor: &Actor, case: &ApprovalCase) -> bool {
    let approval = &case.approval;
    match needs::REVEAL.scope(actor) {
        None => false,
        Some(Scope::Own(_)) => takes_part(actor, case),
        Some(Scope::Unit(unit)) => approval.unit == unit || holds_any(actor, case),
        Some(Scope::UnitTree(path)) => {
            (!path.is_empty() && approval.unit_path.starts_with(&path)) || holds_any(actor, case)
        }
        Some(Scope::Region(prefix)) => {
            (!prefix.is_empty() && approval.region.starts_with(&prefix)) || holds_any(actor, case)
        }
        Some(Scope::All) => true,
    }
}
