//! Notices (提醒) about approvals: a task that came to somebody, one that came back, a correction that came in, an end, a deadline that is near.
//! Not here: their delivery (`gateway::inside`), their wording (`text::notification::template`), the applicant's messages (`host::services`).
//! Who does something himself is not told of it. A task of a role that names no unit is everybody's in the area and tells nobody.

use shared::approval::{ApprovalStatus, ApprovalVerb, Part};
use shared::calendar::Instant;
use shared::notice::{Audience, NoticeKind, Told};
use store::record::{ApprovalCase, OutboxMessage, Task};

use super::working_copy::WorkingCopy;
use crate::context::Services;
use crate::fault::Failure;
use crate::gateway::inside::{self, Subject};
use crate::jobs::Done;

/// Up to when deadlines have been told, in the table of settings.
const TOLD_TO: &str = "notices.approvals_due";
/// Tasks of one run: far more than begin to warn at once, on the minute at which a working day ends.
const BATCH: u32 = 10_000;

impl WorkingCopy<'_> {
    /// Tells of what a verb has changed of the tasks, and of the end.
    pub(super) fn tell_changes(&mut self) {
        let written = |verb: ApprovalVerb| self.events().iter().any(|line| line.verb == verb);
        let is_back = written(ApprovalVerb::Reject) || written(ApprovalVerb::AskCorrection);
        let is_corrected = written(ApprovalVerb::Correct);
        let mut tell: Vec<(NoticeKind, Audience)> = Vec::new();
        for task in self.case.hung.tasks.iter().filter(|task| task.active) {
            let was = self.before().and_then(|before| same(before, task));
            let kind = match was {
                None if is_back => NoticeKind::SentBack,
                None => NoticeKind::Task,
                Some(was) if !was.active && is_corrected => NoticeKind::Corrected,
                Some(was) if was.assignee != task.assignee && task.assignee.is_some() => {
                    NoticeKind::Task
                }
                Some(_) => continue,
            };
            tell.extend(whom(&self.case, task).into_iter().map(|it| (kind, it)));
        }
        let was_open = self
            .before()
            .is_none_or(|before| before.approval.status != ApprovalStatus::Ended);
        if was_open && self.case.approval.status == ApprovalStatus::Ended {
            let initiator = Audience::Person(self.case.approval.started_by);
            tell.push((NoticeKind::Decided, initiator));
        }
        for (kind, audience) in tell {
            let approval = &self.case.approval;
            let told = Told {
                kind,
                no: approval.approval_no.clone(),
                by: self.scene.actor.user(),
                approval: Some(approval.id),
            };
            let subject = Subject {
                ticket: None,
                region: &approval.region,
            };
            let now = self.scene.now;
            let id = self.scene.ids.new_id(now);
            let message = inside::notice(&audience, &told, subject, (id, now));
            self.send(message);
        }
    }
}

/// The same task as it was.
fn same<'c>(case: &'c ApprovalCase, task: &Task) -> Option<&'c Task> {
    let mut tasks = case.hung.tasks.iter();
    tasks.find(|was| (was.task_no, was.part) == (task.task_no, task.part))
}

/// Whose it is: of the one who has it, of those who can take it, or of the role at its unit.
fn whom(case: &ApprovalCase, task: &Task) -> Vec<Audience> {
    if let Some(person) = task.assignee {
        return vec![Audience::Person(person)];
    }
    let candidates = case.hung.candidates.get(&task.task_no);
    match candidates.filter(|_| task.kind == Part::Main) {
        Some(users) => users.iter().map(|user| Audience::Person(*user)).collect(),
        None => of_role(task).into_iter().collect(),
    }
}

fn of_role(task: &Task) -> Option<Audience> {
    Some(Audience::Unit {
        unit: task.unit.clone()?,
        roles: vec![task.role?],
    })
}

/// Tells of tasks whose deadline is near, each once: those that have begun to warn since the last run.
pub(crate) async fn warn(services: &Services) -> Result<Done, Failure> {
    let now = services.now();
    let db = services.store().reader();
    let said = store::settings::get(&db, TOLD_TO).await?;
    let known: Option<i64> = said.as_deref().and_then(|text| text.parse().ok());
    // Where nothing was ever told, what warned before is not news.
    let from = Instant(known.unwrap_or(now.0));
    let due = store::approvals::warned(&db, (from, now), BATCH).await?;
    let is_full = due.len() >= BATCH as usize;
    let to = due.last().filter(|_| is_full).map_or(now, |it| it.at);
    let mut messages: Vec<OutboxMessage> = Vec::new();
    for task in &due {
        let told = Told {
            kind: NoticeKind::Due,
            no: task.number.clone(),
            by: None,
            approval: Some(task.approval),
        };
        let person = task.assignee.map(Audience::Person);
        let unit = task.unit.clone().zip(task.role);
        let unit = unit.map(|(unit, role)| Audience::Unit {
            unit,
            roles: vec![role],
        });
        let candidates = task.candidates.iter().map(|user| Audience::Person(*user));
        let mut audiences: Vec<Audience> = person.into_iter().collect();
        if audiences.is_empty() {
            audiences.extend(candidates);
        }
        if audiences.is_empty() {
            audiences.extend(unit);
        }
        for audience in audiences {
            let id = services.ids().new_id(now);
            let subject = Subject {
                ticket: None,
                region: &task.region,
            };
            messages.push(inside::notice(&audience, &told, subject, (id, now)));
        }
    }
    let count = messages.len() as u64;
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (messages, said) = (messages.clone(), said.clone());
            Box::pin(async move {
                // Another process was faster: it has told them.
                if store::settings::get(tx, TOLD_TO).await? != said {
                    return Ok(());
                }
                for message in &messages {
                    store::outbox::put(tx, message).await?;
                }
                Ok(store::settings::set(tx, TOLD_TO, &to.0.to_string()).await?)
            })
        })
        .await?;
    Ok(Done {
        count,
        more: is_full,
    })
}
