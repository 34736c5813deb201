//! Settling an incident of a case of any kind: try again (重试) what stopped, or go past it (跳过).
//! A service is called again or taken as done; a timer is set again or taken away; a stuck condition is tried again by whoever decides.
//! Not here: who may, and what else a kind does about it (its own verb).

use bpmn::Vars;
use serde::Serialize;
use shared::approval::IncidentKind;
use shared::fault::Fault;
use store::record::Incident;

use super::{Halt, Kind, Told, WorkingCopy, number};

/// What is done about an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum How {
    Retry,
    Skip,
}

/// Which incident, and why.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Settle {
    /// The version that the person saw.
    pub version: i32,
    /// Number of the incident.
    pub incident: i32,
    pub reason: String,
}

/// The incident that a command names, settled, with a line that says why.
pub(crate) fn settled<C: Kind>(
    copy: &mut WorkingCopy<'_, C>,
    verb: C::Verb,
    command: &Settle,
) -> Result<Incident, Halt> {
    let incident = copy
        .case
        .hung()
        .incidents
        .iter()
        .find(|incident| incident.n == command.incident && incident.settled_at.is_none())
        .cloned()
        .ok_or_else(Fault::missing)?;
    let told = Told {
        element: Some(incident.element.clone()).filter(|element| !element.is_empty()),
        task_no: incident.task_no,
        ..Told::default()
    };
    let told = told
        .note(Some(&command.reason))
        .fact("incident", incident.n)
        .fact("kind", incident.kind);
    copy.event(verb, told);
    copy.settle_incidents(|open| open.n == incident.n);
    Ok(incident)
}

/// Goes on after an incident.
pub(crate) fn go_on<C: Kind>(
    copy: &mut WorkingCopy<'_, C>,
    how: How,
    incident: &Incident,
) -> Result<(), Halt> {
    match how {
        How::Retry => {
            copy.released.push(incident.n);
            try_again(copy, incident);
            Ok(())
        }
        How::Skip => go_past(copy, incident),
    }
}

/// The service is called anew, the timer set anew.
fn try_again<C: Kind>(copy: &mut WorkingCopy<'_, C>, incident: &Incident) {
    let now = copy.now();
    let mut calls = copy.case.hung_mut().calls.iter_mut();
    if let Some(call) = calls.find(|call| Some(call.task_no) == incident.task_no) {
        (call.tries, call.next_try_at) = (0, Some(now));
    }
    if let Some(timer_no) = incident.timer_no {
        set_again(copy, timer_no);
    }
}

/// The service counts as done, the timer is gone.
fn go_past<C: Kind>(copy: &mut WorkingCopy<'_, C>, incident: &Incident) -> Result<(), Halt> {
    let hung = copy.case.hung_mut();
    match (incident.kind, incident.task_no, incident.timer_no) {
        (IncidentKind::Service, Some(task_no), _) => {
            hung.calls.retain(|call| call.task_no != task_no);
            copy.complete_task(task_no, Vars::new())
        }
        (_, _, Some(timer_no)) => {
            hung.timers.retain(|timer| timer.timer_no != timer_no);
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Sets a timer that was held: at its old time if there was one, else computed again.
fn set_again<C: Kind>(copy: &mut WorkingCopy<'_, C>, timer_no: i64) {
    let now = copy.now();
    let mut timers = copy.case.hung_mut().timers.iter_mut();
    let held = timers.find(|timer| timer.timer_no == timer_no);
    let Some(timer) = held else { return };
    if let Some(at) = timer.held_at.take() {
        timer.due_at = Some(at.max(now));
        return;
    }
    let element = timer.element.clone();
    let open = copy.instance().and_then(|instance| {
        let mut timers = instance.timers().into_iter();
        timers.find(|open| number(open.id) == timer_no)
    });
    if let Some(open) = open {
        copy.set_timer(timer_no, element, (&open.spec, &open.vars));
    }
}
