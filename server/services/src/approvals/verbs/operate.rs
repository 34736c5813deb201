//! What a process owner does to a running case: deadlines, jumps, variables, messages. Each with a reason, each in the history and the audit.
//! Not here: incidents (`settle`), migration to another version (`owner`).
//! Rights: `process.operate`, and the case inside the owner's reach.

use bpmn::{Correlation, Value, Vars};
use chrono::NaiveTime;
use shared::approval::verbs::{ChangeDue, Jump, Message, SetVariables};
use shared::approval::{ApprovalVerb, EventKind, rules};
use shared::calendar::Instant;
use shared::command::Variables;
use shared::fault::{Code, Fault};
use shared::verb::Piece;

use crate::approvals::working_copy::{Halt, Told, WorkingCopy};
use crate::host::Decide;

impl Decide for ChangeDue {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let now = copy.now();
        let day = rules::from_today("due_on", self.due_on, now.date())?;
        // The end of working hours is what the calendar's zeroth working day of that date ends with; a free day ends at midnight.
        let end = NaiveTime::from_hms_opt(17, 30, 0).unwrap_or(NaiveTime::MIN);
        let due = Instant::from_local(day.and_time(end)).max(now);
        let task = copy
            .find_mut(self.task, self.part.0)
            .ok_or_else(Fault::missing)?;
        let before = task.due_at;
        task.due_at = Some(due);
        task.warn_at = Some(Instant(now.0 + (due.0 - now.0) * 4 / 5));
        task.provisional = false;
        let element = task.element.clone();
        copy.event(
            ApprovalVerb::ChangeDue,
            Told::at(&element, self.task)
                .note(Some(&*self.reason))
                .fact("from", before.map_or_else(String::new, Instant::rfc3339))
                .fact("due_at", due.rfc3339()),
        );
        Ok(())
    }
}

impl Decide for Jump {
    fn fits(copy: &WorkingCopy<'_>, _piece: Option<Piece>) -> Result<(), Halt> {
        match copy.not_begun() {
            None => Ok(()),
            Some(_) => Err(copy.not_now(ApprovalVerb::Jump)),
        }
    }

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let leave: Vec<String> = self.leave.iter().cloned().map(String::from).collect();
        let go: Vec<String> = self.go.iter().cloned().map(String::from).collect();
        copy.event(
            ApprovalVerb::Jump,
            Told::default()
                .note(Some(&*self.reason))
                .fact("leave", leave.join(" "))
                .fact("go", go.join(" ")),
        );
        // Where the case stood still there is now another way.
        copy.settle_incidents(|incident| incident.timer_no.is_none());
        copy.jump(&bpmn::change::Jump {
            leave,
            go,
            despite: self.despite.0,
            ..bpmn::change::Jump::default()
        })
    }
}

impl Decide for SetVariables {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let vars = values(&self.variables)?;
        let names: Vec<&str> = self.variables.all().keys().map(String::as_str).collect();
        copy.event(
            ApprovalVerb::SetVariables,
            Told::default()
                .note(Some(&*self.reason))
                .fact("variables", names.join(" ")),
        );
        copy.set_vars(vars)
    }
}

/// Values of the process from JSON.
pub(crate) fn values(variables: &Variables) -> Result<Vars, Fault> {
    let one = |(name, value): (&String, &serde_json::Value)| {
        serde_json::from_value::<Value>(value.clone())
            .map(|value| (name.clone(), value))
            .map_err(|_| Fault::field("variables", Code::InputBody))
    };
    variables.all().iter().map(one).collect()
}

impl Decide for Message {
    fn fits(copy: &WorkingCopy<'_>, _piece: Option<Piece>) -> Result<(), Halt> {
        let mut listens = copy.case.hung.listens.iter();
        if listens.any(|(kind, _)| *kind == EventKind::Message) {
            Ok(())
        } else {
            Err(copy.not_now(ApprovalVerb::Message))
        }
    }

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let vars = values(&self.variables)?;
        let told = Told::default().fact("name", &*self.name);
        copy.event(ApprovalVerb::Message, told);
        copy.hear(&self.name, &Correlation::Any, vars)
    }
}
