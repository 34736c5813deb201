//! Forms of the list of tickets: saved views, kept, renamed, shared, deleted and followed; the reader's columns; looking for a person.
//! Not here: the rules (`services::tickets::saved`, `persons`), the page (`pages::staff::list`).
//! A kept view goes back to the list that it shows; whoever was looked for stands in the list's address as a mark alone.

use services::tickets::{self, followed, persons, saved};
use shared::access::needs;
use shared::fault::{Code, Fault};
use shared::ids::ViewId;
use shared::query::person::{AskPerson, PersonKey};
use shared::query::view::{KeepView, NEVER, ViewRhythm, ViewShare};

use crate::forms::{self, Answer, Call, FormRoute, Redirect, Refusal};

const fn route(pattern: &'static str, run: fn(Call) -> Answer) -> FormRoute {
    forms::route(pattern, needs::TICKETS, run)
}

/// The forms of this file.
pub const FORMS: &[FormRoute] = &[
    route("/views", |call| -> Answer { Box::pin(keep(call)) }),
    route("/views/{id}/change", |call| -> Answer {
        Box::pin(change(call))
    }),
    route("/views/{id}/delete", |call| -> Answer {
        Box::pin(delete(call))
    }),
    route("/views/{id}/follow", |call| -> Answer {
        Box::pin(follow(call))
    }),
    route("/views/mine/columns", |call| -> Answer {
        Box::pin(columns(call))
    }),
    forms::route("/persons", needs::REVEAL, |call| -> Answer {
        Box::pin(persons(call))
    }),
];

async fn keep(call: Call) -> Result<Redirect, Refusal> {
    let command = KeepView {
        name: call.fields.text("name"),
        query: call.fields.text("query"),
        shared: share(&call)?,
    };
    saved::keep(&call.ctx, command).await?;
    Ok(Redirect::to("/views?done=view".to_owned()))
}

async fn change(call: Call) -> Result<Redirect, Refusal> {
    let id: ViewId = call.param(0)?;
    let version = call.fields.text("version").parse::<i32>();
    let version = version.map_err(|_| Fault::field("version", Code::InputRequired))?;
    let name = call.fields.text("name");
    saved::change(&call.ctx, (id, version), (&name, share(&call)?)).await?;
    Ok(Redirect::to("/views?done=view".to_owned()))
}

async fn delete(call: Call) -> Result<Redirect, Refusal> {
    let id: ViewId = call.param(0)?;
    saved::delete(&call.ctx, id).await?;
    Ok(Redirect::to("/views?done=view".to_owned()))
}

/// The columns of the list's address are the reader's from now on; an empty address gives the usual ones back.
async fn columns(call: Call) -> Result<Redirect, Refusal> {
    let typed = call.fields.text("query");
    let query = tickets::keep_list_columns(&call.ctx, &typed).await?;
    let sign = if query.is_empty() { "" } else { "?" };
    Ok(Redirect::to(format!("/tickets{sign}{query}")))
}

async fn follow(call: Call) -> Result<Redirect, Refusal> {
    let id: ViewId = call.param(0)?;
    let rhythm = call.fields.optional("rhythm").filter(|it| it != NEVER);
    let rhythm = rhythm.map(|word| {
        ViewRhythm::parse(&word).ok_or_else(|| Fault::field("rhythm", Code::InputCode))
    });
    followed::follow(&call.ctx, id, rhythm.transpose()?).await?;
    Ok(Redirect::to("/views?done=follow".to_owned()))
}

async fn persons(call: Call) -> Result<Redirect, Refusal> {
    let key = call.fields.text("key");
    let asked = AskPerson {
        key: PersonKey::parse(&key).ok_or_else(|| Fault::field("key", Code::InputCode))?,
        value: call.fields.text("value"),
        reason: call.fields.text("reason"),
        query: call.fields.text("query"),
    };
    let asked = persons::ask(&call.ctx, asked).await?;
    let filling = asked.filling.map(|waiting| format!("&filling={waiting}"));
    let filling = filling.unwrap_or_default();
    Ok(Redirect::to(format!("/tickets?{}{filling}", asked.query)))
}

/// For whom; nobody else where nothing was chosen.
fn share(call: &Call) -> Result<ViewShare, Fault> {
    let Some(word) = call.fields.optional("shared") else {
        return Ok(ViewShare::Nobody);
    };
    ViewShare::parse(&word).ok_or_else(|| Fault::field("shared", Code::InputCode))
}
