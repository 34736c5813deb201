//! Settle an incident: retry (重试) what stopped, or skip (跳过) it.
//! A service is called again or taken as done; a timer is set again or taken away; a stuck condition is tried again by whoever decides.
//! Not here: changing variables or jumping first (`operate`).

use bpmn::Vars;
use serde::Serialize;
use shared::approval::command::Settle;
use shared::approval::view::ApprovalActed;
use shared::approval::{ApprovalVerb, IncidentKind, rules};
use shared::fault::Fault;
use shared::ids::ApprovalId;
use store::record::{ApprovalCase, Incident};

use super::under_way;
use crate::approvals::draft::{Draft, Halt, Told};
use crate::approvals::perform::{Order, perform};
use crate::approvals::rights;
use crate::context::Ctx;
use crate::host::number;

/// What is done about an incident.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
enum How {
    Retry,
    Skip,
}

/// Settling, as the runner sees it.
#[derive(Debug, Clone, Serialize)]
struct Settling(How, Settle);

fn open_incident(draft: &Draft<'_>, number: i32) -> Result<Incident, Halt> {
    draft
        .case
        .hung
        .incidents
        .iter()
        .find(|incident| incident.n == number && incident.settled_at.is_none())
        .cloned()
        .ok_or_else(|| Fault::missing().into())
}

fn told(incident: &Incident, reason: String) -> Told {
    Told {
        element: Some(incident.element.clone()).filter(|element| !element.is_empty()),
        task_no: incident.task_no,
        ..Told::default()
    }
    .note(Some(reason))
    .fact("incident", incident.n)
    .fact("kind", incident.kind)
}

impl Order for Settling {
    type On = ApprovalCase;

    fn verb(&self) -> ApprovalVerb {
        match self.0 {
            How::Retry => ApprovalVerb::Retry,
            How::Skip => ApprovalVerb::Skip,
        }
    }

    fn version(&self) -> Option<i32> {
        Some(self.1.version)
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        if self.0 == How::Skip && !rights::operates(draft.scene.actor, &draft.case) {
            return Err(Fault::denied().into());
        }
        under_way(draft, self.verb())?;
        let incident = open_incident(draft, self.1.incident)?;
        let reason = rules::required("reason", &self.1.reason, rules::WORDS)?;
        draft.event(self.verb(), told(&incident, reason));
        draft.settle_incidents(|open| open.n == incident.n);
        match self.0 {
            How::Retry if draft.not_begun().is_some() => draft.begin_again(),
            How::Retry => {
                try_again(draft, &incident);
                Ok(())
            }
            // What is not begun has nothing that could be passed over.
            How::Skip if draft.not_begun().is_some() => Err(draft.not_now(self.verb())),
            How::Skip => go_past(draft, &incident),
        }
    }
}

/// The service is called anew, the timer set anew.
fn try_again(draft: &mut Draft<'_>, incident: &Incident) {
    let now = draft.now();
    if let Some(call) = draft
        .case
        .hung
        .calls
        .iter_mut()
        .find(|call| Some(call.task_no) == incident.task_no)
    {
        (call.tries, call.next_try_at) = (0, Some(now));
    }
    if let Some(timer_no) = incident.timer_no {
        set_again(draft, timer_no);
    }
}

/// The service counts as done, the timer is gone.
fn go_past(draft: &mut Draft<'_>, incident: &Incident) -> Result<(), Halt> {
    match (incident.kind, incident.task_no, incident.timer_no) {
        (IncidentKind::Service, Some(task_no), _) => {
            draft.case.hung.calls.retain(|call| call.task_no != task_no);
            draft.complete_task(task_no, Vars::new())
        }
        (_, _, Some(timer_no)) => {
            draft
                .case
                .hung
                .timers
                .retain(|timer| timer.timer_no != timer_no);
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Sets a timer that was held: at its old time if there was one, else computed again.
fn set_again(draft: &mut Draft<'_>, timer_no: i64) {
    let now = draft.now();
    let held = draft
        .case
        .hung
        .timers
        .iter_mut()
        .find(|timer| timer.timer_no == timer_no);
    let Some(timer) = held else { return };
    if let Some(at) = timer.held_at.take() {
        timer.due_at = Some(at.max(now));
        return;
    }
    let element = timer.element.clone();
    let open = draft.instance().and_then(|instance| {
        let mut timers = instance.timers().into_iter();
        timers.find(|open| number(open.id) == timer_no)
    });
    if let Some(open) = open {
        draft.set_timer(timer_no, element, (&open.spec, &open.vars));
    }
}

/// Tries again what an incident stopped.
pub async fn retry(ctx: &Ctx, id: ApprovalId, command: Settle) -> Result<ApprovalActed, Fault> {
    perform(ctx, id, Settling(How::Retry, command)).await
}

/// Goes on without it.
pub async fn skip(ctx: &Ctx, id: ApprovalId, command: Settle) -> Result<ApprovalActed, Fault> {
    perform(ctx, id, Settling(How::Skip, command)).await
}
