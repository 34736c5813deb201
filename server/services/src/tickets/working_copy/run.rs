//! Steps of a ticket's process by the words of its verbs.
//! Not here: the steps of every kind and their effects (`host::run`), what an opened task looks like (`opening`).

use bpmn::{Correlation, StartAt};
use shared::fault::{Code, Fault};
use shared::ids::AssignmentId;
use shared::ticket::Verb;
use store::record::Task;

use super::{Halt, WorkingCopy};
use crate::fault::Failure;
use crate::process;
use crate::process::said::{Begin, Note, Saying};
use crate::tickets::tree;

impl WorkingCopy<'_> {
    /// Starts the process at its plain start, or at the start that waits for a message.
    pub fn start(&mut self, begin: Begin) -> Result<(), Halt> {
        let message = begin.message();
        self.begin(
            message.map_or(StartAt::None, StartAt::Message),
            begin.vars(),
        )
    }

    /// Completes the open task that waits for the verb which says this, of the assignment when one is given.
    pub fn complete(&mut self, said: Saying, assignment: Option<AssignmentId>) -> Result<(), Halt> {
        if let Some(id) = assignment
            && tree::is_below(&self.case, id)
        {
            return tree::step(self, id, &said);
        }
        let verb = said.verb();
        let task = self.task_for(verb, assignment);
        let task_no = task.ok_or_else(|| self.not_allowed(verb))?.task_no;
        self.complete_task(task_no, said.vars())
    }

    /// Sends a message into the process, to one slot when it is given.
    pub fn message(&mut self, note: Note, slot: Option<&str>) -> Result<(), Halt> {
        let target = slot.map_or(Correlation::Any, |slot| {
            Correlation::scope(process::SLOT_PATH, slot)
        });
        self.hear(note.name(), &target, note.vars())
    }

    /// The open task that waits for the verb.
    pub fn task_for(&self, verb: Verb, assignment: Option<AssignmentId>) -> Option<&Task> {
        self.case.hung.tasks.iter().find(|task| {
            process::waits_for(task, verb)
                && (assignment.is_none() || task.assignment_id == assignment)
        })
    }

    /// The assignment that the verb is about.
    pub fn aimed(&self) -> Result<AssignmentId, Failure> {
        self.part.ok_or_else(|| Fault::missing().into())
    }

    /// The verb does not fit the ticket's state.
    pub fn not_allowed(&self, verb: Verb) -> Failure {
        Fault::new(Code::FlowNotAllowed)
            .fact("state", self.case.ticket.state)
            .fact("verb", verb)
            .into()
    }
}
