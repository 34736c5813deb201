//! The parts of a ticket that is filled in: assignments with their clocks, the ledger, what was asked for.
//! Not here: the ticket itself, its tasks and its history (`fill`).

use std::collections::BTreeMap;

use shared::application::ApplicationSort;
use shared::calendar::{Due, Instant};
use shared::ids::{ApplicationId, AssignmentId};
use shared::process::limit::{self, Limit, Stage};
use shared::ticket::SlotRole;
use store::bulk::BulkApplication;
use store::record::{ApplicationCase, ApplicationEvent, Assignment, ClockEntry, ClockKind, Task};

use super::Filling;
use crate::demo::template::{step_of, step_of_user};
use crate::reference::Timed;
use crate::tickets::{assisting, opening};

impl Filling<'_> {
    /// Its assignments, each by its own clocks.
    pub(super) fn assignments(
        &self,
        ids: &BTreeMap<AssignmentId, AssignmentId>,
    ) -> Vec<Assignment> {
        let mut out: Vec<Assignment> = Vec::with_capacity(ids.len());
        for marked in &self.template.case.assignments {
            let mut a = marked.clone();
            let index = self
                .template
                .units
                .iter()
                .position(|unit| *unit == a.unit)
                .unwrap_or(0);
            (a.unit, a.unit_path) = self.units[index].clone();
            a.id = ids[&marked.id];
            a.ticket_id = self.ticket.id;
            a.dispatched_at = self.time(a.dispatched_at);
            (a.dispatched_by, a.signed_by, a.replied_by) = (
                self.user(a.dispatched_by),
                self.user(a.signed_by),
                self.user(a.replied_by),
            );
            let responsible = a.responsible.map(|user| self.signature(step_of_user(user)));
            let (responsible, name) = responsible.unwrap_or_default();
            (a.responsible, a.responsible_name) =
                (responsible, name.filter(|_| responsible.is_some()));
            let mapped = |mark: Option<Instant>| mark.map(|mark| self.time(mark));
            (a.signed_at, a.replied_at, a.ended_at) = (
                mapped(a.signed_at),
                mapped(a.replied_at),
                mapped(a.ended_at),
            );
            a.updated_at = self.time(a.updated_at);
            a.advice = a.advice.as_deref().map(|text| self.text(text));
            if let Some(reply) = &mut a.reply {
                reply.handling = self.text(&reply.handling);
                reply.public_reply = self.text(&reply.public_reply);
            }
            let handle = self.handle_limit(&a, &out);
            let sign = opening::deadline_of(
                self.reference,
                &self.ticket,
                (Stage::Sign, Some(&a.unit)),
                a.dispatched_at,
            );
            a.sign_due_at = sign.map(|sign| sign.due.at);
            let contact = opening::deadline_of(
                self.reference,
                &self.ticket,
                (Stage::Contact, Some(&a.unit)),
                a.dispatched_at,
            );
            a.contact_due_at = contact
                .filter(|_| a.role == SlotRole::Lead)
                .map(|contact| contact.due.at);
            let days = a.extended_days;
            let due = handle.map(|h| self.extended(&a, h.limit, days));
            (a.due_at, a.warn_at) = (due.map(|due| due.at), due.map(|due| due.warn_at));
            a.provisional = due.is_some_and(|due| due.provisional);
            (a.limit_rule, a.limit_value, a.limit_unit) = (
                handle.and_then(|h| h.rule),
                handle.map(|h| h.limit.value),
                handle.map(|h| h.limit.unit),
            );
            out.push(a);
        }
        out
    }

    fn extended(&self, of: &Assignment, limit: Limit, days: i32) -> Due {
        let calendar = self.reference.hours.of_unit(&of.unit);
        calendar.due_extended(of.dispatched_at, limit, days)
    }

    /// The table's limit, or half of the first one for a redo.
    fn handle_limit(&self, assignment: &Assignment, before: &[Assignment]) -> Option<Timed> {
        if assignment.cycle_no == 0 {
            let own = opening::deadline_of(
                self.reference,
                &self.ticket,
                (Stage::Handle, Some(&assignment.unit)),
                assignment.dispatched_at,
            );
            if assignment.role == SlotRole::Lead {
                return own;
            }
            let calendar = self.reference.hours.of_unit(&assignment.unit);
            let lead = before.iter().rev().find(|a| a.role == SlotRole::Lead);
            let span = (assignment.dispatched_at, lead.and_then(|lead| lead.due_at));
            return assisting::before_lead(calendar, span, own);
        }
        let first = before
            .iter()
            .rev()
            .find(|a| a.cycle_no == 0 && a.role == SlotRole::Lead)?;
        let (value, unit) = first.limit_value.zip(first.limit_unit)?;
        let limit = limit::redo(Limit { value, unit });
        let due = self.extended(assignment, limit, 0);
        Some(Timed {
            limit,
            rule: None,
            due,
        })
    }

    /// The ledger; on the way the ticket's own deadline follows its redos and extensions.
    pub(super) fn clock(&mut self, assignments: &[Assignment]) -> Vec<ClockEntry> {
        let marked = &self.template.case.assignments;
        let mut out = Vec::with_capacity(self.template.clock.len());
        // What was told of an extended assignment before it was extended.
        let mut short: BTreeMap<AssignmentId, Due> = BTreeMap::new();
        for a in assignments.iter().filter(|a| a.extended_days > 0) {
            if let Some((value, unit)) = a.limit_value.zip(a.limit_unit) {
                let due = self.extended(a, Limit { value, unit }, 0);
                short.insert(a.id, due);
            }
        }
        for entry in &self.template.clock {
            let at = self.time(entry.at);
            let of = entry
                .assignment_id
                .and_then(|id| marked.iter().position(|a| a.id == id))
                .map(|index| &assignments[index]);
            if let (Some(a), ClockKind::Extend) = (of, entry.kind) {
                short.remove(&a.id);
            }
            let follows = |a: &&Assignment| match entry.kind {
                ClockKind::Recompute => a.dispatched_at == at,
                ClockKind::Extend => a.extended_days > 0 && a.role == SlotRole::Lead,
                _ => false,
            };
            if of.is_none() {
                let later = |a: &&Assignment| a.due_at > self.ticket.due_at;
                if let Some(a) = assignments.iter().filter(follows).find(later) {
                    (
                        self.ticket.due_at,
                        self.ticket.warn_at,
                        self.ticket.provisional,
                    ) = (a.due_at, a.warn_at, a.provisional);
                }
            }
            let (due_at, limit_rule, provisional) = match of {
                Some(a) => match short.get(&a.id) {
                    Some(due) => (Some(due.at), a.limit_rule, due.provisional),
                    None => (a.due_at, a.limit_rule, a.provisional),
                },
                None => (
                    self.ticket.due_at,
                    self.ticket.limit_rule,
                    self.ticket.provisional,
                ),
            };
            out.push(ClockEntry {
                assignment_id: of.map(|a| a.id),
                due_at,
                limit_rule,
                provisional,
                ..ClockEntry::new(self.ticket.id.into(), entry.kind, at)
            });
        }
        out
    }

    /// What was asked for, with its lines and tasks.
    pub(super) fn applications(
        &mut self,
        ids: &BTreeMap<AssignmentId, AssignmentId>,
    ) -> Vec<BulkApplication> {
        let marked = &self.template.case.applications;
        let all = marked.iter().zip(1_usize..);
        all.map(|(one, nth)| self.application(one, nth, ids))
            .collect()
    }

    fn application(
        &mut self,
        marked: &ApplicationCase,
        nth: usize,
        ids: &BTreeMap<AssignmentId, AssignmentId>,
    ) -> BulkApplication {
        let id = ApplicationId((self.new_id)());
        let mut it = marked.application.clone();
        it.id = id;
        it.application_no = format!("{}-{nth}", self.ticket.ticket_no);
        it.ticket_id = self.ticket.id;
        it.assignment_id = ids[&it.assignment_id];
        it.region.clone_from(&self.ticket.region);
        it.unit = self.unit(&it.unit);
        (it.asked_by, it.asked_by_name) = self.signature(step_of(it.asked_at));
        it.asked_at = self.time(it.asked_at);
        it.updated_at = self.time(it.updated_at);
        it.explanation = self.text(&it.explanation);
        it.suggested_unit = it.suggested_unit.as_deref().map(|unit| self.unit(unit));
        it.ruled_unit = it.ruled_unit.as_deref().map(|unit| self.unit(unit));
        if it.sort == ApplicationSort::SendBack {
            it.category.clone_from(&self.ticket.category);
            it.street.clone_from(&self.ticket.street);
        }
        let timed = opening::deadline(self.reference, &self.ticket, Stage::Rule, it.asked_at);
        (it.due_at, it.warn_at, it.provisional) = (
            timed.map(|timed| timed.due.at),
            timed.map(|timed| timed.due.warn_at),
            timed.is_some_and(|timed| timed.due.provisional),
        );
        if let Some(at) = it.decided_at {
            (it.decided_by, it.decided_by_name) = self.signature(step_of(at));
            it.decided_at = Some(self.time(at));
        }
        it.opinion = it.opinion.as_deref().map(|text| self.text(text));
        let tasks = marked.hung.tasks.iter();
        let task = |task| Task {
            case_id: id.into(),
            ..self.task(task, Some(Stage::Rule), ids, &[])
        };
        let tasks = tasks.map(task).collect();
        let of_it = |event: &&ApplicationEvent| event.case_id == marked.application.id.into();
        let events = self.template.asked.iter().filter(of_it);
        let events = events
            .map(|event| self.line(event, id.into(), ids))
            .collect();
        BulkApplication {
            application: it,
            events,
            tasks,
        }
    }
}
