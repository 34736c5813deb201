//! What only a ticket's working copy has: assignments with their clocks, calls and ratings, notices to the citizen, and verbs by their word.
//! Not here: the working copy itself (`host::working_copy`), the process's rules (`process`), what each verb decides (its own file).
//! Read next: `working_copy/kind` (what the house asks of a ticket), `working_copy/run`, `working_copy/assignments`, `working_copy/ledger`, `working_copy/trail`.

mod assignments;
mod kind;
mod ledger;
mod run;
mod trail;

use shared::ids::TicketId;
use store::record::{Ticket, TicketCase};
use uuid::Uuid;

pub(crate) use crate::host::{Halt, Scene, Told};

/// A ticket under a verb. Its assignments are changed through `change_assignment` only.
pub(crate) type WorkingCopy<'a> = crate::host::WorkingCopy<'a, TicketCase>;

impl WorkingCopy<'_> {
    /// The ticket.
    pub fn ticket(&mut self) -> &mut Ticket {
        &mut self.case.ticket
    }

    /// The ticket's id.
    pub fn id(&self) -> TicketId {
        self.case.ticket.id
    }

    /// An id whose time is the ticket's acceptance, so that everything of a case lies in one partition (I8).
    pub fn new_id(&self) -> Uuid {
        self.scene.ids.new_id(self.case.ticket.accepted_at)
    }
}
