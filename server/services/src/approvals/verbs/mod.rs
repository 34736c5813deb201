//! The verbs on approvals, a file for those that belong together: when each fits, and what it changes. What it takes and asks stands in
//! `shared::approval::verbs`, the machinery around it is `host`; rights and states are asked before (`perform`).
//! Not here: filing (`start`), what the clock and services do (`jobs`).

mod copy;
mod correction;
mod decide;
mod erase_applicant;
mod hand_over;
mod lacking;
mod operate;
mod pause;
mod reject;
mod settle;
mod signers;

use shared::command::Username;
use shared::fault::{Code, Fault};
use shared::ids::UserId;
use shared::verb::Piece;
use store::record::Task;

use super::people::Person;
use super::rights;
use super::working_copy::{Halt, WorkingCopy};

pub(crate) use correction::{asked, start_element};
pub(crate) use decide::fields;
pub(crate) use operate::values;
pub(crate) use reject::back_targets;

/// The piece that a verb is about.
fn task_of(copy: &WorkingCopy<'_>, piece: Option<Piece>) -> Result<Task, Halt> {
    let task = piece.and_then(|piece| copy.find(piece.task, piece.part));
    task.cloned().ok_or_else(|| Fault::missing().into())
}

/// Whom a form's field `user` gives a task to; `has` says whether somebody has it already.
fn given_to(
    copy: &WorkingCopy<'_>,
    task: &Task,
    name: &Username,
    has: impl Fn(UserId) -> bool,
) -> Result<Person, Fault> {
    let person = copy.scene.people.must("user", name.as_str())?;
    if has(person.user) {
        return Err(Fault::field("user", Code::InputTaken));
    }
    rights::may_be_given(&person, &copy.case, task).map_err(|why| why.fault("user"))?;
    Ok(person)
}
