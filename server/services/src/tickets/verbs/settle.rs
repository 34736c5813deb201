//! Settle an incident of a ticket: its process owner retries what stopped, or goes past it. The reason stands in the history and the audit.
//! Not here: what that does (`host::settle`), where incidents are listed (`approvals::owner`).

use serde::Serialize;
use shared::fault::Fault;
use shared::ids::TicketId;
use shared::ticket::Verb;
use shared::ticket::view::Acted;
use store::record::TicketCase;

use crate::context::Ctx;
use crate::host::settle::{How, Settle, go_on, settled};
use crate::tickets::perform::{Order, Target, perform};
use crate::tickets::working_copy::{Halt, WorkingCopy};

/// Settling, as the runner sees it.
#[derive(Debug, Clone, Serialize)]
struct Settling(How, Settle);

impl Order for Settling {
    type On = TicketCase;

    fn verb(&self) -> Verb {
        match self.0 {
            How::Retry => Verb::Retry,
            How::Skip => Verb::Skip,
        }
    }

    fn version(&self) -> Option<i32> {
        Some(self.1.version)
    }

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let incident = settled(copy, self.verb(), &self.1)?;
        go_on(copy, self.0, &incident)
    }
}

/// Settles an incident of a ticket.
///
/// # Errors
/// The faults of the runner; `not_found` without an open incident of that number.
pub(crate) async fn settle(
    ctx: &Ctx,
    id: TicketId,
    how: How,
    command: Settle,
) -> Result<Acted, Fault> {
    perform(ctx, Target::Stopped(id), Settling(how, command)).await
}
