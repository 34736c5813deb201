//! Forms of findings: it was corrected, it is no fault, the second person's word; the checks of reports, made at once; and requests for data.
//! Not here: the rules (`services::quality`).
//! All go back to where they came from.

use services::quality::desk;
use services::reports::requests;
use shared::access::needs;
use shared::command::{Command as _, Sent};
use shared::measure::{AskData, CubeQuery, DecideData};

use crate::forms::{Answer, Call, FormRoute, Redirect, Refusal, route};

/// The forms of this file.
pub const FORMS: &[FormRoute] = &[
    route(
        "/office/quality/{id}/fix",
        needs::QUALITY,
        |call| -> Answer { Box::pin(fix(call)) },
    ),
    route(
        "/office/quality/{id}/dismiss",
        needs::QUALITY,
        |call| -> Answer { Box::pin(dismiss(call)) },
    ),
    route(
        "/office/quality/{id}/decide",
        needs::QUALITY,
        |call| -> Answer { Box::pin(decide(call)) },
    ),
    route("/reports/checks/run", needs::REPORT, |call| -> Answer {
        Box::pin(check(call))
    }),
    route("/data-requests", needs::TICKETS, |call| -> Answer {
        Box::pin(ask_data(call))
    }),
    route(
        "/data-requests/{id}/decide",
        needs::REPORT,
        |call| -> Answer { Box::pin(decide_data(call)) },
    ),
    route(
        "/data-requests/{id}/withdraw",
        needs::TICKETS,
        |call| -> Answer { Box::pin(withdraw_data(call)) },
    ),
];

/// Fields of the form that say which cut is asked for.
const CUT: [&str; 7] = ["show", "by", "from", "to", "region", "kind", "channel"];

/// What was done.
async fn fix(call: Call) -> Result<Redirect, Refusal> {
    let id = call.param(0)?;
    let command = shared::quality::FixFinding::read(Sent::form(call.fields.pairs()))?;
    desk::fix(&call.ctx, id, command).await?;
    Ok(Redirect::to("/office/quality?done=fix"))
}

/// Why it is no fault.
async fn dismiss(call: Call) -> Result<Redirect, Refusal> {
    let id = call.param(0)?;
    let command = shared::quality::AskDismissal::read(Sent::form(call.fields.pairs()))?;
    desk::ask_dismissal(&call.ctx, id, command).await?;
    Ok(Redirect::to("/office/quality?done=dismiss"))
}

/// Whether that is so.
async fn decide(call: Call) -> Result<Redirect, Refusal> {
    let id = call.param(0)?;
    let command = shared::quality::DecideDismissal::read(Sent::form(call.fields.pairs()))?;
    desk::decide(&call.ctx, id, command).await?;
    Ok(Redirect::to("/office/quality?done=decide"))
}

/// Every check of reports, now.
async fn check(call: Call) -> Result<Redirect, Refusal> {
    services::reports::check_now(&call.ctx).await?;
    Ok(Redirect::to("/reports/checks?done=run"))
}

/// A cut of figures; a program sends it in one word, a form in its fields.
async fn ask_data(call: Call) -> Result<Redirect, Refusal> {
    let today = call.ctx.now().date();
    let (cut, mut rest): (Vec<_>, Vec<_>) = call
        .fields
        .pairs()
        .iter()
        .cloned()
        .partition(|(name, _)| CUT.contains(&name.as_str()));
    if !cut.is_empty() {
        let query = CubeQuery::from_pairs(&cut, today)?.to_query();
        rest.push(("query".to_owned(), query));
    }
    let command = AskData::read(Sent::form(&rest))?;
    requests::ask(&call.ctx, command).await?;
    Ok(Redirect::to("/data-requests?done=ask"))
}

/// The second person's word on it.
async fn decide_data(call: Call) -> Result<Redirect, Refusal> {
    let id = call.param(0)?;
    let command = DecideData::read(Sent::form(call.fields.pairs()))?;
    requests::decide(&call.ctx, id, command).await?;
    Ok(Redirect::to("/data-requests?done=decide"))
}

/// Taken back.
async fn withdraw_data(call: Call) -> Result<Redirect, Refusal> {
    let id = call.param(0)?;
    requests::withdraw(&call.ctx, id).await?;
    Ok(Redirect::to("/data-requests?done=withdraw"))
}
