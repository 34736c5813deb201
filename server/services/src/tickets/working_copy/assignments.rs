//! A working copy's assignments, with their clocks.
//! Not here: what is asked for about them (`applications::hang`).
//! Every change goes through here, so that each version rises once per verb.

use shared::calendar::Instant;
use shared::fault::Fault;
use shared::ids::AssignmentId;
use store::record::{Assignment, ClockEntry, ClockKind};

use super::WorkingCopy;
use crate::fault::Failure;
use crate::process;
use crate::tickets::{clocks, tree};

impl WorkingCopy<'_> {
    /// An assignment of the case.
    pub fn assignment(&self, id: AssignmentId) -> Result<&Assignment, Failure> {
        self.case
            .assignments
            .iter()
            .find(|a| a.id == id)
            .ok_or_else(|| Fault::missing().into())
    }

    /// The assignment that holds a slot in the running cycle.
    pub fn holder(&self, slot: &str) -> Option<&Assignment> {
        process::holder(&self.case, slot)
    }

    /// Changes an assignment; its version rises once per verb.
    pub fn change_assignment(
        &mut self,
        id: AssignmentId,
        change: impl FnOnce(&mut Assignment),
    ) -> Result<(), Failure> {
        let now = self.scene.now;
        let loaded = self
            .before()
            .and_then(|before| before.assignments.iter().find(|a| a.id == id))
            .map(|assignment| assignment.version);
        let assignment = self
            .case
            .assignments
            .iter_mut()
            .find(|a| a.id == id)
            .ok_or_else(Fault::missing)?;
        if loaded == Some(assignment.version) {
            assignment.version += 1;
        }
        assignment.updated_at = now;
        change(assignment);
        Ok(())
    }

    /// Adds an assignment and starts its clock.
    pub fn add_assignment(&mut self, assignment: Assignment) {
        self.enter(clock_of(&assignment, ClockKind::Start, self.scene.now));
        self.case.assignments.push(assignment);
    }

    /// Ends an assignment with a status and stops its clock; what was given on from it and is still open ends with it.
    pub fn end_assignment(
        &mut self,
        id: AssignmentId,
        change: impl FnOnce(&mut Assignment),
    ) -> Result<(), Failure> {
        let now = self.scene.now;
        self.change_assignment(id, |assignment| {
            assignment.ended_at = Some(now);
            change(assignment);
        })?;
        let entry = clock_of(self.assignment(id)?, ClockKind::Stop, now);
        self.enter(entry);
        tree::end_below(self, id)
    }

    /// Writes an entry of an assignment's clock with its present deadline.
    pub fn assignment_clock(&mut self, id: AssignmentId, kind: ClockKind) -> Result<(), Failure> {
        let entry = clock_of(self.assignment(id)?, kind, self.scene.now);
        self.enter(entry);
        Ok(())
    }

    /// Writes what became of the limit of the first contact.
    pub fn contact_clock(&mut self, id: AssignmentId, kind: ClockKind) -> Result<(), Failure> {
        let assignment = self.assignment(id)?;
        let entry = ClockEntry {
            assignment_id: Some(id),
            due_at: assignment.contact_due_at,
            ..ClockEntry::new(assignment.ticket_id.into(), kind, self.scene.now)
        };
        self.enter(entry);
        Ok(())
    }

    /// Takes an ended assignment up again: its clock goes on to the same deadline.
    pub fn resume_assignment(
        &mut self,
        id: AssignmentId,
        change: impl FnOnce(&mut Assignment),
    ) -> Result<(), Failure> {
        self.change_assignment(id, |assignment| {
            assignment.ended_at = None;
            change(assignment);
        })?;
        let entry = clock_of(self.assignment(id)?, ClockKind::Start, self.scene.now);
        self.enter(entry);
        Ok(())
    }
}

fn clock_of(assignment: &Assignment, kind: ClockKind, at: Instant) -> ClockEntry {
    ClockEntry {
        assignment_id: Some(assignment.id),
        due_at: assignment.due_at,
        limit_rule: assignment.limit_rule,
        provisional: assignment.provisional,
        began_at: Some(assignment.dispatched_at),
        limit_value: assignment.limit_value,
        limit_unit: assignment.limit_unit,
        tied: Some(clocks::leads_on(assignment)),
        ..ClockEntry::new(assignment.ticket_id.into(), kind, at)
    }
}
