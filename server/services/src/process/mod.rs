//! The process definitions that cases run on, engine steps, and the ticket's state derived from them (`architecture.md` 5).
//! Who does a task, in which unit, under which limit and which stage people see are attributes of its element (data, I16).
//! Not here: what a verb changes besides the process (`tickets`), the engine itself (`bpmn`). Next: `said` (the verbs' words), `vocabulary`, `retrace`.

pub(crate) mod choice;
pub(crate) mod retrace;
mod road;
pub(crate) mod said;
pub(crate) mod vocabulary;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::Context as _;
use bpmn::Definition;
use shared::approval::EventKind;
use shared::calendar::Instant;
use shared::fault::Fault;
use shared::process::mismatch::Mismatch;
use shared::ticket::{AssignmentStatus, Hold, SlotRole, TicketState, Verb};
use store::activations::Activation;
use store::definitions::Definition as Deployed;
use store::record::{Assignment, CaseKind, Task, TicketCase};

use crate::fault::Failure;
use crate::host::number;
use choice::Asking;

/// Key of the definition that drives every ticket.
pub const TICKET_MAIN: &str = "ticket-main";
/// Whether verbs of their own begin and drive the cases of a definition: nobody files one.
pub(crate) fn is_reserved(key: &str) -> bool {
    matches!(key, TICKET_MAIN | crate::applications::KEY)
}

/// The definition as shipped.
pub const SHIPPED: &str = include_str!("../../../bpmn/definitions/ticket-main-2.bpmn");
/// Every version that was ever shipped, oldest first: running tickets stay on theirs.
pub const VERSIONS: [&str; 2] = [
    include_str!("../../../bpmn/definitions/ticket-main.bpmn"),
    SHIPPED,
];
/// Where a task inside the assignments' part of the process finds its slot.
pub const SLOT_PATH: &str = "slot.slot";

/// The deployed versions of the tickets' process, and which of them new tickets start on.
pub struct Process {
    versions: BTreeMap<i32, Arc<Definition>>,
    deployed: Vec<Deployed>,
    activations: Vec<Activation>,
}

impl Process {
    /// Parses the deployed versions; one that cannot run is an error, since cases stand on it.
    pub fn load(deployed: Vec<Deployed>, activations: Vec<Activation>) -> Result<Self, Failure> {
        let mut versions = BTreeMap::new();
        for one in &deployed {
            let version = one.version;
            let definition = Definition::parse(&one.xml)
                .with_context(|| format!("definition {TICKET_MAIN} version {version}"))?;
            versions.insert(version, Arc::new(definition));
        }
        if versions.is_empty() {
            return Err(anyhow::anyhow!("no definition {TICKET_MAIN} is deployed").into());
        }
        Ok(Self {
            versions,
            deployed,
            activations,
        })
    }

    /// The version that is in force for a ticket, with its number: what it starts on.
    pub(crate) fn in_force(&self, asking: &Asking<'_>) -> Result<(i32, &Arc<Definition>), Failure> {
        let version = choice::of_its_own(&self.activations, asking)
            .or_else(|| choice::for_all(self.deployed.iter(), asking.at))
            .unwrap_or_default();
        Ok((version, self.version(version)?))
    }

    fn version(&self, version: i32) -> Result<&Arc<Definition>, Failure> {
        self.versions.get(&version).ok_or_else(|| {
            anyhow::anyhow!("definition {TICKET_MAIN} version {version} is not deployed").into()
        })
    }

    /// The version and definition that a case runs on; where its process has ended, what it would start on at an instant.
    pub(crate) fn of_case(
        &self,
        case: &TicketCase,
        at: Instant,
    ) -> Result<(i32, &Arc<Definition>), Failure> {
        match &case.instance {
            None => self.in_force(&Asking::of(&case.ticket, at)),
            Some(instance) => {
                let version = instance.definition_version;
                Ok((version, self.version(version)?))
            }
        }
    }

    /// What of a running case's timers and listeners is not as its process says.
    pub fn mismatch(&self, case: &TicketCase) -> Result<Option<Mismatch>, Failure> {
        let Some(instance) = &case.instance else {
            return Ok(None);
        };
        let definition = self.version(instance.definition_version)?;
        let state: bpmn::Instance =
            serde_json::from_str(&instance.state).map_err(anyhow::Error::new)?;
        let runs: BTreeSet<i64> = state
            .timers()
            .iter()
            .map(|timer| number(timer.id))
            .collect();
        let kept: BTreeSet<i64> = case
            .hung
            .timers
            .iter()
            .map(|timer| timer.timer_no)
            .collect();
        if runs != kept {
            return Ok(Some(Mismatch::Timers {
                kept: kept.into_iter().collect(),
                runs: runs.into_iter().collect(),
            }));
        }
        let listens = crate::host::listened_to::<TicketCase>(&state, definition);
        if listens != case.hung.listens {
            let names = |of: &BTreeSet<(EventKind, String)>| -> Vec<String> {
                of.iter()
                    .map(|(kind, name)| format!("{kind} {name}"))
                    .collect()
            };
            return Ok(Some(Mismatch::Listeners {
                kept: names(&case.hung.listens),
                awaited: names(&listens),
            }));
        }
        Ok(crate::tickets::timers::misplaced(case))
    }

    /// The state that follows from the open tasks and assignments of a case whose process runs; `None` when it has ended.
    /// The consistency check compares it with the stored state.
    pub fn derived_state(&self, case: &TicketCase) -> Result<Option<TicketState>, Failure> {
        let Some(instance) = &case.instance else {
            return Ok(None);
        };
        Ok(Some(derive_state(
            self.version(instance.definition_version)?,
            case,
        )))
    }
}

/// Which kind of case runs on a definition.
pub(crate) fn kind_of(definition: &str) -> CaseKind {
    if definition == TICKET_MAIN {
        CaseKind::Ticket
    } else if definition == crate::applications::KEY {
        CaseKind::Application
    } else {
        CaseKind::Approval
    }
}

/// Cases that are moved between versions of their definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Movable {
    /// Tickets.
    Tickets,
    /// Approvals.
    Approvals,
}

/// Which cases of a definition may be moved.
///
/// # Errors
/// `access.denied` for applications, which run on what is shipped.
pub(crate) fn movable(definition: &str) -> Result<Movable, Fault> {
    match kind_of(definition) {
        CaseKind::Ticket => Ok(Movable::Tickets),
        CaseKind::Approval => Ok(Movable::Approvals),
        CaseKind::Application => Err(Fault::denied()),
    }
}

/// Whether an open task waits for the verb.
pub fn waits_for(task: &Task, verb: Verb) -> bool {
    task.verbs
        .split_whitespace()
        .any(|word| word == verb.as_str())
}

/// Order of assignments for people and for "the newest": by cycle, then by dispatch.
pub fn order(assignment: &Assignment) -> (i32, Instant) {
    (assignment.cycle_no, assignment.dispatched_at)
}

/// The assignment that holds a slot in the running cycle: the newest that was not returned or recalled.
pub fn holder<'c>(case: &'c TicketCase, slot: &str) -> Option<&'c Assignment> {
    case.assignments.iter().rev().find(|a| {
        a.slot == slot
            && a.cycle_no == case.ticket.cycle_no
            && !matches!(
                a.status,
                AssignmentStatus::Returned | AssignmentStatus::Recalled
            )
    })
}

/// The lead's assignment of the running cycle.
pub fn lead(case: &TicketCase) -> Option<&Assignment> {
    case.assignments.iter().rev().find(|a| {
        a.role == SlotRole::Lead
            && a.cycle_no == case.ticket.cycle_no
            && !matches!(
                a.status,
                AssignmentStatus::Returned | AssignmentStatus::Recalled
            )
    })
}

/// The ticket's state: the stage of its open tasks; while units work, what their assignments say (`domain.md` 3.1).
pub fn derive_state(definition: &Definition, case: &TicketCase) -> TicketState {
    let stages = || {
        let stage = |task: &Task| {
            // The task of the gate is in the hands of whoever took it down.
            if waits_for(task, Verb::Resubmit) {
                return Some(TicketState::IntakeFix);
            }
            definition
                .element(&task.element)
                .and_then(|element| element.attr("state").and_then(TicketState::parse))
        };
        case.hung.tasks.iter().filter_map(stage)
    };
    match stages().find(|stage| !matches!(stage, TicketState::Dispatched | TicketState::Handling)) {
        Some(stage) => stage,
        None if stages().next().is_some() => work_state(case),
        None => case.ticket.state,
    }
}

/// To sign for, until one unit of the running cycle has signed; held, where it is suspended or waits for a promised day.
fn work_state(case: &TicketCase) -> TicketState {
    let mut running = case.assignments.iter().filter(|a| {
        a.cycle_no == case.ticket.cycle_no
            && !matches!(
                a.status,
                AssignmentStatus::Returned | AssignmentStatus::Recalled
            )
    });
    match case.ticket.hold {
        Some(Hold::Suspended) => TicketState::Suspended,
        Some(Hold::Tracking) => TicketState::Tracking,
        None if running.all(|a| a.status == AssignmentStatus::ToSign) => TicketState::Dispatched,
        None => TicketState::Handling,
    }
}

/// The state that an end event leaves behind.
pub fn end_state(definition: &Definition, element: &str) -> TicketState {
    definition
        .element(element)
        .and_then(|end| end.attr("state").and_then(TicketState::parse))
        .unwrap_or(TicketState::Closed)
}

#[cfg(test)]
mod tests {
    use shared::access::Role;
    use shared::process::limit::Stage;

    use super::*;

    /// Every task of the shipped definition with what it leads to.
    const TASKS: &[(&str, Role, Stage)] = &[
        ("triage", Role::Dispatcher, Stage::Dispatch),
        ("confirm_decline", Role::Dispatcher, Stage::Dispatch),
        ("sign", Role::UnitLiaison, Stage::Sign),
        ("handle", Role::Handler, Stage::Handle),
        ("unit_review", Role::UnitReviewer, Stage::Handle),
        ("rule_on_return", Role::Dispatcher, Stage::Rule),
        ("closing_review", Role::ClosingReviewer, Stage::Review),
        ("follow_up", Role::FollowUp, Stage::Visit),
    ];

    #[test]
    fn the_shipped_definition_speaks_our_words() {
        let definition = Definition::parse(SHIPPED).expect("the shipped definition is read");
        for (id, role, stage) in TASKS {
            let element = definition.element(id).expect(id);
            assert_eq!(
                element.attr("role").and_then(Role::parse),
                Some(*role),
                "{id}"
            );
            assert_eq!(
                element.attr("limit").and_then(Stage::parse),
                Some(*stage),
                "{id}"
            );
            let verbs = element.attr("verb").expect(id);
            assert!(
                verbs
                    .split_whitespace()
                    .all(|word| Verb::parse(word).is_some()),
                "{id}: {verbs}"
            );
        }
        for (end, state) in [
            ("closed", TicketState::Closed),
            ("declined", TicketState::NotAccepted),
            ("withdrawn", TicketState::Withdrawn),
        ] {
            assert_eq!(end_state(&definition, end), state);
        }
    }

    #[test]
    fn nothing_deployed_is_an_error() {
        assert!(Process::load(Vec::new(), Vec::new()).is_err());
    }
}
