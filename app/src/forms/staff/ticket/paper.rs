//! Forms of paper forms: drawing a block of numbers, voiding one.
//! Not here: the rules (`services::tickets::paper`), entering one, which is the desk's form (`staff::register`).
//! What was drawn opens to be printed; what was voided goes back to the list.

use services::tickets::paper;
use shared::access::needs;
use shared::command::{Command as _, Sent};
use shared::ticket::paper::{ReservePaper, VoidPaper};

use crate::forms::{self, Answer, Call, FormRoute, Redirect, Refusal};

const fn route(pattern: &'static str, run: fn(Call) -> Answer) -> FormRoute {
    forms::route(pattern, needs::DESK, run)
}

/// The forms of this file.
pub const FORMS: &[FormRoute] = &[
    route("/paper", |call| -> Answer { Box::pin(reserve(call)) }),
    route("/paper/{no}/void", |call| -> Answer {
        Box::pin(void(call))
    }),
];

/// Draws a block.
async fn reserve(call: Call) -> Result<Redirect, Refusal> {
    call.ctx.ask(needs::DESK)?;
    let command = ReservePaper::read(Sent::form(call.fields.pairs()))?;
    let drawn = paper::reserve(&call.ctx, command).await?;
    Ok(Redirect::to(format!("/paper-blocks/{}", drawn.block)))
}

/// Voids a number.
async fn void(call: Call) -> Result<Redirect, Refusal> {
    call.ctx.ask(needs::DESK)?;
    let no: String = call.param(0)?;
    let command = VoidPaper::read(Sent::form(call.fields.pairs()))?;
    paper::void(&call.ctx, &no, command).await?;
    Ok(Redirect::to("/paper?done=void"))
}
