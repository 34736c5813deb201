//! A partner's program as a caller: known by its token, let in from its networks, working under its account. Each of its writes carries the
//! number of the partner's message, which is its idempotency key: the same message again gets the same answer.
//! Deliberately absent: which partners there are (`config::partners`), what a program may (`shared::access`).
//! Source: `domain.md` 1, APIC, and 7, one answer for each message.

use axum::http::{HeaderMap, Method, request::Parts};
use services::{Ctx, asked, sessions};
use shared::{
    access::Who,
    fault::{Code, Fault},
};

use super::caller::{KEY_LENGTH, visible};
use crate::{config::Partner, web::edge::Facts};

/// The header with the partner's number of a message.
const MESSAGE_ID: &str = "message-id";

/// Makes the caller the partner's program.
///
/// # Errors
/// `access.denied` from elsewhere than its networks, or when its account is closed; `input.message_id` for a write without one.
pub async fn enter(parts: &Parts, ctx: &mut Ctx, partner: &Partner) -> Result<(), Fault> {
    let_in(parts, ctx, partner).await?;
    ctx.idempotency_key = message_id(&parts.method, &parts.headers)?;
    Ok(())
}

/// The same, whose writes carry no number.
///
/// # Errors
/// `access.denied` as above.
pub async fn let_in(parts: &Parts, ctx: &mut Ctx, partner: &Partner) -> Result<(), Fault> {
    let account = sessions::program_by_name(&ctx.services, &partner.account).await;
    let mut actor = account.map_err(|fault| match fault.code {
        Code::NotFound => Fault::denied(),
        _ => fault,
    })?;
    let Some(account) = actor.user() else {
        return Err(Fault::denied());
    };
    actor.who = Who::Partner {
        code: partner.code.clone(),
        account,
    };
    ctx.actor = actor;
    let from = parts.extensions.get::<Facts>().map(|facts| facts.client.ip);
    if !from.is_some_and(|ip| partner.calls_from(ip)) {
        let entrance = format!("{} {}", parts.method, parts.uri.path());
        asked::turned_away(ctx, &entrance, "network").await;
        return Err(Fault::denied());
    }
    Ok(())
}

/// The number of the message; what only reads has none.
fn message_id(method: &Method, headers: &HeaderMap) -> Result<Option<String>, Fault> {
    if method.is_safe() {
        return Ok(None);
    }
    let id = headers.get(MESSAGE_ID).and_then(|id| id.to_str().ok());
    id.filter(|id| visible(id, KEY_LENGTH))
        .map(|id| Some(id.to_owned()))
        .ok_or_else(|| Fault::new(Code::InputMessageId))
}
