//! A template with its marks filled in: real ids, people, units, texts and moments; every deadline is computed for this ticket.
//! Not here: what was drawn (`draw`), how the template came about (`template`).
//! Deadlines come from the same functions as those of the verbs.

mod parts;

use std::collections::BTreeMap;

use shared::calendar::Instant;
use shared::ids::{AssignmentId, CaseId, UserId};
use shared::process::limit::Stage;
use shared::ticket::Verb;
use store::bulk::BulkTicket;
use store::record::{Assignment, Event, Task, Ticket, Timer};
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
