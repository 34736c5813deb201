//! Opens what the process asks for: tasks with role, unit and limit from their element, assignments with their clocks.
//! Every deadline comes from the limit table and the calendar; the row used is kept (`domain.md` 3.4).
//! Not here: which task opens when (the definition), what verbs decide.

use anyhow::Context as _;
use bpmn::{OpenTask, Value, Vars};
use shared::access::{Role, lies_in, needs};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::AssignmentId;
use shared::notice::NoticeKind;
use shared::organisation::Unit;
use shared::place;
use shared::process::limit::{self, Limit, LimitQuery, Stage};
use shared::ticket::{AssignmentStatus, SlotRole};
use store::record::{Assignment, CaseKind, ClockKind, Task, Ticket};

use super::assisting;
use super::working_copy::{Scene, WorkingCopy};
use crate::fault::Failure;
use crate::host::number;
use crate::process;
use crate::reference::{Reference, Timed};

/// The record of a task that the process has opened. One whose element names no role is nobody's.
pub(crate) fn task(copy: &WorkingCopy<'_>, open: &OpenTask) -> Result<Task, Failure> {
    let holder = slot_of(&open.vars).and_then(|slot| copy.holder(slot));
    task_at(copy, (number(open.id), &open.element), holder)
}

/// The record of a task at an element of the process, of the assignment that it is about.
pub(crate) fn task_at(
    copy: &WorkingCopy<'_>,
    (no, id): (i64, &str),
    holder: Option<&Assignment>,
) -> Result<Task, Failure> {
    let library = copy.scene.library;
    let element = library
        .main
        .element(id)
        .with_context(|| format!("element {id} of an open task"))?;
    let role = element.attr("role").and_then(Role::parse);
    let unit = holder.filter(|_| is_of_unit(role));
    let ticket = &copy.case.ticket;
    let stage = element.attr("limit").and_then(Stage::parse);
    let due = stage.map_or_else(Deadline::default, |stage| due_of(copy, stage, holder));
    let case = (ticket.id.into(), CaseKind::Ticket);
    Ok(Task {
        assignment_id: holder.map(|a| a.id),
        role,
        unit: unit.map(|a| a.unit.clone()),
        unit_path: unit.map(|a| a.unit_path.clone()),
        region: Some(ticket.region.clone()),
        verbs: element.attr("verb").unwrap_or_default().to_owned(),
        due_at: due.at,
        warn_at: due.warn_at,
        provisional: due.provisional,
        ..Task::fresh(case, no, id, copy.now())
    })
}

/// Whether a role does its tasks for the unit that has the assignment.
pub(crate) const fn is_of_unit(role: Option<Role>) -> bool {
    matches!(
        role,
        Some(Role::UnitLiaison | Role::Handler | Role::UnitReviewer)
    )
}

/// The slot in which something stands: the member `slot` of the variable `slot`, or that variable itself.
pub(crate) fn slot_of(vars: &Vars) -> Option<&str> {
    let slot = vars.get("slot")?;
    slot.member("slot").unwrap_or(slot).as_text()
}

/// A deadline as tasks and timers take it; absent where there is none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Deadline {
    pub at: Option<Instant>,
    pub warn_at: Option<Instant>,
    pub provisional: bool,
}

/// The deadline of a stage that begins now: that of the assignment which holds the slot, of the ticket, or counted anew.
pub(crate) fn due_of(
    copy: &WorkingCopy<'_>,
    stage: Stage,
    holder: Option<&Assignment>,
) -> Deadline {
    let ticket = &copy.case.ticket;
    match (stage, holder) {
        (Stage::Sign, Some(a)) => Deadline {
            at: a.sign_due_at,
            warn_at: None,
            provisional: a.provisional,
        },
        (Stage::Handle, Some(a)) => Deadline {
            at: a.due_at,
            warn_at: a.warn_at,
            provisional: a.provisional,
        },
        (Stage::Sign | Stage::Handle, None) => Deadline::default(),
        (Stage::Ticket, _) => Deadline {
            at: ticket.due_at,
            warn_at: ticket.warn_at,
            provisional: ticket.provisional,
        },
        (stage, _) => {
            let timed = deadline(copy.scene.reference, ticket, stage, copy.now());
            timed.map_or_else(Deadline::default, |timed| Deadline {
                at: Some(timed.due.at),
                warn_at: Some(timed.due.warn_at),
                provisional: timed.due.provisional,
            })
        }
    }
}

/// The deadline of a stage for a ticket, counted from `from` in the hours of its centre.
pub fn deadline(
    reference: &Reference,
    ticket: &Ticket,
    stage: Stage,
    from: Instant,
) -> Option<Timed> {
    deadline_of(reference, ticket, (stage, None), from)
}

/// The deadline of a stage for a ticket, counted from `from` in the hours of the unit that has the assignment, or of the centre.
pub fn deadline_of(
    reference: &Reference,
    ticket: &Ticket,
    (stage, unit): (Stage, Option<&str>),
    from: Instant,
) -> Option<Timed> {
    let query = LimitQuery {
        stage,
        channel: ticket.channel,
        kind: ticket.kind,
        category: ticket.category.as_deref(),
        urgency: ticket.urgency,
        region: &ticket.region,
        accepted: ticket.accepted_at,
        at: from,
    };
    let hours = &reference.hours;
    let calendar = hours.of_post(stage.post(), unit, &ticket.region);
    reference.deadline(&query, from, calendar)
}

/// Starts or restarts the ticket's own clock. Restarting never shortens what was promised to the citizen.
pub(crate) fn time_ticket(copy: &mut WorkingCopy<'_>, timed: Option<Timed>, kind: ClockKind) {
    let now = copy.now();
    time_ticket_from(copy, timed, (kind, now));
}

/// The same for a clock that runs from another moment.
pub(crate) fn time_ticket_from(
    copy: &mut WorkingCopy<'_>,
    timed: Option<Timed>,
    (kind, from): (ClockKind, Instant),
) {
    if let Some(timed) = timed {
        let ticket = copy.ticket();
        ticket.due_at = Some(timed.due.at);
        ticket.warn_at = Some(timed.due.warn_at);
        ticket.provisional = timed.due.provisional;
        ticket.limit_rule = timed.rule;
        ticket.limit_value = Some(timed.limit.value);
        ticket.limit_unit = Some(timed.limit.unit);
    }
    copy.ticket_clock_from(kind, from);
}

/// The ticket's clock follows an assignment that ends later, and never shortens; whether it moved.
pub(crate) fn follow(copy: &mut WorkingCopy<'_>, id: AssignmentId) -> Result<bool, Failure> {
    let assignment = copy.assignment(id)?.clone();
    let ticket = copy.ticket();
    let is_later = assignment.due_at > ticket.due_at;
    if is_later {
        ticket.due_at = assignment.due_at;
        ticket.warn_at = assignment.warn_at;
        ticket.provisional = assignment.provisional;
    }
    Ok(is_later)
}

/// A new assignment for a slot.
#[derive(Debug, Clone)]
pub struct NewAssignment<'a> {
    /// Slot of the process.
    pub slot: &'a str,
    /// Lead or assisting.
    pub role: SlotRole,
    /// Unit code; must be known and active.
    pub unit: &'a str,
    /// Form field that named the unit, for the fault.
    pub field: &'a str,
    /// Words for the unit.
    pub advice: Option<String>,
    /// The limit; from the table when absent.
    pub limit: Option<Limit>,
    /// How often the slot has been sent back.
    pub return_count: i32,
    /// May not be sent back.
    pub final_ruling: bool,
    /// The assignment from which it is given on.
    pub parent: Option<AssignmentId>,
}

/// The limit in which a unit answers: the given one, or the table's; who assists is done before who leads.
fn handle_limit(copy: &WorkingCopy<'_>, new: &NewAssignment<'_>, unit: &str) -> Option<Timed> {
    let reference = copy.scene.reference;
    let (now, ticket) = (copy.now(), &copy.case.ticket);
    if let Some(limit) = new.limit {
        return Some(Timed {
            limit,
            rule: None,
            due: reference.hours.of_unit(unit).due(now, limit),
        });
    }
    let own = deadline_of(reference, ticket, (Stage::Handle, Some(unit)), now);
    if new.role == SlotRole::Lead {
        return own;
    }
    let lead = process::lead(&copy.case).and_then(|lead| lead.due_at);
    assisting::before_lead(reference.hours.of_unit(unit), (now, lead), own)
}

/// Opens an assignment: both its clocks run from now, which is the dispatch (`domain.md` 0, item 2).
pub(crate) fn assignment(
    copy: &mut WorkingCopy<'_>,
    new: NewAssignment<'_>,
) -> Result<AssignmentId, Failure> {
    let reference = copy.scene.reference;
    let unit = handling_unit(copy.scene, &copy.case.ticket, (new.unit, new.field))?;
    let now = copy.now();
    let ticket = &copy.case.ticket;
    let handle = handle_limit(copy, &new, &unit.code);
    let sign = deadline_of(reference, ticket, (Stage::Sign, Some(&unit.code)), now);
    // Only who leads speaks for all: the others may call, and have no limit for it.
    let contact = deadline_of(reference, ticket, (Stage::Contact, Some(&unit.code)), now)
        .filter(|_| new.role == SlotRole::Lead);
    let id = AssignmentId(copy.new_id());
    let opened = Assignment {
        id,
        ticket_id: ticket.id,
        version: 1,
        cycle_no: ticket.cycle_no,
        slot: new.slot.to_owned(),
        role: new.role,
        unit: unit.code.clone(),
        unit_path: unit.path.clone(),
        status: AssignmentStatus::ToSign,
        dispatched_at: now,
        parent_id: new.parent,
        dispatched_by: copy.scene.actor.user(),
        advice: new.advice,
        sign_due_at: sign.map(|sign| sign.due.at),
        due_at: handle.map(|handle| handle.due.at),
        warn_at: handle.map(|handle| handle.due.warn_at),
        provisional: handle.is_some_and(|handle| handle.due.provisional),
        limit_rule: handle.and_then(|handle| handle.rule),
        limit_value: handle.map(|handle| handle.limit.value),
        limit_unit: handle.map(|handle| handle.limit.unit),
        extended_days: 0,
        paused_minutes: 0,
        promised_at: None,
        contact_due_at: contact.map(|contact| contact.due.at),
        contacted_at: None,
        signed_at: None,
        signed_by: None,
        responsible: None,
        responsible_name: None,
        planned_for: None,
        planned_name: None,
        planned_day: String::new(),
        planned_part: None,
        planned_hours: None,
        planned_note: None,
        replied_at: None,
        replied_by: None,
        return_count: new.return_count,
        final_ruling: new.final_ruling,
        reply: None,
        reply_passed: false,
        ended_at: None,
        updated_at: now,
    };
    copy.add_assignment(opened);
    copy.tell_unit(
        NoticeKind::Assigned,
        &unit.code,
        &[Role::UnitLiaison, Role::Handler],
    );
    Ok(id)
}

/// The limit of a redo for an assignment: half of its first one, at least two working days.
pub fn redo_limit(first: &Assignment) -> Option<Limit> {
    first
        .limit_value
        .zip(first.limit_unit)
        .map(|(value, unit)| limit::redo(Limit { value, unit }))
}

/// A unit that may get assignments: known, active, no centre, and in the area of whoever dispatches; who dispatches what the own people
/// registered has no area of the own, and reaches the ticket's city. A follow-up caller, who may not dispatch, only gives work back to the
/// unit that had it.
pub(super) fn handling_unit<'r>(
    scene: Scene<'r>,
    ticket: &Ticket,
    (code, field): (&str, &str),
) -> Result<&'r Unit, Failure> {
    let scope = needs::DISPATCHING.scope(scene.actor);
    let is_of_city = |unit: &Unit| place::city(&unit.region) == place::city(&ticket.region);
    let reached = |unit: &Unit| {
        scope.as_ref().is_none_or(|scope| {
            scope.covers_region(&unit.region) || (scope.has_people() && is_of_city(unit))
        })
    };
    let found = scene
        .reference
        .units
        .get(code)
        .filter(|unit| takes_assignments(unit) && reached(unit));
    let found = found.ok_or_else(|| Fault::field(field, Code::InputUnit))?;
    // What is about a unit goes neither there nor below it.
    let is_about = |accused: &str| found.code == accused || lies_in(&found.path, accused);
    if ticket.accused_unit.as_deref().is_some_and(is_about) {
        return Err(Fault::field(field, Code::AccusedUnit).into());
    }
    Ok(found)
}

/// Whether a unit may get assignments at all: active and no centre.
pub fn takes_assignments(unit: &Unit) -> bool {
    unit.active && !unit.level.is_centre()
}

/// Where the work in a slot begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// The unit has to sign for it.
    Sign,
    /// The unit has signed before and goes on.
    Handle,
}

/// The slots for the process: name and first stage of each.
pub fn slots<'s>(names: impl IntoIterator<Item = &'s str>, from: From) -> Value {
    let stage = match from {
        From::Sign => "sign",
        From::Handle => "handle",
    };
    let member = |name: &str, text: &str| (name.to_owned(), Value::Text(text.to_owned()));
    let slot = |name: &str| Value::Map([member("slot", name), member("stage", stage)].into());
    Value::List(names.into_iter().map(slot).collect())
}
