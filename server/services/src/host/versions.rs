//! A case on another version of its definition, and back: what a kind says for it (`Moves`), and its working copy, whose open things keep their
//! numbers and get the names that the version has. Timers that both versions have run on; those that only one has are set or gone.
//! Not here: finding the places (`bpmn::change`), which cases, one transaction for each (`approvals::owner`).

use shared::access::Scope;
use shared::ids::CaseId;
use store::{Conn, StoreError, Tx};

use super::library::Pins;
use super::{Hosted, Kind, WorkingCopy, number};
use crate::context::Ctx;
use crate::fault::Failure;

/// Cases behind one of a version, and how many of them at most.
pub(crate) type Page = (Option<CaseId>, u32);

/// A kind of case that goes from one version of its definition to another.
pub(crate) trait Moves: Hosted {
    /// What its history says of a move, and of one that was taken back.
    const MOVED: Self::Verb;
    const MOVED_BACK: Self::Verb;

    /// Open cases of a version, in order.
    fn of_version(
        conn: &dyn Conn,
        scope: &Scope,
        version: (&str, i32),
        page: Page,
    ) -> impl Future<Output = Result<Vec<CaseId>, StoreError>> + Send;

    /// The same, each with its process; without one where it waits at its start.
    fn standings(
        conn: &dyn Conn,
        scope: &Scope,
        version: (&str, i32),
        page: Page,
    ) -> impl Future<Output = Result<Vec<(CaseId, Option<String>)>, StoreError>> + Send;

    /// The case inside a scope.
    fn within(
        ctx: &Ctx,
        tx: &Tx,
        scope: &Scope,
        id: CaseId,
    ) -> impl Future<Output = Result<Option<Self>, StoreError>> + Send;

    /// The version that it runs on, with the versions of what it may call.
    fn runs_on(&self) -> (i32, Pins);

    /// It runs on another one from now on.
    fn run_on(&mut self, version: i32, pins: &Pins);

    /// How far it is: another number after whatever happens to it.
    fn stand(&self) -> i32;

    /// What has to be kept of it to take the move back.
    fn kept(&self) -> Result<Vec<u8>, Failure>;

    /// The process in what was kept.
    fn process_in(kept: &[u8]) -> Result<Option<String>, Failure>;
}

impl<C: Kind> WorkingCopy<'_, C> {
    /// Names the elements of open things as another version of the definition has them; their numbers stay.
    pub fn rename(&mut self, instance: &bpmn::Instance) {
        for open in instance.tasks() {
            let no = number(open.id);
            let hung = self.case.hung_mut();
            for task in hung.tasks.iter_mut().filter(|t| t.task_no == no) {
                task.element.clone_from(&open.element);
            }
            for call in hung.calls.iter_mut().filter(|c| c.task_no == no) {
                call.element.clone_from(&open.element);
            }
            for incident in hung
                .incidents
                .iter_mut()
                .filter(|i| i.settled_at.is_none() && i.task_no == Some(no))
            {
                incident.element.clone_from(&open.element);
            }
            C::refit(self, no);
        }
        for open in instance.timers() {
            let no = number(open.id);
            let timers = &mut self.case.hung_mut().timers;
            for timer in timers.iter_mut().filter(|t| t.timer_no == no) {
                timer.element.clone_from(&open.element);
            }
        }
    }

    /// Keeps the timers that a state has, and sets those that it has and the case has not.
    pub fn restore_timers(&mut self, instance: &bpmn::Instance) {
        let open = instance.timers();
        self.case
            .hung_mut()
            .timers
            .retain(|timer| open.iter().any(|o| number(o.id) == timer.timer_no));
        for timer in open {
            let no = number(timer.id);
            if !self.case.hung().timers.iter().any(|t| t.timer_no == no) {
                self.set_timer(no, timer.element, (&timer.spec, &timer.vars));
            }
        }
    }
}
