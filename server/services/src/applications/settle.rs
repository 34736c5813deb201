//! Settle an incident of an application: its process owner retries what stopped, or goes past it.
//! Not here: what that does (`host::settle`), where incidents are listed (`approvals::owner`).
//! The reason stands in the history and the audit.

use serde::Serialize;
use shared::application::ApplicationVerb;
use shared::fault::Fault;
use shared::ids::ApplicationId;
use store::record::ApplicationCase;

use super::perform::Stands;
use crate::context::Ctx;
use crate::host::settle::{How, Settle, go_on, settled};
use crate::host::{Halt, Order, WorkingCopy, perform};

/// Settling, as the runner sees it.
#[derive(Debug, Clone, Serialize)]
struct Settling(How, Settle);

impl Order for Settling {
    type On = ApplicationCase;

    fn verb(&self) -> ApplicationVerb {
        match self.0 {
            How::Retry => ApplicationVerb::Retry,
            How::Skip => ApplicationVerb::Skip,
        }
    }

    fn version(&self) -> Option<i32> {
        Some(self.1.version)
    }

    fn decide(&self, copy: &mut WorkingCopy<'_, ApplicationCase>) -> Result<(), Halt> {
        let incident = settled(copy, self.verb(), &self.1)?;
        go_on(copy, self.0, &incident)
    }
}

/// Settles an incident of an application.
///
/// # Errors
/// The faults of the runner; `not_found` without an open incident of that number.
pub(crate) async fn settle(
    ctx: &Ctx,
    id: ApplicationId,
    how: How,
    command: Settle,
) -> Result<Stands, Fault> {
    perform(ctx, id, Settling(how, command)).await
}
