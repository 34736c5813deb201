//! Filing (发起): the title and the start form of a definition.
//! Not here: verbs on what was filed (`task`, `case`).
//! The idempotency key of the page keeps a second click from filing twice.

use services::approvals;
use shared::approval::command::Start;

use super::asked;
use crate::forms::{Call, Redirect, Refusal};

/// File.
pub async fn start(call: Call) -> Result<Redirect, Refusal> {
    let command = Start {
        definition: call.param(0)?,
        title: call.fields.text("title"),
        fields: asked(&call.fields),
    };
    let acted = approvals::start(&call.ctx, command).await?;
    Ok(Redirect::to(format!("/approvals/{}?done=start", acted.id)))
}
