//! Forms of the verbs on the whole case: correction handed in, papers, copies, take back, suspend, resume, cancel.
//! Not here: verbs on one task (`task`), those of the process owner (`operate`).
//! Names of people stand in one field, divided by commas.

use services::approvals;
use shared::approval::ApprovalVerb as V;
use shared::approval::command::{Copy, Correct, Reasoned, Supply, TakeBack};
use shared::fault::Fault;

use super::{asked, done, id, several};
use crate::forms::{Call, Redirect, Refusal};

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
