//! Forms of phrases: kept, changed, deleted.
//! Not here: the rules (`services::todo::phrases`), the page (`pages::staff::tasks`).
//! Each goes back to the page of phrases.

use std::borrow::Cow;

use services::todo::phrases;
use shared::access::needs;
use shared::fault::{Code, Fault};
use shared::query::phrase::{ChangePhrase, KeepPhrase, PhraseUse};
use shared::query::view::ViewShare;

use crate::forms::{Answer, Call, Files, FormRoute, Redirect, Refusal};

const fn route(pattern: &'static str, run: fn(Call) -> Answer) -> FormRoute {
    FormRoute {
        pattern: Cow::Borrowed(pattern),
        need: needs::TICKETS,
        files: Files::None,
        tries: None,
        run,
    }
}

/// The forms of this file.
pub const FORMS: &[FormRoute] = &[
    route("/phrases", |call| -> Answer { Box::pin(keep(call)) }),
    route("/phrases/{id}/change", |call| -> Answer {
        Box::pin(change(call))
    }),
    route("/phrases/{id}/delete", |call| -> Answer {
        Box::pin(delete(call))
    }),
];

fn back() -> Redirect {
    Redirect::to("/phrases?done=phrase".to_owned())
}

async fn keep(call: Call) -> Result<Redirect, Refusal> {
    let command = KeepPhrase {
        name: call.fields.text("name"),
        words: call.fields.text("words"),
        purpose: purpose(&call)?,
        shared: share(&call)?,
    };
    phrases::keep(&call.ctx, command).await?;
    Ok(back())
}

async fn change(call: Call) -> Result<Redirect, Refusal> {
    let id = call.param(0)?;
    let version = call.fields.text("version").parse::<i32>();
    let command = ChangePhrase {
        version: version.map_err(|_| Fault::field("version", Code::InputRequired))?,
        name: call.fields.text("name"),
        words: call.fields.text("words"),
        purpose: purpose(&call)?,
        shared: share(&call)?,
    };
    phrases::change(&call.ctx, id, command).await?;
    Ok(back())
}

async fn delete(call: Call) -> Result<Redirect, Refusal> {
    let id = call.param(0)?;
    phrases::delete(&call.ctx, id).await?;
    Ok(back())
}

/// Into which forms; everywhere where nothing was chosen.
fn purpose(call: &Call) -> Result<PhraseUse, Fault> {
    let Some(word) = call.fields.optional("purpose") else {
        return Ok(PhraseUse::Any);
    };
    PhraseUse::parse(&word).ok_or_else(|| Fault::field("purpose", Code::InputCode))
}

/// For whom; nobody else where nothing was chosen.
fn share(call: &Call) -> Result<ViewShare, Fault> {
    let Some(word) = call.fields.optional("shared") else {
        return Ok(ViewShare::Nobody);
    };
    ViewShare::parse(&word).ok_or_else(|| Fault::field("shared", Code::InputCode))
}
