//! Who may do what with an approval: holders of open tasks, the initiator, people who read along, and process owners.
//! Duties are apart: nobody decides on what he filed himself, and a task goes only to somebody who may do it, where he works.
//! Not here: permissions of roles (`shared::access::policy`), whether a verb fits now (each verb).
//! The same questions make the list of actions on pages, so that a button that is shown works (I6).

use shared::access::{Actor, Area, Permission, Scope, needs};
use shared::approval::Part;
use shared::approval::verbs::By;
use store::record::{ApprovalCase, Involved, Task};

use super::working_copy::WorkingCopy;

pub(crate) use shared::process::obstacle::Barrier;

use super::people::Person;

/// Whether a task, or a part of one, waits for the actor: by name, as one of several, or by role and unit.
pub(crate) fn holds(actor: &Actor, case: &ApprovalCase, task: &Task) -> bool {
    let Some(user) = actor.user() else {
        return false;
    };
    match task.assignee {
        // The initiator corrects what is his own.
        Some(assignee) if task.kind == Part::Correction => assignee == user,
        // What is named to somebody who is away, whoever stands in for him does as well.
        Some(assignee) => {
            actor.users().any(|own| own == assignee)
                && task.barred != Some(user)
                && actor.may(Permission::ApprovalAct)
        }
        None => may_claim(actor, case, task),
    }
}

/// Whether the actor is one of several who may take an unclaimed task.
pub(crate) fn may_claim(actor: &Actor, case: &ApprovalCase, task: &Task) -> bool {
    let Some(user) = actor.user() else {
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
            .is_some_and(|people| actor.users().any(|own| people.contains(&own)));
    let region = task.region.as_deref().unwrap_or_default();
    let by_role = task.role.is_some_and(|role| {
        let mut does = actor.posts.iter().filter(|post| post.tasks.contains(&role));
        does.any(|post| match &task.unit {
            Some(unit) => post.place.unit == *unit,
            None => is_of(&post.place.region, region),
        })
    });
    named || by_role
}

/// Whether somebody works for an area as one of a city's people: in its city, or for the province above it.
pub(crate) fn in_area(actor: &Actor, region: &str) -> bool {
    let own = actor.region.as_deref();
    own.is_some_and(|own| is_of(own, region))
        || actor
            .posts
            .iter()
            .any(|post| is_of(&post.place.region, region))
}

fn is_of(own: &str, region: &str) -> bool {
    Area::city_of(own).covers(region)
}

/// Whether a task can be somebody's: the permission, the area of the case, and not whoever filed it.
pub(crate) fn may_be_given(
    person: &Person,
    case: &ApprovalCase,
    task: &Task,
) -> Result<(), Barrier> {
    let of_unit = task
        .unit
        .as_ref()
        .is_some_and(|unit| person.actor.is_at(unit));
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
    actor.user() == Some(case.approval.started_by)
}

/// Whether the actor filed it or has or had a task in it.
pub(crate) fn takes_part(actor: &Actor, case: &ApprovalCase) -> bool {
    actor.user().is_some_and(|user| {
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

/// Whether the actor has to do with the case, or with this piece of it, as a verb asks.
pub(crate) fn is(by: By, copy: &WorkingCopy<'_>, task: Option<&Task>) -> bool {
    let (actor, case) = (copy.scene.actor, &copy.case);
    match by {
        By::Holder => task.map_or_else(|| holds_any(actor, case), |task| holds(actor, case, task)),
        By::HolderOfTask => {
            let main = task.and_then(|task| copy.find(task.task_no, 0));
            main.is_some_and(|main| holds(actor, case, main))
        }
        By::Asker => {
            task.is_some_and(|task| task.asked_by.is_some() && task.asked_by == actor.user())
        }
        By::Initiator => is_initiator(actor, case),
        By::Participant => takes_part(actor, case),
        By::Keeper => looks_after(actor),
        By::Operator => operates(actor, case),
    }
}

/// Whether the actor may see in the clear, for a reason, what the case holds of persons.
pub(crate) fn may_reveal(actor: &Actor, case: &ApprovalCase) -> bool {
    let approval = &case.approval;
    let Some(scope) = needs::REVEAL.scope(actor) else {
        return false;
    };
    scope.parts().iter().any(|part| match part {
        Scope::Own(_) | Scope::Team(_) => takes_part(actor, case),
        Scope::Unit(_) | Scope::UnitTree(_) => {
            part.covers_unit(&approval.unit, &approval.unit_path) || holds_any(actor, case)
        }
        Scope::Region(_) | Scope::Any(_) | Scope::All => {
            part.covers_region(&approval.region) || holds_any(actor, case)
        }
    })
}
