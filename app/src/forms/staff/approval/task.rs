//! Forms of the verbs on one open task: decide, send back, signers, hand over, claim, correction, papers.
//! Not here: verbs on the whole case (`case`), those of the process owner (`operate`).
//! Approve and refuse are two buttons of one form, which send `approved`.

use services::approvals;
use shared::approval::command::{
    AcceptLacking, AddSigner, AskCorrection, Claim, Decide, Delegate, Reject, RemoveSigner,
    Transfer,
};
use shared::approval::{ApprovalVerb as V, SignPlace};
use shared::fault::Check;

use super::settled;
use super::{asked, done, id, number, part, several, task};
use crate::forms::{Call, Redirect, Refusal};

/// Approve or refuse (同意, 不同意).
pub async fn decide(call: Call) -> Result<Redirect, Refusal> {
    let id = id(&call)?;
    let fields = &call.fields;
    let mut check = Check::default();
    let approved = fields.yes_no("approved", &mut check);
    let approved = settled(approved, check)?;
    let command = Decide {
        version: fields.version(),
        task: task(fields)?,
        part: part(fields),
        approved,
        opinion: fields.optional("opinion"),
        fields: asked(fields),
    };
    approvals::decide(&call.ctx, id, command).await?;
    done(&call, id, if approved { V::Approve } else { V::Refuse })
}

/// Send back (驳回).
pub async fn reject(call: Call) -> Result<Redirect, Refusal> {
    let id = id(&call)?;
    let fields = &call.fields;
    let command = Reject {
        version: fields.version(),
        task: task(fields)?,
        to: fields.text("to"),
        opinion: fields.text("opinion"),
    };
    approvals::reject(&call.ctx, id, command).await?;
    done(&call, id, V::Reject)
}

/// Add a signer (加签).
pub async fn add_signer(call: Call) -> Result<Redirect, Refusal> {
    let id = id(&call)?;
    let fields = &call.fields;
    let mut check = Check::default();
    let place = fields.required::<SignPlace>("place", &mut check);
    let command = AddSigner {
        version: fields.version(),
        task: task(fields)?,
        user: fields.text("user"),
        place: settled(place, check)?,
        note: fields.optional("note"),
    };
    approvals::add_signer(&call.ctx, id, command).await?;
    done(&call, id, V::AddSigner)
}

/// Remove a signer (减签).
pub async fn remove_signer(call: Call) -> Result<Redirect, Refusal> {
    let id = id(&call)?;
    let command = RemoveSigner {
        version: call.fields.version(),
        task: task(&call.fields)?,
        part: part(&call.fields),
        note: call.fields.optional("note"),
    };
    approvals::remove_signer(&call.ctx, id, command).await?;
    done(&call, id, V::RemoveSigner)
}

/// Hand over for good (转办).
pub async fn transfer(call: Call) -> Result<Redirect, Refusal> {
    let id = id(&call)?;
    let command = Transfer {
        version: call.fields.version(),
        task: task(&call.fields)?,
        part: part(&call.fields),
        user: call.fields.text("user"),
        note: call.fields.optional("note"),
    };
    approvals::transfer(&call.ctx, id, command).await?;
    done(&call, id, V::Transfer)
}

/// Have somebody handle it and give it back (委派).
pub async fn delegate(call: Call) -> Result<Redirect, Refusal> {
    let id = id(&call)?;
    let command = Delegate {
        version: call.fields.version(),
        task: task(&call.fields)?,
        user: call.fields.text("user"),
        note: call.fields.optional("note"),
    };
    approvals::delegate(&call.ctx, id, command).await?;
    done(&call, id, V::Delegate)
}

fn claiming(call: &Call) -> Result<Claim, Refusal> {
    Ok(Claim {
        version: call.fields.version(),
        task: task(&call.fields)?,
    })
}

/// Claim (认领).
pub async fn claim(call: Call) -> Result<Redirect, Refusal> {
    let id = id(&call)?;
    approvals::claim(&call.ctx, id, claiming(&call)?).await?;
    done(&call, id, V::Claim)
}

/// Put back (放回).
pub async fn release(call: Call) -> Result<Redirect, Refusal> {
    let id = id(&call)?;
    approvals::release(&call.ctx, id, claiming(&call)?).await?;
    done(&call, id, V::Release)
}

/// Ask for a correction (要求补正).
pub async fn ask_correction(call: Call) -> Result<Redirect, Refusal> {
    let id = id(&call)?;
    let command = AskCorrection {
        version: call.fields.version(),
        task: task(&call.fields)?,
        missing: call.fields.text("missing"),
    };
    approvals::ask_correction(&call.ctx, id, command).await?;
    done(&call, id, V::AskCorrection)
}

/// Accept with papers missing (容缺受理).
pub async fn accept_lacking(call: Call) -> Result<Redirect, Refusal> {
    let id = id(&call)?;
    let fields = &call.fields;
    let mut check = Check::default();
    let command = AcceptLacking {
        version: fields.version(),
        task: task(fields)?,
        papers: several(&fields.text("papers"), |c| c == '\n'),
        working_days: number(fields, "working_days", &mut check),
        opinion: fields.optional("opinion"),
        fields: asked(fields),
    };
    let accepted = approvals::accept_lacking(&call.ctx, id, command).await;
    check.finish_with(accepted.map(drop))?;
    done(&call, id, V::AcceptLacking)
}
