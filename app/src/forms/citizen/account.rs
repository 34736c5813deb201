//! The forms of a citizen's account: the code and signing in with it, out, the name, and what is done with the own requests.
//! Asking for a code is a step of the form that signs in, so that number and code stand in one form and in no address.
//! Not here: how often and how long (services).

use std::borrow::Cow;

use services::citizens;
use services::tries::Try;
use shared::access::{Need, needs};
use shared::citizen::{AskCode, CitizenName, CitizenSignIn};
use shared::command::{Command, Sent};
use shared::fault::{Check, Code, Fault};
use shared::ticket::TicketNo;
use shared::ticket::verbs::{Rate, Reopen, Urge};

use crate::forms::{Answer, Call, Fields, Files, FormRoute, Keep, Redirect, Refusal, STEP};

/// Says that a code is on its way, so that the form asks for it.
pub const SENT: &str = "sent";

const fn row(
    pattern: &'static str,
    need: Need,
    tries: Option<Try>,
    run: fn(Call) -> Answer,
) -> FormRoute {
    FormRoute {
        pattern: Cow::Borrowed(pattern),
        need,
        files: Files::None,
        tries,
        run,
    }
}

/// The forms of this file.
pub const FORMS: &[FormRoute] = &[
    row("/me/sign-in", Need::Nothing, Some(Try::SignIn), |call| {
        Box::pin(sign_in(call))
    }),
    row("/me/sign-out", Need::Nothing, None, |call| {
        Box::pin(sign_out(call))
    }),
    row("/me/account/name", needs::CITIZEN, None, |call| {
        Box::pin(name(call))
    }),
    row("/me/account/everywhere", needs::CITIZEN, None, |call| {
        Box::pin(everywhere(call))
    }),
    row("/me/account/close", needs::CITIZEN, None, |call| {
        Box::pin(close(call))
    }),
    row(
        "/me/requests/{no}/urge",
        needs::CITIZEN,
        Some(Try::LookUp),
        |call| Box::pin(urge(call)),
    ),
    row(
        "/me/requests/{no}/reopen",
        needs::CITIZEN,
        Some(Try::LookUp),
        |call| Box::pin(reopen(call)),
    ),
    row(
        "/me/requests/{no}/withdraw",
        needs::CITIZEN,
        Some(Try::LookUp),
        |call| Box::pin(withdraw(call)),
    ),
    row(
        "/me/requests/{no}/rate",
        needs::CITIZEN,
        Some(Try::LookUp),
        |call| Box::pin(rate(call)),
    ),
];

async fn sign_in(call: Call) -> Result<Redirect, Refusal> {
    let Call {
        ctx, mut fields, ..
    } = call;
    if fields.optional(STEP).is_some() {
        fields.remove(STEP);
        return Err(send(&ctx, fields).await);
    }
    let signed_in = match CitizenSignIn::read(Sent::form(fields.pairs())) {
        Ok(command) => citizens::sign_in(&ctx, command).await,
        Err(fault) => Err(fault),
    };
    match signed_in {
        Ok(signed_in) => Ok(Redirect::to("/me").keep(Keep::Citizen(signed_in))),
        Err(fault) => {
            let gone = |at: &shared::fault::FieldFault| at.code == Code::CitizenCodeGone;
            if fault.fields.iter().any(gone) {
                fields.remove("sms_code");
            }
            Err(Refusal::FaultWith(fault, fields.into_pairs()))
        }
    }
}

/// Sends a code, and asks for it.
async fn send(ctx: &services::Ctx, mut fields: Fields) -> Refusal {
    fields.remove("sms_code");
    let sent = match AskCode::read(Sent::form(fields.pairs())) {
        Ok(command) => citizens::ask(ctx, command).await,
        Err(fault) => Err(fault),
    };
    match sent {
        Ok(()) => {
            fields.set(SENT, "yes");
            Refusal::Again(fields.into_pairs())
        }
        Err(fault) => {
            // The one from a moment ago is still good.
            if fault.code == Code::CitizenCodeSoon {
                fields.set(SENT, "yes");
            } else {
                fields.remove(SENT);
            }
            Refusal::FaultWith(fault, fields.into_pairs())
        }
    }
}

async fn sign_out(call: Call) -> Result<Redirect, Refusal> {
    citizens::sign_out(&call.ctx).await?;
    Ok(Redirect::to("/").keep(Keep::CitizenOut))
}

async fn name(call: Call) -> Result<Redirect, Refusal> {
    let command = CitizenName::read(Sent::form(call.fields.pairs()))?;
    citizens::rename(&call.ctx, command).await?;
    Ok(Redirect::to("/me/account?done=name"))
}

async fn everywhere(call: Call) -> Result<Redirect, Refusal> {
    citizens::sign_out_everywhere(&call.ctx).await?;
    Ok(Redirect::to("/").keep(Keep::CitizenOut))
}

async fn close(call: Call) -> Result<Redirect, Refusal> {
    citizens::close(&call.ctx).await?;
    Ok(Redirect::to("/me/sign-in?done=close").keep(Keep::CitizenOut))
}

fn number(call: &Call) -> Result<TicketNo, Fault> {
    let text = call.params.first().map_or("", String::as_str);
    TicketNo::parse(text).ok_or_else(Fault::missing)
}

fn done(no: &TicketNo, verb: &str) -> Redirect {
    Redirect::to(format!("/me/requests/{no}?done={verb}"))
}

async fn urge(call: Call) -> Result<Redirect, Refusal> {
    let no = number(&call)?;
    let command = Urge::read(Sent::form(call.fields.pairs()))?;
    citizens::urge(&call.ctx, no.clone(), command).await?;
    Ok(done(&no, "urge"))
}

async fn reopen(call: Call) -> Result<Redirect, Refusal> {
    let no = number(&call)?;
    let command = Reopen::read(Sent::form(call.fields.pairs()))?;
    citizens::reopen(&call.ctx, no.clone(), command).await?;
    Ok(done(&no, "reopen"))
}

async fn withdraw(call: Call) -> Result<Redirect, Refusal> {
    let no = number(&call)?;
    let mut check = Check::default();
    let reason = Sent::form(call.fields.pairs()).field("reason", &mut check);
    check.finish()?;
    citizens::withdraw(&call.ctx, no.clone(), reason.flatten()).await?;
    Ok(done(&no, "withdraw"))
}

async fn rate(call: Call) -> Result<Redirect, Refusal> {
    let no = number(&call)?;
    let command = Rate::read(Sent::form(call.fields.pairs()))?;
    citizens::rate(&call.ctx, no.clone(), command).await?;
    Ok(done(&no, "rate"))
}
