//! What the house asks of a ticket: its head, its tasks and deadlines, its end, and how it stands when a verb is done.
//! Not here: how the runner finds and saves it (`tickets::perform`).
//! A clock that only tells leaves the version alone: nobody's form is stale because a deadline has passed.

use anyhow::Context as _;
use bpmn::{Definition, OpenTask, OpenWait, TimerSpec, Value, Vars};
use shared::access::Role;
use shared::approval::IncidentKind;
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::process::limit::Stage;
use shared::process::obstacle::Obstacle;
use shared::ticket::{TicketState, Verb};
use shared::verb::Piece;
use store::record::{CaseKind, ClockEntry, ClockKind, Hung, Instance, Task, TicketCase, Timer};

use super::{Halt, WorkingCopy};
use crate::fault::Failure;
use crate::host::deliver::FROM;
use crate::host::{About, Deadline, Head, Kind, Library, Lines, number};
use crate::process::{self, TICKET_MAIN};
use crate::tickets::{holds, opening, timers};

impl Kind for TicketCase {
    type Verb = Verb;
    type State = TicketState;
    type Reached = TicketState;

    const KIND: CaseKind = CaseKind::Ticket;
    const LINES: Lines<Verb> = Lines {
        rang: Verb::Ring,
        served: Verb::Serve,
        heard: Verb::Message,
    };

    fn head(&self) -> Head<'_, TicketState> {
        let ticket = &self.ticket;
        Head {
            id: ticket.id.into(),
            number: ticket.ticket_no.as_str(),
            title: &ticket.title,
            region: &ticket.region,
            definition: TICKET_MAIN,
            version: ticket.version,
            state: ticket.state,
            updated_at: ticket.updated_at,
            began_at: ticket.accepted_at,
            initiator: ticket.accepted_by,
            is_open: ticket.state.is_open(),
            paused_at: None,
        }
    }

    fn hung_mut(&mut self) -> &mut Hung {
        &mut self.hung
    }

    fn next_line(&mut self) -> i32 {
        self.last_seq += 1;
        self.last_seq
    }

    fn process(&self) -> Option<&str> {
        self.instance.as_ref().map(|instance| &*instance.state)
    }

    fn refused(&self) -> Fault {
        Fault::new(Code::FlowNotAllowed).fact("state", self.ticket.state)
    }

    fn arrange(&mut self) {
        self.assignments.sort_by_key(process::order);
    }

    fn open_task(copy: &mut WorkingCopy<'_>, open: &OpenTask) -> Result<(), Halt> {
        let task = opening::task(copy, open)?;
        if task.role.is_none() {
            let about = About::task(&open.element, number(open.id));
            copy.incident(IncidentKind::Assignment, &about, Obstacle::NamesNobody);
        }
        copy.case.hung.tasks.push(task);
        Ok(())
    }

    /// Its verbs and who does it; its deadline stays what was promised.
    fn refit(copy: &mut WorkingCopy<'_>, task_no: i64) {
        let library = copy.scene.library;
        let TicketCase {
            hung, assignments, ..
        } = &mut copy.case;
        // What went back to intake stays with whoever completes it.
        let is_meant =
            |it: &&mut Task| it.task_no == task_no && !process::waits_for(it, Verb::Resubmit);
        for task in hung.tasks.iter_mut().filter(is_meant) {
            let Some(element) = library.main.element(&task.element) else {
                continue;
            };
            task.role = element.attr("role").and_then(Role::parse);
            task.verbs = element.attr("verb").unwrap_or_default().to_owned();
            let unit = assignments
                .iter()
                .find(|it| Some(it.id) == task.assignment_id)
                .filter(|_| opening::is_of_unit(task.role));
            task.unit = unit.map(|it| it.unit.clone());
            task.unit_path = unit.map(|it| it.unit_path.clone());
        }
    }

    fn end(copy: &mut WorkingCopy<'_>, element: &str) {
        copy.case.ticket.state = process::end_state(&copy.scene.library.main, element);
        copy.close_everything();
    }

    fn settle(copy: &mut WorkingCopy<'_>) -> Result<(), Failure> {
        if copy.instance().is_some_and(|it| !it.is_ended()) {
            let library = copy.scene.library;
            copy.case.ticket.state = process::derive_state(&library.main, &copy.case);
        }
        if !copy.case.ticket.state.is_open() {
            holds::go_on(copy)?;
        }
        let at = copy.recorded_at();
        let was_open = copy.before().is_none_or(|it| it.ticket.state.is_open());
        if was_open && !copy.case.ticket.state.is_open() {
            copy.ticket().closed_at = Some(at);
            copy.ticket_clock(ClockKind::Stop);
        }
        // Who leaves the gate by another way is proposed no more.
        if copy.case.ticket.state != TicketState::ToDispatch {
            copy.ticket().proposal = None;
        }
        copy.let_lapse()?;
        timers::follow(&mut copy.case, copy.scene.now);
        copy.sign_ledger();
        let version = match copy.before() {
            None => 1,
            Some(before) if copy.only_tells(before) => before.ticket.version,
            Some(before) => before.ticket.version + 1,
        };
        let ticket = copy.ticket();
        (ticket.version, ticket.updated_at) = (version, at);
        Ok(())
    }

    fn keep_process(
        &mut self,
        process: Option<(&bpmn::Instance, &Library)>,
    ) -> Result<(), Failure> {
        self.instance = process
            .map(|(instance, library)| {
                let state = serde_json::to_string(instance).context("process state")?;
                Ok::<_, Failure>(Instance {
                    ticket_id: self.ticket.id,
                    definition: TICKET_MAIN.to_owned(),
                    definition_version: library.version,
                    state,
                })
            })
            .transpose()?;
        Ok(())
    }

    /// `limit:sign` and its like are the deadlines that the assignment or the ticket has.
    fn deadline(copy: &WorkingCopy<'_>, spec: &TimerSpec, vars: &Vars) -> Option<Deadline> {
        let TimerSpec::Duration(text) = spec else {
            return None;
        };
        let stage = text.trim().strip_prefix("limit:")?;
        let stage = Stage::parse(stage.trim())?;
        let holder = opening::slot_of(vars).and_then(|slot| copy.holder(slot));
        let at = opening::due_of(copy, stage, holder).at;
        Some(Deadline {
            stage,
            assignment: holder
                .filter(|_| matches!(stage, Stage::Sign | Stage::Handle))
                .map(|holder| holder.id),
            // What was overdue already when the work began once more has been told.
            at: at.filter(|at| *at > copy.now()),
        })
    }

    fn rung(copy: &mut WorkingCopy<'_>, timer: &Timer) {
        if timer.stage.is_none() {
            return;
        }
        let assignment = timer.assignment_id.and_then(|id| copy.assignment(id).ok());
        let ticket = &copy.case.ticket;
        let entry = ClockEntry {
            assignment_id: timer.assignment_id,
            due_at: timer.due_at,
            limit_rule: assignment.map_or(ticket.limit_rule, |it| it.limit_rule),
            ..ClockEntry::new(ticket.id.into(), ClockKind::Overdue, copy.now())
        };
        // Who is told of it stands in the ladder (`tickets::ladder`).
        copy.ledger(entry);
    }

    /// The task that waits for the verb, on the whole or on the part that is named; without one a part's dispatch.
    fn since(copy: &WorkingCopy<'_>, verb: Verb, _piece: Option<Piece>) -> Option<Instant> {
        let tasks = copy.case.hung.tasks.iter();
        let waiting = tasks
            .filter(|task| task.assignment_id == copy.part && process::waits_for(task, verb))
            .map(|task| task.opened_at)
            .max();
        let part = copy.part.and_then(|id| copy.assignment(id).ok());
        waiting.or(part.map(|part| part.dispatched_at))
    }

    /// `close` is what the end of the process does by itself.
    fn does_at_once(service: &str) -> bool {
        service == "close"
    }

    /// What comes from elsewhere lies under names of its own: the variables that steer the process are the verbs' alone.
    fn received(mut vars: Vars) -> Vars {
        let from = vars.remove(FROM).map(|from| (FROM.to_owned(), from));
        let rest = ("message".to_owned(), Value::Map(vars));
        from.into_iter().chain([rest]).collect()
    }

    /// What carries a verb (`ms:verb`) is sent by that verb alone.
    fn hears(definition: &Definition, wait: &OpenWait) -> bool {
        let element = definition.element(&wait.element);
        element.is_none_or(|element| element.attr("verb").is_none())
    }
}

impl WorkingCopy<'_> {
    /// Whether nothing is different but what the history tells and the clocks: nobody has to look again.
    fn only_tells(&self, before: &TicketCase) -> bool {
        let after = &self.case;
        let head = |case: &TicketCase| {
            let mut ticket = case.ticket.clone();
            ticket.updated_at = before.ticket.updated_at;
            ticket
        };
        let runs_on = before.instance.as_ref().map(|it| it.definition_version);
        self.scene.actor.is_system()
            && !self.has_thrown()
            && runs_on == Some(self.scene.library.version)
            && self.beside.is_empty()
            && head(after) == before.ticket
            && after.assignments == before.assignments
            && after.hung.tasks == before.hung.tasks
            && after.hung.calls == before.hung.calls
    }
}
