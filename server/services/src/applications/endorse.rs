//! The unit's own word on what it asks of the centre: where an office wants it, the first task of a request is the unit leader's, and becomes the
//! centre's once it was passed on. Where the unit has no other leader than who asks, the step is passed, and the request says so.
//! It is the same task all the while: no version of the process knows more than the ruling. Not here: asking and deciding (`hang`).

use shared::access::Role;
use shared::application::{ApplicationSort, ApplicationVerb};
use shared::fault::Fault;
use shared::ids::{ApplicationId, AssignmentId};
use shared::notice::{Audience, NoticeKind};
use shared::process::limit::Stage;
use shared::ticket::Verb;
use shared::ticket::view::EndorsedView;
use store::record::{Application, ApplicationCase, TicketCase};

use super::hang::OfOne;
use crate::host::vars;
use crate::process::waits_for;
use crate::reference::Timed;
use crate::tickets::opening;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

/// Whether a request goes to the unit's leader first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum First {
    /// The office wants no such step, or it is none of the unit's requests.
    Nobody,
    /// There is no other leader than who asks.
    Passed,
    /// The unit's leader.
    Leader,
}

fn is_with_unit(case: &ApplicationCase) -> bool {
    let mut tasks = case.hung.tasks.iter();
    case.is_open() && tasks.any(|task| waits_for(task, Verb::Endorse))
}

/// What the unit asks about an assignment and has not passed on yet.
pub(crate) fn with_unit(case: &TicketCase, assignment: AssignmentId) -> Option<&Application> {
    let mut all = case.applications.iter();
    let found = all.find(|it| it.application.assignment_id == assignment && is_with_unit(it));
    found.map(|it| &it.application)
}

/// Whether a request waits for the unit's own word.
pub(crate) fn waits_for_unit(case: &TicketCase, id: ApplicationId) -> bool {
    let mut all = case.applications.iter();
    all.any(|it| it.application.id == id && is_with_unit(it))
}

/// How it stands with the unit's word on a request; nothing where none was wanted.
pub(crate) fn endorsed_view(case: &TicketCase, application: &Application) -> Option<EndorsedView> {
    if !application.sort.is_of_unit() {
        return None;
    }
    let waits = waits_for_unit(case, application.id);
    let was_given = application.advised_at.is_some();
    (waits || was_given).then(|| EndorsedView {
        waits,
        supported: application.supported,
        words: application.advice.clone(),
        by: application.advised_by_name.clone(),
        at: application.advised_at,
    })
}

/// Gives the first task of a new request to the unit's leader, or notes that there is none.
pub(super) fn begin(one: &mut OfOne<'_>, first: First) {
    let now = one.now();
    let reference = one.scene.reference;
    match first {
        First::Nobody => {}
        First::Passed => one.case.application.advised_at = Some(now),
        First::Leader => {
            let unit = reference.units.get(&one.case.application.unit);
            for task in &mut one.case.hung.tasks {
                task.role = Some(Role::UnitReviewer);
                task.unit = unit.map(|unit| unit.code.clone());
                task.unit_path = unit.map(|unit| unit.path.clone());
                Verb::Endorse.as_str().clone_into(&mut task.verbs);
            }
        }
    }
}

impl WorkingCopy<'_> {
    /// Who looks at a request first.
    pub(super) fn first_of(&self, sort: ApplicationSort) -> First {
        if !self.scene.reference.unit_first || !sort.is_of_unit() {
            return First::Nobody;
        }
        let asks = self.scene.actor.user();
        let leads = asks.is_some_and(|asks| self.leaders.contains(&asks));
        if leads || self.leaders.is_empty() {
            First::Passed
        } else {
            First::Leader
        }
    }

    /// The unit's leader passes a request on, or stops it.
    pub fn endorse(
        &mut self,
        id: ApplicationId,
        passes: bool,
        words: Option<&str>,
    ) -> Result<(), Halt> {
        let case = self.known(id)?;
        let application = &case.application;
        let (sort, unit) = (application.sort, application.unit.clone());
        let dispatcher = self.assignment(application.assignment_id)?.dispatched_by;
        if !passes {
            let roles = [Role::UnitLiaison, Role::Handler];
            self.tell_unit(NoticeKind::Ruled, &unit, &roles);
        } else if let Some(dispatcher) = dispatcher.filter(|_| sort.is_the_dispatchers()) {
            self.tell(NoticeKind::Asked, &Audience::Person(dispatcher));
        }
        let (reference, now) = (self.scene.reference, self.now());
        let timed = opening::deadline(reference, &self.case.ticket, Stage::Rule, now);
        self.beside(case, false, |one| {
            let mut tasks = one.case.hung.tasks.iter();
            let task = tasks.find(|task| waits_for(task, Verb::Endorse));
            let task = task.map(|task| task.task_no).ok_or_else(Fault::missing)?;
            note(one, passes, words);
            let told = Told::default()
                .of(one.case.application.assignment_id)
                .note(words)
                .fact("supported", passes);
            if passes {
                hand_on(one, task, timed);
            } else {
                one.complete_task(task, vars([("is_granted", false.into())]))?;
            }
            one.event(ApplicationVerb::Answer, told);
            Ok(())
        })
    }
}

/// What the leader said; what is stopped was decided by it.
fn note(one: &mut OfOne<'_>, passes: bool, words: Option<&str>) {
    let (now, actor) = (one.now(), one.scene.actor);
    let application = &mut one.case.application;
    application.supported = Some(passes);
    application.advice = words.map(str::to_owned);
    application.advised_at = Some(now);
    application.advised_by = actor.user();
    application.advised_by_name = actor.signature();
    if !passes {
        application.decided_at = Some(now);
        application.decided_by = actor.user();
        application.decided_by_name = actor.signature();
    }
}

/// The task is what the process says of it from now on, with the limit of a ruling that begins now.
fn hand_on(one: &mut OfOne<'_>, task_no: i64, timed: Option<Timed>) {
    let now = one.now();
    let library = one.scene.library;
    let due = timed.map(|timed| timed.due);
    if let Some(due) = due {
        let application = &mut one.case.application;
        application.due_at = Some(due.at);
        application.warn_at = Some(due.warn_at);
        application.provisional = due.provisional;
    }
    let mut tasks = one.case.hung.tasks.iter_mut();
    let Some(task) = tasks.find(|task| task.task_no == task_no) else {
        return;
    };
    let Some(element) = library.main.element(&task.element) else {
        return;
    };
    task.role = element.attr("role").and_then(Role::parse);
    task.verbs = element.attr("verb").unwrap_or_default().to_owned();
    (task.unit, task.unit_path) = (None, None);
    task.opened_at = now;
    if let Some(due) = due {
        task.due_at = Some(due.at);
        task.warn_at = Some(due.warn_at);
        task.provisional = due.provisional;
    }
}
