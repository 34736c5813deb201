//! A template with its marks filled in: real ids, people, units, texts and moments; every deadline is computed for this ticket.
//! Not here: what was drawn (`draw`), how the template came about (`template`).
//! Deadlines come from the same functions as those of the verbs.

use std::collections::BTreeMap;

use shared::application::ApplicationSort;
use shared::calendar::{Due, Instant};
use shared::ids::{ApplicationId, AssignmentId, CaseId, UserId};
use shared::process::limit::{self, Limit, Stage};
use shared::ticket::{SlotRole, Verb};
use store::bulk::{BulkApplication, BulkTicket};
use store::record::{
    ApplicationCase, ApplicationEvent, Assignment, ClockEntry, ClockKind, Event, Task, Ticket,
    Timer,
};
use uuid::Uuid;

use super::overdue;
use super::template::{CENTRE, NAME, TEXT, Template, step_of, step_of_user};
use crate::fault::Failure;
use crate::reference::{Reference, Timed};
use crate::tickets::flow::Day;
use crate::tickets::opening;

/// Somebody in a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    /// Those who can sign in have one.
    pub user: Option<UserId>,
    pub name: String,
}

/// What is filled in.
pub(crate) struct Filling<'a> {
    pub reference: &'a Reference,
    pub template: &'a Template,
    /// The ticket with everything that was drawn; state and times come from the template.
    pub ticket: Ticket,
    /// When the ticket's clock began: the acceptance, or the import.
    pub clock_from: Instant,
    /// When it is: what is due by then has rung.
    pub until: Instant,
    /// The moment of each step.
    pub times: &'a [Instant],
    /// Who acted in each step; absent for the citizen.
    pub people: &'a [Option<Person>],
    /// Code and path of the units that stand for the template's.
    pub units: &'a [(String, String)],
    pub centre: &'a str,
    /// First and second text of each step.
    pub texts: &'a [(String, String)],
    /// Gives ids that carry the acceptance.
    pub new_id: &'a mut dyn FnMut() -> Uuid,
}

impl Filling<'_> {
    /// The finished case.
    pub fn finish(mut self) -> Result<BulkTicket, Failure> {
        let (template, until) = (self.template, self.until);
        let ids: BTreeMap<AssignmentId, AssignmentId> = template
            .case
            .assignments
            .iter()
            .map(|a| (a.id, AssignmentId((self.new_id)())))
            .collect();
        let started =
            opening::deadline(self.reference, &self.ticket, Stage::Ticket, self.clock_from);
        self.take_state(started);
        let assignments = self.assignments(&ids);
        let mut case = template.case.clone();
        let clock = self.clock(&assignments);
        let applications = self.applications(&ids);
        for call in &mut case.follow_ups {
            let step = step_of(call.at);
            call.id = (self.new_id)();
            call.ticket_id = self.ticket.id;
            call.at = self.times[step];
            (call.by, call.by_name) = self.signature(step);
            call.opinion = call.opinion.as_deref().map(|text| self.text(text));
        }
        for rating in &mut case.ratings {
            rating.id = (self.new_id)();
            rating.ticket_id = self.ticket.id;
            rating.at = self.time(rating.at);
            rating.words = rating.words.as_deref().map(|text| self.text(text));
        }
        case.hung.tasks = template
            .case
            .hung
            .tasks
            .iter()
            .zip(&template.stages)
            .map(|(task, stage)| self.task(task, *stage, &ids, &assignments))
            .collect();
        if let Some(instance) = &mut case.instance {
            instance.ticket_id = self.ticket.id;
        }
        let events = template
            .events
            .iter()
            .map(|event| self.event(event, &ids, &assignments))
            .collect();
        let timers = template.case.hung.timers.iter();
        let timers = timers
            .map(|timer| self.timer(timer, &ids, (&assignments, &case.hung.tasks)))
            .collect();
        let mut ticket = BulkTicket {
            ticket: self.ticket,
            assignments,
            applications,
            follow_ups: case.follow_ups,
            ratings: case.ratings,
            events,
            clock,
            tasks: case.hung.tasks,
            timers,
            instance: case.instance,
        };
        overdue::ring(template, &mut ticket, until)?;
        Ok(ticket)
    }

    fn time(&self, mark: Instant) -> Instant {
        self.times[step_of(mark)]
    }

    fn user(&self, mark: Option<UserId>) -> Option<UserId> {
        mark.and_then(|user| self.people[step_of_user(user)].as_ref())
            .and_then(|person| person.user)
    }

    fn signature(&self, step: usize) -> (Option<UserId>, Option<String>) {
        match &self.people[step] {
            Some(person) => (person.user, Some(person.name.clone())),
            None => (None, None),
        }
    }

    /// Text marks become texts, line by line.
    fn text(&self, marked: &str) -> String {
        let line = |line: &str| match line.strip_prefix(TEXT) {
            Some(mark) => {
                let (number, second) = mark
                    .strip_suffix('b')
                    .map_or((mark, false), |number| (number, true));
                let (first, other) = &self.texts[number.parse::<usize>().unwrap_or(0)];
                if second { other.clone() } else { first.clone() }
            }
            None => line.to_owned(),
        };
        marked.lines().map(line).collect::<Vec<_>>().join("\n")
    }

    fn unit(&self, marked: &str) -> String {
        if marked == CENTRE {
            return self.centre.to_owned();
        }
        let index = self.template.units.iter().position(|unit| unit == marked);
        index.map_or_else(|| marked.to_owned(), |index| self.units[index].0.clone())
    }

    fn take_state(&mut self, started: Option<Timed>) {
        let from = &self.template.case.ticket;
        let times = |mark: Option<Instant>| mark.map(|mark| self.times[step_of(mark)]);
        let urged = self
            .template
            .moves
            .iter()
            .zip(self.times)
            .rfind(|(step, _)| matches!(step, super::script::Move::Urge));
        let urged_on = urged.map(|(_, at)| Day::of(&self.reference.calendar, *at).0);
        let (answer, explanation) = (
            from.answer.as_deref().map(|t| self.text(t)),
            from.decline_explanation.as_deref().map(|t| self.text(t)),
        );
        let lead = from.lead_unit.as_deref().map(|unit| self.unit(unit));
        let (updated, dispatched, replied) = (
            self.time(from.updated_at),
            times(from.first_dispatched_at),
            times(from.replied_at),
        );
        let (reviewed, closed) = (times(from.reviewed_at), times(from.closed_at));
        let accepted_by = self.user(from.accepted_by);
        let ticket = &mut self.ticket;
        ticket.version = from.version;
        ticket.cycle_no = from.cycle_no;
        ticket.state = from.state;
        ticket.accepted_by = accepted_by;
        ticket.updated_at = updated;
        (
            ticket.first_dispatched_at,
            ticket.replied_at,
            ticket.reviewed_at,
            ticket.closed_at,
        ) = (dispatched, replied, reviewed, closed);
        ticket.lead_unit = lead;
        ticket.urge_count = from.urge_count;
        ticket.last_urged_on = urged_on;
        (
            ticket.first_satisfaction,
            ticket.latest_satisfaction,
            ticket.solved,
        ) = (
            from.first_satisfaction,
            from.latest_satisfaction,
            from.solved,
        );
        (ticket.answer, ticket.decline_explanation) = (answer, explanation);
        (
            ticket.decline_reason,
            ticket.decline_proposed,
            ticket.exempt_reason,
        ) = (
            from.decline_reason,
            from.decline_proposed,
            from.exempt_reason,
        );
        if let Some(timed) = started {
            (ticket.due_at, ticket.warn_at, ticket.provisional) = (
                Some(timed.due.at),
                Some(timed.due.warn_at),
                timed.due.provisional,
            );
            (ticket.limit_rule, ticket.limit_value, ticket.limit_unit) =
                (timed.rule, Some(timed.limit.value), Some(timed.limit.unit));
        }
    }

    fn assignments(&self, ids: &BTreeMap<AssignmentId, AssignmentId>) -> Vec<Assignment> {
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
            return opening::deadline_of(
                self.reference,
                &self.ticket,
                (Stage::Handle, Some(&assignment.unit)),
                assignment.dispatched_at,
            );
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
    fn clock(&mut self, assignments: &[Assignment]) -> Vec<ClockEntry> {
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

    fn applications(&mut self, ids: &BTreeMap<AssignmentId, AssignmentId>) -> Vec<BulkApplication> {
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

    /// A line of a history, with its marks filled in.
    fn line<V: Copy, S: Copy, T: Copy>(
        &self,
        marked: &Event<V, S, T>,
        case_id: CaseId,
        ids: &BTreeMap<AssignmentId, AssignmentId>,
    ) -> Event<V, S, T> {
        let mut event = marked.clone();
        let step = step_of(marked.at);
        event.case_id = case_id;
        event.at = self.times[step];
        (event.by, event.by_name) = self.signature(step);
        event.unit = marked.unit.as_deref().map(|unit| self.unit(unit));
        event.assignment_id = marked.assignment_id.map(|id| ids[&id]);
        event.note = marked.note.as_deref().map(|text| self.text(text));
        event
    }

    fn task(
        &self,
        marked: &Task,
        stage: Option<Stage>,
        ids: &BTreeMap<AssignmentId, AssignmentId>,
        assignments: &[Assignment],
    ) -> Task {
        let mut task = marked.clone();
        task.case_id = self.ticket.id.into();
        task.region = Some(self.ticket.region.clone());
        task.opened_at = self.time(task.opened_at);
        task.assignment_id = marked.assignment_id.map(|id| ids[&id]);
        let holder = task
            .assignment_id
            .and_then(|id| assignments.iter().find(|a| a.id == id));
        if let (Some(holder), Some(_)) = (holder, &marked.unit) {
            (task.unit, task.unit_path) =
                (Some(holder.unit.clone()), Some(holder.unit_path.clone()));
        }
        (task.due_at, task.warn_at, task.provisional) = match stage {
            Some(Stage::Sign) => holder.map_or((None, None, false), |a| {
                (a.sign_due_at, None, a.provisional)
            }),
            Some(Stage::Handle) => holder.map_or((None, None, false), |a| {
                (a.due_at, a.warn_at, a.provisional)
            }),
            Some(Stage::Ticket) => (
                self.ticket.due_at,
                self.ticket.warn_at,
                self.ticket.provisional,
            ),
            Some(stage) => {
                match opening::deadline(self.reference, &self.ticket, stage, task.opened_at) {
                    Some(timed) => (
                        Some(timed.due.at),
                        Some(timed.due.warn_at),
                        timed.due.provisional,
                    ),
                    None => (None, None, false),
                }
            }
            None => (None, None, false),
        };
        task
    }

    fn timer(
        &self,
        marked: &Timer,
        ids: &BTreeMap<AssignmentId, AssignmentId>,
        (assignments, tasks): (&[Assignment], &[Task]),
    ) -> Timer {
        let mut timer = marked.clone();
        timer.assignment_id = marked.assignment_id.map(|id| ids[&id]);
        let holder = timer
            .assignment_id
            .and_then(|id| assignments.iter().find(|a| a.id == id));
        timer.due_at = match (timer.stage, holder) {
            (Some(Stage::Sign), Some(a)) => a.sign_due_at,
            (Some(Stage::Handle), Some(a)) => a.due_at,
            (Some(Stage::Ticket), _) => self.ticket.due_at,
            // Counted when the step began whose task shows it.
            (stage, _) => {
                let mut stages = self.template.stages.iter();
                let task = stages.position(|of| stage.is_some() && *of == stage);
                task.and_then(|index| tasks[index].due_at)
            }
        };
        timer
    }

    fn event(
        &self,
        marked: &Event,
        ids: &BTreeMap<AssignmentId, AssignmentId>,
        assignments: &[Assignment],
    ) -> Event {
        let mut event = self.line(marked, self.ticket.id.into(), ids);
        debug_assert!(
            marked
                .by_name
                .as_deref()
                .is_none_or(|name| name.starts_with(NAME))
        );
        for value in event.facts.values_mut() {
            if value.contains("32") {
                *value = value
                    .split(' ')
                    .map(|word| self.unit(word))
                    .collect::<Vec<_>>()
                    .join(" ");
            }
        }
        if event.verb == Verb::RuleExtension && event.facts.contains_key("due_at") {
            let given = assignments
                .iter()
                .find(|a| Some(a.id) == event.assignment_id);
            let due = given.and_then(|a| a.due_at).map(Instant::rfc3339);
            event
                .facts
                .insert("due_at".to_owned(), due.unwrap_or_default());
        }
        if event.verb == Verb::Register {
            event
                .facts
                .insert("channel".to_owned(), self.ticket.channel.to_string());
            event
                .facts
                .insert("kind".to_owned(), self.ticket.kind.to_string());
        }
        event
    }
}
