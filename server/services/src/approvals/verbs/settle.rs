//! Settle an incident: retry (重试) what stopped, or skip (跳过) it.
//! Not here: what that does (`host::settle`), incidents of tickets (`tickets::settle`, to which the same road leads), changing variables or
//! jumping first (`operate`).

use futures::future::BoxFuture;
use shared::approval::verbs::{Retry, Skip};
use shared::approval::view::ApprovalActed;
use shared::approval::{ApprovalStatus, ApprovalVerb};
use shared::fault::Fault;
use shared::ids::{ApplicationId, ApprovalId, TicketId};
use store::record::CaseKind;
use uuid::Uuid;

use crate::applications;
use crate::approvals::working_copy::{Halt, WorkingCopy};
use crate::context::Ctx;
use crate::fault::Settle as _;
use crate::host::settle::{How, Settle, go_on, settled};
use crate::host::{Decide, perform};
use crate::tickets;

impl From<&Retry> for Settle {
    fn from(command: &Retry) -> Self {
        Self {
            version: command.version.0,
            incident: command.incident,
            reason: command.reason.to_string(),
        }
    }
}

impl From<&Skip> for Settle {
    fn from(command: &Skip) -> Self {
        Self {
            version: command.version.0,
            incident: command.incident,
            reason: command.reason.to_string(),
        }
    }
}

impl Decide for Retry {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let incident = settled(copy, ApprovalVerb::Retry, &Settle::from(self))?;
        match copy.not_begun() {
            Some(_) => copy.begin_again(),
            None => go_on(copy, How::Retry, &incident),
        }
    }

    fn go(self, ctx: &Ctx, id: Uuid) -> BoxFuture<'_, Result<ApprovalActed, Fault>> {
        Box::pin(async move {
            match of_another(ctx, id, How::Retry, Settle::from(&self)).await? {
                Some(acted) => Ok(acted),
                None => perform(ctx, ApprovalId(id), self).await,
            }
        })
    }
}

impl Decide for Skip {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let incident = settled(copy, ApprovalVerb::Skip, &Settle::from(self))?;
        match copy.not_begun() {
            // What is not begun has nothing that could be passed over.
            Some(_) => Err(copy.not_now(ApprovalVerb::Skip)),
            None => go_on(copy, How::Skip, &incident),
        }
    }

    fn go(self, ctx: &Ctx, id: Uuid) -> BoxFuture<'_, Result<ApprovalActed, Fault>> {
        Box::pin(async move {
            match of_another(ctx, id, How::Skip, Settle::from(&self)).await? {
                Some(acted) => Ok(acted),
                None => perform(ctx, ApprovalId(id), self).await,
            }
        })
    }
}

/// Settles the incident of a case of another kind; nothing for an approval.
async fn of_another(
    ctx: &Ctx,
    id: Uuid,
    how: How,
    settle: Settle,
) -> Result<Option<ApprovalActed>, Fault> {
    let reader = ctx.services.store().reader();
    let kind = store::host::kind_of_incident(&reader, ApprovalId(id).into())
        .await
        .settle(&ctx.services)?;
    let (number, version) = match kind {
        Some(CaseKind::Ticket) => {
            let acted = tickets::settle(ctx, TicketId(id), how, settle).await?;
            (acted.ticket_no.to_string(), acted.version)
        }
        Some(CaseKind::Application) => {
            let stands = applications::settle(ctx, ApplicationId(id), how, settle).await?;
            (stands.application_no, stands.version)
        }
        Some(CaseKind::Approval) | None => return Ok(None),
    };
    Ok(Some(ApprovalActed {
        id: ApprovalId(id),
        approval_no: number,
        version,
        status: ApprovalStatus::Running,
        at: Vec::new(),
    }))
}
