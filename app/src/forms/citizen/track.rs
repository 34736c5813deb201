//! Following the own ticket: look it up by number and code, then urge, withdraw, rate it or ask to reopen it.
//! The browser keeps number and code in a sealed cookie for 30 minutes (`Keep::Track`), so no address holds them.
//! Not here: the tries that are counted (services).

use shared::command::{Command, Sent};
use shared::fault::{Check, Code, Fault};
use shared::ticket::command::Lookup;
use shared::ticket::verbs::{Rate, Reopen, Urge};

use crate::forms::{Call, Keep, Redirect, Refusal};

/// Where the timeline is.
const TICKET: &str = "/track/ticket";

/// `/track`: number and code.
pub async fn lookup(call: Call) -> Result<Redirect, Refusal> {
    let lookup = Lookup::read(Sent::form(call.fields.pairs()))?;
    services::public::lookup(&call.ctx, lookup.clone()).await?;
    Ok(Redirect::to(TICKET).keep(Keep::Track(Some(lookup))))
}

/// The ticket that this browser follows; the cookie lasts half an hour.
fn followed(track: Option<Lookup>) -> Result<Lookup, Fault> {
    track.ok_or_else(|| Fault::new(Code::LookupExpired))
}

/// Urge (催办).
pub async fn urge(call: Call) -> Result<Redirect, Refusal> {
    let claim = followed(call.track)?;
    let command = Urge::read(Sent::form(call.fields.pairs()))?;
    services::public::urge(&call.ctx, claim, command).await?;
    Ok(Redirect::to(format!("{TICKET}?done=urge")))
}

/// Reopen (重新打开).
pub async fn reopen(call: Call) -> Result<Redirect, Refusal> {
    let claim = followed(call.track)?;
    let command = Reopen::read(Sent::form(call.fields.pairs()))?;
    services::public::reopen(&call.ctx, claim, command).await?;
    Ok(Redirect::to(format!("{TICKET}?done=reopen")))
}

/// Withdraw (撤回).
pub async fn withdraw(call: Call) -> Result<Redirect, Refusal> {
    let claim = followed(call.track)?;
    let mut check = Check::default();
    let reason = Sent::form(call.fields.pairs()).field("reason", &mut check);
    check.finish()?;
    services::public::withdraw(&call.ctx, claim, reason.flatten()).await?;
    Ok(Redirect::to(format!("{TICKET}?done=withdraw")))
}

/// Rate (评价).
pub async fn rate(call: Call) -> Result<Redirect, Refusal> {
    let claim = followed(call.track)?;
    let command = Rate::read(Sent::form(call.fields.pairs()))?;
    services::public::rate(&call.ctx, claim, command).await?;
    Ok(Redirect::to(format!("{TICKET}?done=rate")))
}
