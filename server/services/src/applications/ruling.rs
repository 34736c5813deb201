//! Rulings on how a ticket counts from its ticket's side: which waits, which stand, and the first opinion.
//! Not here: asking and deciding, as for every application (`hang`), the verbs (`tickets/verbs/life/ruling`).
//! The newest that was granted stands, unless it revoked the one before.

use shared::application::{ApplicationSort, ApplicationStatus, ApplicationVerb, RulingOn};
use shared::fault::Fault;
use shared::ids::ApplicationId;
use shared::ticket::Verb;
use shared::ticket::view::RulingView;
use store::record::{Application, TicketCase};

use crate::host::vars;
use crate::process::waits_for;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

/// The ruling that waits for an opinion or for the decision; one at a time.
pub(crate) fn waiting_ruling(case: &TicketCase) -> Option<&Application> {
    let mut all = case.applications.iter().map(|it| &it.application);
    all.find(|it| it.sort.is_ruling() && it.status.is_open())
}

/// Whether it stands that the ticket counts so.
pub(crate) fn stands(case: &TicketCase, on: RulingOn) -> bool {
    let sort: ApplicationSort = on.sort();
    let all = case.applications.iter().map(|it| &it.application);
    let granted = all.filter(|it| it.sort == sort && it.status == ApplicationStatus::Granted);
    let newest = granted.max_by_key(|it| it.decided_at);
    newest.is_some_and(|it| !it.revokes)
}

/// What only a ruling on how the ticket counts has.
pub(crate) fn ruling_view(application: &Application) -> Option<RulingView> {
    Some(RulingView {
        reason: application.ruling_reason?,
        revokes: application.revokes,
        asked_by: application.asked_by_name.clone(),
        supported: application.supported,
        advice: application.advice.clone(),
        advised_by: application.advised_by_name.clone(),
        decided_by: application.decided_by_name.clone(),
    })
}

impl WorkingCopy<'_> {
    /// Gives the first opinion on a ruling that waits.
    pub fn advise_on(
        &mut self,
        id: ApplicationId,
        supports: bool,
        advice: &str,
    ) -> Result<(), Halt> {
        let case = self.known(id)?;
        self.beside(case, false, |one| {
            let (now, actor) = (one.now(), one.scene.actor);
            let application = &mut one.case.application;
            application.supported = Some(supports);
            application.advice = Some(advice.to_owned());
            application.advised_at = Some(now);
            application.advised_by = actor.user();
            application.advised_by_name = actor.signature();
            let told = Told::default()
                .of(application.assignment_id)
                .note(Some(advice))
                .fact("supported", supports);
            let mut tasks = one.case.hung.tasks.iter();
            let task = tasks.find(|task| waits_for(task, Verb::AdviseRuling));
            let task = task.map(|task| task.task_no).ok_or_else(Fault::missing)?;
            one.complete_task(task, vars([]))?;
            one.event(ApplicationVerb::Answer, told);
            Ok(())
        })
    }
}
