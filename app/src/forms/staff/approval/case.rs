//! Forms of the verbs on the whole case: correction handed in, papers, copies, take back, suspend, resume, cancel.
//! Not here: verbs on one task (`task`), those of the process owner (`operate`).
//! Names of people stand in one field, divided by commas.

use services::approvals;
use shared::access::needs;
use shared::approval::ApprovalVerb as V;
use shared::approval::command::{Copy, Correct, Reasoned, Supply, TakeBack};
use shared::calendar::Instant;
use shared::fault::Fault;
use shared::ids::TicketId;
use shared::ticket::command::Reveal;

use super::{asked, done, id, several};
use crate::context::Look;
use crate::forms::{Call, Keep, Redirect, Refusal};

/// Hand in the correction (提交补正).
pub async fn correct(call: Call) -> Result<Redirect, Refusal> {
    let id = id(&call)?;
    let command = Correct {
        version: call.fields.version(),
        note: call.fields.text("note"),
        fields: asked(&call.fields),
    };
    approvals::correct(&call.ctx, id, command).await?;
    done(&call, id, V::Correct)
}

/// Take back (撤回) what was just decided.
pub async fn take_back(call: Call) -> Result<Redirect, Refusal> {
    let id = id(&call)?;
    let command = TakeBack {
        version: call.fields.version(),
        reason: call.fields.optional("reason"),
    };
    approvals::take_back(&call.ctx, id, command).await?;
    done(&call, id, V::TakeBack)
}

/// Hand in a missing paper (补齐材料).
pub async fn supply(call: Call) -> Result<Redirect, Refusal> {
    let id = id(&call)?;
    let paper = call.fields.get("paper").and_then(|text| text.parse().ok());
    let command = Supply {
        version: call.fields.version(),
        paper: paper.ok_or_else(Fault::missing)?,
        note: call.fields.optional("note"),
    };
    approvals::supply(&call.ctx, id, command).await?;
    done(&call, id, V::Supply)
}

/// Let people read along (抄送).
pub async fn copy(call: Call) -> Result<Redirect, Refusal> {
    let id = id(&call)?;
    let divides = |c: char| matches!(c, ',' | '，' | '、' | ';' | '；') || c.is_whitespace();
    let command = Copy {
        version: call.fields.version(),
        users: several(&call.fields.all("users").join(","), divides),
        note: call.fields.optional("note"),
    };
    approvals::copy(&call.ctx, id, command).await?;
    done(&call, id, V::Copy)
}

/// How long one reason is good for, in milliseconds.
const LOOK: i64 = 5 * 60 * 1000;

/// Reveal (查看): five minutes in which this approval's page shows it in the clear, each look audited.
pub async fn reveal(call: Call) -> Result<Redirect, Refusal> {
    let id = id(&call)?;
    call.ctx.ask(needs::REVEAL)?;
    let reason = call.fields.text("reason");
    let command = Reveal {
        reason: reason.clone(),
    };
    shared::ticket::rules::reveal(&command)?;
    // Asked here so that a refusal is told at the form; the page asks and records the look itself.
    let detail = approvals::views::get(&call.ctx, id).await?;
    if !detail.may_reveal {
        return Err(Fault::denied().into());
    }
    let look = Look {
        ticket: TicketId(id.0),
        reason,
        until: Instant(call.ctx.now().0 + LOOK),
    };
    Ok(Redirect::to(format!("/approvals/{id}?done=reveal")).keep(Keep::Reveal(look)))
}

fn reasoned(call: &Call) -> Reasoned {
    Reasoned {
        version: call.fields.version(),
        reason: call.fields.text("reason"),
    }
}

/// Suspend (挂起).
pub async fn suspend(call: Call) -> Result<Redirect, Refusal> {
    let id = id(&call)?;
    approvals::suspend(&call.ctx, id, reasoned(&call)).await?;
    done(&call, id, V::Suspend)
}

/// Resume (恢复).
pub async fn resume(call: Call) -> Result<Redirect, Refusal> {
    let id = id(&call)?;
    approvals::resume(&call.ctx, id, reasoned(&call)).await?;
    done(&call, id, V::Resume)
}

/// Cancel (撤销申请).
pub async fn cancel(call: Call) -> Result<Redirect, Refusal> {
    let id = id(&call)?;
    approvals::cancel(&call.ctx, id, reasoned(&call)).await?;
    done(&call, id, V::Cancel)
}
