//! Forms of the follow-up pool: the next ticket, this one, back into the pool.
//! Not here: the rules (`services::follow_ups`), the call itself (`verb`).
//! What was taken opens; what was given back goes back to the list.

use services::follow_ups;
use shared::access::needs;

use crate::forms::{self, Answer, Call, FormRoute, Redirect, Refusal};

const fn route(pattern: &'static str, run: fn(Call) -> Answer) -> FormRoute {
    forms::route(pattern, needs::FOLLOW_UPS, run)
}

/// The forms of this file.
pub const FORMS: &[FormRoute] = &[
    route("/follow-ups/next", |call| -> Answer {
        Box::pin(next(call))
    }),
    route("/follow-ups/{id}/take", |call| -> Answer {
        Box::pin(take(call))
    }),
    route("/follow-ups/{id}/return", |call| -> Answer {
        Box::pin(give_back(call))
    }),
];

/// The next one.
async fn next(call: Call) -> Result<Redirect, Refusal> {
    let taken = follow_ups::next(&call.ctx).await?;
    Ok(match taken.ticket {
        Some(id) => Redirect::to(format!("/tickets/{id}")),
        None => Redirect::to("/follow-ups?done=none"),
    })
}

/// This one.
async fn take(call: Call) -> Result<Redirect, Refusal> {
    let id = call.param(0)?;
    follow_ups::take(&call.ctx, id).await?;
    Ok(Redirect::to(format!("/tickets/{id}")))
}

/// Back into the pool.
async fn give_back(call: Call) -> Result<Redirect, Refusal> {
    let id = call.param(0)?;
    follow_ups::give_back(&call.ctx, id).await?;
    Ok(Redirect::to("/follow-ups?shelf=mine&done=return"))
}
