//! Back to intake (退回补充): the task of the gate goes into the hands of whoever took the request down, who completes it and submits it again.
//! It is the same task all the while, so that it works in every version of the process; as long as it is the agent's, the ticket waits for that.
//! Not here: the state that follows (`process::derive_state`), whose to-do the task is (`store::host::to_do`), declining and answering meanwhile.

use shared::access::Role;
use shared::command::CategoryCode;
use shared::fault::{Code, Fault};
use shared::notice::{Audience, NoticeKind};
use shared::place;
use shared::process::limit::{self, Stage};
use shared::ticket::Verb;
use shared::ticket::verbs::{Resubmit, ToIntake};
use store::record::TicketCase;

use crate::host::{Decide, Kind as _};
use crate::process::said::{AT_DESK, AT_GATE};
use crate::tickets::ladder;
use crate::tickets::opening::{self, Deadline};
use crate::tickets::verbs::dispatch;
use crate::tickets::verbs::register::{Place, place_of};
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};
use crate::views::sight::hush::came_back;

/// What whoever took it down may do meanwhile: complete it, or answer or decline it after all.
const MEANWHILE: [Verb; 3] = [Verb::Resubmit, AT_DESK, Verb::Decline];

/// Facts of the history that hold what the citizen had said before; shown as the citizen's words are.
pub(crate) const WORDS_BEFORE: [&str; 2] = ["title_before", "content_before"];

impl Decide for ToIntake {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let gate = copy.task_for(AT_GATE, None).map(|it| it.task_no);
        let gate = gate.ok_or_else(|| copy.not_allowed(Verb::ToIntake))?;
        let due = due(copy);
        let words = MEANWHILE.map(Verb::as_str);
        let mut tasks = copy.case.hung.tasks.iter_mut();
        if let Some(task) = tasks.find(|it| it.task_no == gate) {
            task.role = Some(Role::Agent);
            task.verbs = words.join(" ");
        }
        begin_anew(copy, gate, due);
        let ticket = &copy.case.ticket;
        let audience = match ticket.accepted_by {
            Some(person) => Some(Audience::Person(person)),
            None => ladder::of_centre(copy.scene.reference, &ticket.region, &[Role::ShiftLead]),
        };
        if let Some(audience) = audience {
            copy.tell(NoticeKind::Incomplete, &audience);
        }
        let told = Told::default().note(Some(&*self.missing));
        copy.event(Verb::ToIntake, told);
        Ok(())
    }
}

impl Decide for Resubmit {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let task = copy.task_for(Verb::Resubmit, None).map(|it| it.task_no);
        let task = task.ok_or_else(|| copy.not_allowed(Verb::Resubmit))?;
        let told = Told::default().note(Some(&*self.note));
        let told = correct_words(self, copy, told)?;
        let told = correct_place(self, copy, told)?;
        let told = correct_matter(self, copy, told)?;
        dispatch::reckon(copy);
        let mut tasks = copy.case.hung.tasks.iter_mut();
        if let Some(gate) = tasks.find(|it| it.task_no == task) {
            gate.verbs.clear();
        }
        TicketCase::refit(copy, task);
        let due = opening::due_of(copy, Stage::Dispatch, None);
        begin_anew(copy, task, due);
        copy.event(Verb::Resubmit, told);
        Ok(())
    }
}

/// By when it is to be submitted again: by the limit table, or the shipped limit where that has none.
fn due(copy: &WorkingCopy<'_>) -> Deadline {
    let due = opening::due_of(copy, Stage::Intake, None);
    if due.at.is_some() {
        return due;
    }
    let hours = &copy.scene.reference.hours;
    let calendar = hours.of_place(&copy.case.ticket.region);
    let due = calendar.due(copy.now(), limit::INTAKE);
    Deadline {
        at: Some(due.at),
        warn_at: Some(due.warn_at),
        provisional: due.provisional,
    }
}

/// A task waits for somebody else from now on, with a deadline of its own.
fn begin_anew(copy: &mut WorkingCopy<'_>, task_no: i64, due: Deadline) {
    let now = copy.now();
    let region = copy.case.ticket.region.clone();
    let mut tasks = copy.case.hung.tasks.iter_mut();
    if let Some(task) = tasks.find(|it| it.task_no == task_no) {
        task.opened_at = now;
        task.due_at = due.at;
        task.warn_at = due.warn_at;
        task.provisional = due.provisional;
        task.region = Some(region);
    }
}

/// Title and content; what they were stays in the history.
fn correct_words(
    command: &Resubmit,
    copy: &mut WorkingCopy<'_>,
    mut told: Told,
) -> Result<Told, Fault> {
    if let Some(typed) = command.title.as_deref() {
        let before = copy.case.ticket.title.clone();
        let title = came_back("title", Some(&before), typed)?;
        if title != before {
            copy.ticket().title = title;
            told = told.fact(WORDS_BEFORE[0], before);
        }
    }
    if let Some(typed) = command.content.as_deref() {
        let before = copy.case.ticket.content.clone();
        let content = came_back("content", Some(&before), typed)?;
        if content != before {
            copy.ticket().content = content;
            told = told.fact(WORDS_BEFORE[1], before);
        }
    }
    Ok(told)
}

/// Division and address, in the city in which the ticket has its number. A position that was sent for another place goes with it.
fn correct_place(
    command: &Resubmit,
    copy: &mut WorkingCopy<'_>,
    mut told: Told,
) -> Result<Told, Fault> {
    if let Some(typed) = command.address.as_deref() {
        let before = copy.case.ticket.address.clone();
        let address = came_back("address", before.as_deref(), typed)?;
        if before.as_ref() != Some(&address) {
            copy.ticket().address = Some(address);
            told = told.fact("address_corrected", true);
        }
    }
    let Some(code) = &command.region else {
        return Ok(told);
    };
    let outside = || Fault::field("region", Code::InputPlace);
    let place = place_of(copy.scene.reference, code.as_str()).ok_or_else(outside)?;
    let Place {
        region,
        street,
        city,
    } = place;
    let ticket = &copy.case.ticket;
    if place::city_code(&ticket.region) != Some(city) {
        return Err(outside());
    }
    let is_known = ticket.region == region && (street.is_none() || ticket.street == street);
    if is_known {
        return Ok(told);
    }
    let ticket = copy.ticket();
    let before = std::mem::replace(&mut ticket.region, region);
    ticket.street = street;
    (ticket.lon, ticket.lat) = (None, None);
    ticket.source_words.remove("region");
    Ok(told.fact("region_before", before))
}

/// Kind and category.
fn correct_matter(
    command: &Resubmit,
    copy: &mut WorkingCopy<'_>,
    mut told: Told,
) -> Result<Told, Fault> {
    if let Some(kind) = command.kind.filter(|kind| *kind != copy.case.ticket.kind) {
        let before = copy.case.ticket.kind;
        let ticket = copy.ticket();
        ticket.kind = kind;
        ticket.source_words.remove("kind");
        told = told.fact("kind_before", before);
    }
    let Some(said) = command.category.as_ref().map(CategoryCode::as_str) else {
        return Ok(told);
    };
    let reference = copy.scene.reference;
    let called = reference
        .lists
        .category_called(&copy.case.ticket.region, said);
    let category = called.unwrap_or_else(|| said.to_owned());
    if !reference.is_leaf_category(&category) {
        return Err(Fault::field("category", Code::InputCategory));
    }
    let ticket = copy.ticket();
    let before = ticket.category.replace(category);
    ticket.source_words.remove("category");
    if before != ticket.category {
        told = told.fact("category_before", before.unwrap_or_default());
    }
    Ok(told)
}
