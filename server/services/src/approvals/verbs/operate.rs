//! What a process owner does to a running case: deadlines, jumps, variables, messages. Each with a reason, each in the history and the audit.
//! Not here: incidents (`settle`), migration to another version (`owner`).
//! Rights: `process.operate`, and the case inside the owner's reach.

use std::collections::BTreeMap;

use bpmn::{Correlation, Value, Vars};
use chrono::NaiveTime;
use shared::approval::command::{ChangeDue, Jump, Message, SetVariables};
use shared::approval::view::ApprovalActed;
use shared::approval::{ApprovalVerb, rules};
use shared::calendar::Instant;
use shared::fault::{Code, Fault, both};
use shared::ids::ApprovalId;
use store::record::ApprovalCase;

use super::under_way;
use crate::approvals::draft::{Draft, Halt, Told, is_open};
use crate::approvals::perform::{Order, perform};
use crate::approvals::rights;
use crate::context::Ctx;

/// Variables in one call at most.
const VARIABLES: usize = 100;

/// Taking a case past its steps is deciding: not on what one filed oneself.
fn not_own(draft: &Draft<'_>) -> Result<(), Halt> {
    if rights::operates(draft.scene.actor, &draft.case) {
        Ok(())
    } else {
        Err(Fault::denied().into())
    }
}

impl Order for ChangeDue {
    type On = ApprovalCase;

    fn verb(&self) -> ApprovalVerb {
        ApprovalVerb::ChangeDue
    }

    fn version(&self) -> Option<i32> {
        Some(self.version)
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        under_way(draft, self.verb())?;
        let now = draft.now();
        let (day, reason) = both(
            rules::day_from("due_on", &self.due_on, now.date()),
            rules::required("reason", &self.reason, rules::WORDS),
        )?;
        // The end of working hours is what the calendar's zeroth working day of that date ends with; a free day ends at midnight.
        let end = NaiveTime::from_hms_opt(17, 30, 0).unwrap_or(NaiveTime::MIN);
        let due = Instant::from_local(day.and_time(end)).max(now);
        let task = draft
            .find_mut(self.task, self.part)
            .ok_or_else(Fault::missing)?;
        let before = task.due_at;
        task.due_at = Some(due);
        task.warn_at = Some(Instant(now.0 + (due.0 - now.0) * 4 / 5));
        task.provisional = false;
        let element = task.element.clone();
        draft.event(
            self.verb(),
            Told::at(&element, self.task)
                .note(Some(reason))
                .fact("from", before.map_or_else(String::new, Instant::rfc3339))
                .fact("due_at", due.rfc3339()),
        );
        Ok(())
    }
}

impl Order for Jump {
    type On = ApprovalCase;

    fn verb(&self) -> ApprovalVerb {
        ApprovalVerb::Jump
    }

    fn version(&self) -> Option<i32> {
        Some(self.version)
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        not_own(draft)?;
        under_way(draft, self.verb())?;
        let (go, reason) = both(
            rules::several("go", &self.go, 200),
            rules::required("reason", &self.reason, rules::WORDS),
        )?;
        let leave: Vec<String> = self
            .leave
            .iter()
            .filter(|element| !element.trim().is_empty())
            .cloned()
            .collect();
        draft.event(
            self.verb(),
            Told::default()
                .note(Some(reason))
                .fact("leave", leave.join(" "))
                .fact("go", self.go.join(" ")),
        );
        // Where the case stood still there is now another way.
        draft.settle_incidents(|incident| incident.timer_no.is_none());
        draft.jump(&bpmn::change::Jump {
            leave,
            go,
            despite: self.despite,
            ..bpmn::change::Jump::default()
        })
    }
}

impl Order for SetVariables {
    type On = ApprovalCase;

    fn verb(&self) -> ApprovalVerb {
        ApprovalVerb::SetVariables
    }

    fn version(&self) -> Option<i32> {
        Some(self.version)
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        not_own(draft)?;
        if !is_open(draft.case.approval.status) {
            return Err(draft.not_now(self.verb()));
        }
        let (vars, reason) = both(
            values(&self.variables),
            rules::required("reason", &self.reason, rules::WORDS),
        )?;
        let names: Vec<&str> = self.variables.keys().map(String::as_str).collect();
        draft.event(
            self.verb(),
            Told::default()
                .note(Some(reason))
                .fact("variables", names.join(" ")),
        );
        draft.set_vars(vars)
    }
}

/// Values of the process from JSON; names are words, at most a hundred.
pub(crate) fn values(variables: &BTreeMap<String, serde_json::Value>) -> Result<Vars, Fault> {
    let sound = |name: &str| {
        !name.is_empty()
            && name.len() <= 100
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
            && !name.starts_with(|c: char| c.is_ascii_digit())
    };
    if variables.is_empty() {
        return Err(Fault::field("variables", Code::InputRequired));
    }
    if variables.len() > VARIABLES || !variables.keys().all(|name| sound(name)) {
        return Err(Fault::field("variables", Code::InputBody));
    }
    variables
        .iter()
        .map(|(name, value)| {
            serde_json::from_value::<Value>(value.clone())
                .map(|value| (name.clone(), value))
                .map_err(|_| Fault::field("variables", Code::InputBody))
        })
        .collect()
}

impl Order for Message {
    type On = ApprovalCase;

    fn verb(&self) -> ApprovalVerb {
        ApprovalVerb::Message
    }

    fn version(&self) -> Option<i32> {
        Some(self.version)
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        not_own(draft)?;
        under_way(draft, self.verb())?;
        let vars = if self.variables.is_empty() {
            Ok(Vars::new())
        } else {
            values(&self.variables)
        };
        let (_, vars) = both(rules::required("name", &self.name, 200), vars)?;
        draft.event(self.verb(), Told::default().fact("name", &self.name));
        draft.hear(&self.name, &Correlation::Any, vars)
    }
}

/// Changes a task's deadline.
pub async fn change_due(
    ctx: &Ctx,
    id: ApprovalId,
    command: ChangeDue,
) -> Result<ApprovalActed, Fault> {
    perform(ctx, id, command).await
}

/// Takes a case to other places.
///
/// # Errors
/// `approval.target` with the reason.
pub async fn jump(ctx: &Ctx, id: ApprovalId, command: Jump) -> Result<ApprovalActed, Fault> {
    perform(ctx, id, command).await
}

/// Sets variables of a case.
pub async fn set_variables(
    ctx: &Ctx,
    id: ApprovalId,
    command: SetVariables,
) -> Result<ApprovalActed, Fault> {
    perform(ctx, id, command).await
}

/// Delivers a message to a case.
///
/// # Errors
/// `approval.flow.not_allowed` when nothing waits for it.
pub async fn message(ctx: &Ctx, id: ApprovalId, command: Message) -> Result<ApprovalActed, Fault> {
    perform(ctx, id, command).await
}
