//! The verbs on approvals, a file for each pair that answers each other. A verb is rights, rules and what it changes; the machinery
//! around it is `perform` and `draft`. What was typed is read after rights and state are asked, and told at once (`shared::fault::both`).
//! Not here: filing (`start`), what the clock and services do (`jobs`).

mod copy;
mod correction;
mod decide;
mod hand_over;
mod lacking;
mod operate;
mod pause;
mod reject;
mod settle;
mod signers;

use shared::approval::{ApprovalStatus, ApprovalVerb, Part};
use shared::fault::{Code, Fault};
use shared::ids::UserId;
use store::record::Task;

use super::draft::{Draft, Halt};
use super::people::Person;
use super::rights;

pub use copy::copy;
pub use correction::{ask_correction, correct};
pub use decide::decide;
pub use hand_over::{claim, delegate, release, transfer};
pub use lacking::{accept_lacking, supply};
pub use operate::{change_due, jump, message, set_variables};
pub use pause::{cancel, resume, suspend};
pub use reject::{reject, take_back};
pub use settle::{retry, skip};
pub use signers::{add_signer, remove_signer};

pub(crate) use operate::values;
pub(crate) use reject::{back_targets, may_take_back};

/// The part that a verb is about, when it waits for the actor now.
pub(crate) fn held(
    draft: &Draft<'_>,
    verb: ApprovalVerb,
    task_no: i64,
    part: i32,
) -> Result<Task, Halt> {
    let task = draft
        .find(task_no, part)
        .cloned()
        .ok_or_else(Fault::missing)?;
    if !rights::holds(draft.scene.actor, &draft.case, &task) {
        return Err(Fault::denied().into());
    }
    if !task.active {
        return Err(draft.not_now(verb));
    }
    Ok(task)
}

/// The task itself, when it waits for the actor now.
pub(crate) fn held_main(draft: &Draft<'_>, verb: ApprovalVerb, task_no: i64) -> Result<Task, Halt> {
    let task = held(draft, verb, task_no, 0)?;
    if task.kind == Part::Main {
        Ok(task)
    } else {
        Err(draft.not_now(verb))
    }
}

/// Whom a form's field `user` gives a task to; `has` says whether somebody has it already.
pub(crate) fn given_to(
    draft: &Draft<'_>,
    task: &Task,
    name: &str,
    has: impl Fn(UserId) -> bool,
) -> Result<Person, Fault> {
    let person = draft.scene.people.must("user", name)?;
    if has(person.user) {
        return Err(Fault::field("user", Code::InputTaken));
    }
    rights::may_be_given(&person, &draft.case, task).map_err(|why| why.fault("user"))?;
    Ok(person)
}

/// The case goes on at present.
pub(crate) fn under_way(draft: &Draft<'_>, verb: ApprovalVerb) -> Result<(), Halt> {
    if draft.case.approval.status == ApprovalStatus::Running {
        Ok(())
    } else {
        Err(draft.not_now(verb))
    }
}
