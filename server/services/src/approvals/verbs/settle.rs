//! Settle an incident: retry (重试) what stopped, or skip (跳过) it.
//! Not here: what that does (`host::settle`), incidents of tickets (`tickets::settle`, to which the same road leads), changing variables or
//! jumping first (`operate`).

use serde::Serialize;
use shared::approval::command::Settle;
use shared::approval::view::ApprovalActed;
use shared::approval::{ApprovalStatus, ApprovalVerb};
use shared::fault::Fault;
use shared::ids::{ApplicationId, ApprovalId, TicketId};
use store::record::{ApprovalCase, CaseKind};

use super::under_way;
use crate::applications;
use crate::approvals::draft::{Draft, Halt};
use crate::approvals::perform::{Order, perform};
use crate::approvals::rights;
use crate::context::Ctx;
use crate::fault::Settle as _;
use crate::host::settle::{How, go_on, settled};
use crate::tickets;

/// Settling, as the runner sees it.
#[derive(Debug, Clone, Serialize)]
struct Settling(How, Settle);

impl Order for Settling {
    type On = ApprovalCase;

    fn verb(&self) -> ApprovalVerb {
        match self.0 {
            How::Retry => ApprovalVerb::Retry,
            How::Skip => ApprovalVerb::Skip,
        }
    }

    fn version(&self) -> Option<i32> {
        Some(self.1.version)
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt> {
        if self.0 == How::Skip && !rights::operates(draft.scene.actor, &draft.case) {
            return Err(Fault::denied().into());
        }
        under_way(draft, self.verb())?;
        let incident = settled(draft, self.verb(), &self.1)?;
        match self.0 {
            How::Retry if draft.not_begun().is_some() => draft.begin_again(),
            // What is not begun has nothing that could be passed over.
            How::Skip if draft.not_begun().is_some() => Err(draft.not_now(self.verb())),
            how => go_on(draft, how, &incident),
        }
    }
}

/// Tries again what an incident stopped.
pub async fn retry(ctx: &Ctx, id: ApprovalId, command: Settle) -> Result<ApprovalActed, Fault> {
    settle(ctx, id, How::Retry, command).await
}

/// Goes on without it.
pub async fn skip(ctx: &Ctx, id: ApprovalId, command: Settle) -> Result<ApprovalActed, Fault> {
    settle(ctx, id, How::Skip, command).await
}

async fn settle(
    ctx: &Ctx,
    id: ApprovalId,
    how: How,
    command: Settle,
) -> Result<ApprovalActed, Fault> {
    let reader = ctx.services.store().reader();
    let kind = store::host::kind_of_incident(&reader, id.into())
        .await
        .settle(&ctx.services)?;
    let (number, version) = match kind {
        Some(CaseKind::Ticket) => {
            let acted = tickets::settle(ctx, TicketId(id.0), how, command).await?;
            (acted.ticket_no.to_string(), acted.version)
        }
        Some(CaseKind::Application) => {
            let stands = applications::settle(ctx, ApplicationId(id.0), how, command).await?;
            (stands.application_no, stands.version)
        }
        Some(CaseKind::Approval) | None => {
            return perform(ctx, id, Settling(how, command)).await;
        }
    };
    Ok(ApprovalActed {
        id,
        approval_no: number,
        version,
        status: ApprovalStatus::Running,
        at: Vec::new(),
    })
}
