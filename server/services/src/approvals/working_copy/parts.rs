//! What stands beside a task: signers before, after and beside it, a delegate, a correction; and the pause of the whole case.
//! Not here: who may put something there (`verbs`).
//! `settle_parts` derives from all of it what waits for somebody now.

use shared::approval::{ApprovalStatus, Part};
use shared::calendar::{Instant, WorkCalendar};
use shared::ids::UserId;
use store::record::Task;

use super::WorkingCopy;
use crate::approvals::hours_of;
use crate::host::time::after_pause;

impl WorkingCopy<'_> {
    /// A task or a part of one.
    pub fn find(&self, task_no: i64, part: i32) -> Option<&Task> {
        self.case
            .hung
            .tasks
            .iter()
            .find(|task| task.task_no == task_no && task.part == part)
    }

    /// The same, to be changed.
    pub fn find_mut(&mut self, task_no: i64, part: i32) -> Option<&mut Task> {
        self.case
            .hung
            .tasks
            .iter_mut()
            .find(|task| task.task_no == task_no && task.part == part)
    }

    /// Whether a task has open parts of a kind.
    pub fn has_part(&self, task_no: i64, kind: Part) -> bool {
        self.case
            .hung
            .tasks
            .iter()
            .any(|task| task.task_no == task_no && task.kind == kind)
    }

    /// Whether a task is one of several that people do at once.
    pub fn is_turn(&self, task_no: i64) -> bool {
        self.instance()
            .and_then(|instance| instance.task(u64::try_from(task_no).unwrap_or(u64::MAX)))
            .is_some_and(|task| task.loop_index.is_some())
    }

    /// Puts somebody beside a task; gives the part's number.
    pub fn add_part(
        &mut self,
        task_no: i64,
        kind: Part,
        (user, name): (UserId, &str),
        note: Option<String>,
    ) -> i32 {
        let Some(main) = self.find(task_no, 0).cloned() else {
            return 0;
        };
        let part = self
            .case
            .hung
            .tasks
            .iter()
            .filter(|task| task.task_no == task_no)
            .map(|task| task.part)
            .max()
            .unwrap_or(0)
            + 1;
        let actor = self.scene.actor;
        self.case.hung.tasks.push(Task {
            part,
            kind,
            assignee: None,
            assignee_name: None,
            role: None,
            unit: None,
            unit_path: None,
            region: None,
            asked_by: actor.user(),
            asked_by_name: Some(actor.name.clone()),
            note,
            decision: None,
            opened_at: self.scene.now,
            // The initiator corrects what he filed; he judges nothing beside it.
            barred: main.barred.filter(|_| kind != Part::Correction),
            ..main
        });
        self.assign((task_no, part), user, name);
        part
    }

    /// Takes a part away.
    pub fn remove_part(&mut self, task_no: i64, part: i32) {
        self.case
            .hung
            .tasks
            .retain(|task| (task.task_no, task.part) != (task_no, part));
    }

    /// Derives what waits for somebody now.
    pub fn settle_parts(&mut self) {
        let suspended = self.case.approval.status == ApprovalStatus::Suspended;
        let correcting = self.case.approval.status == ApprovalStatus::Correcting;
        let kinds: Vec<(i64, Part)> = self
            .case
            .hung
            .tasks
            .iter()
            .map(|task| (task.task_no, task.kind))
            .collect();
        let has = |task_no: i64, wanted: Part| {
            kinds
                .iter()
                .any(|(no, kind)| *no == task_no && *kind == wanted)
        };
        let decided: Vec<i64> = self
            .case
            .hung
            .tasks
            .iter()
            .filter(|task| task.part == 0 && task.decision.is_some())
            .map(|task| task.task_no)
            .collect();
        for task in &mut self.case.hung.tasks {
            let no = task.task_no;
            task.active = !suspended
                && match task.kind {
                    Part::Correction => true,
                    _ if correcting => false,
                    Part::Main => {
                        !has(no, Part::Before)
                            && !has(no, Part::Delegated)
                            && !decided.contains(&no)
                    }
                    Part::After => decided.contains(&no),
                    Part::Before | Part::Beside | Part::Delegated => true,
                };
        }
    }

    /// The case's clocks stand from now on: timers are held, services wait.
    pub fn pause(&mut self) {
        let now = self.scene.now;
        if self.case.approval.paused_at.is_some() {
            return;
        }
        self.case.approval.paused_at = Some(now);
        for timer in &mut self.case.hung.timers {
            if let Some(due) = timer.due_at.take() {
                timer.held_at = Some(due);
            }
        }
        for call in &mut self.case.hung.calls {
            call.next_try_at = None;
        }
    }

    /// The clocks go on: deadlines have as much working time left as before, timers move by the length of the pause.
    pub fn go_on(&mut self) {
        let now = self.scene.now;
        let Some(paused_at) = self.case.approval.paused_at.take() else {
            return;
        };
        self.case.approval.paused_for = None;
        let reference = self.scene.reference;
        let later = |hours: &WorkCalendar, due: Option<Instant>| {
            due.map(|due| after_pause(hours, due, paused_at, now))
        };
        for task in &mut self.case.hung.tasks {
            let hours = hours_of(reference, &self.case.approval, task);
            task.due_at = later(hours, task.due_at);
            task.warn_at = later(hours, task.warn_at);
        }
        let hours = reference.hours.of_unit(&self.case.approval.unit);
        for paper in &mut self.case.papers {
            if paper.supplied_at.is_none() {
                paper.due_at = later(hours, paper.due_at);
            }
        }
        let by_incident: Vec<i64> = self
            .case
            .hung
            .incidents
            .iter()
            .filter(|incident| incident.settled_at.is_none())
            .filter_map(|incident| incident.timer_no.or(incident.task_no))
            .collect();
        for timer in &mut self.case.hung.timers {
            if !by_incident.contains(&timer.timer_no)
                && let Some(due) = timer.held_at.take()
            {
                timer.due_at = Some(Instant(due.0 + (now.0 - paused_at.0).max(0)));
            }
        }
        for call in &mut self.case.hung.calls {
            if !by_incident.contains(&call.task_no) {
                call.next_try_at = Some(now);
            }
        }
    }
}
