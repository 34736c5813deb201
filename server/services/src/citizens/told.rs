//! What an answer of staff leaves: whose it was, and the text message by which the citizen hears of it.
//! Not here: the answers (`mandates::decide`, `wishes::answer`), their reasons (`reason`), sending (`gateway`).

use std::borrow::Cow;

use shared::notification::About;
use shared::text::notification::sms::LANGUAGE;
use shared::text::notification::template::MessageCode;
use store::citizens::Account;
use store::record::OutboxMessage;

use crate::context::Ctx;
use crate::gateway::SMS;
use crate::reference::Reference;

/// The name of whoever acts, as it stays beside what was decided.
pub(super) fn by(ctx: &Ctx) -> String {
    let name = ctx.actor.signature();
    name.unwrap_or_else(|| ctx.actor_name().into_owned())
}

/// What an account is told about something of its own in a city; values for which the message has no place are left out.
pub(super) fn letter(
    ctx: &Ctx,
    reference: &Reference,
    (account, city): (&Account, &str),
    about: About,
    (code, mut values): (MessageCode, Vec<(&'static str, Cow<'_, str>)>),
) -> OutboxMessage {
    values.retain(|(name, _)| code.offers().contains(name));
    let wordings = reference.lists.wordings(city);
    OutboxMessage {
        id: ctx.services.new_id(),
        ticket_id: None,
        channel: SMS.to_owned(),
        to: account.phone.clone(),
        body: wordings.message(code, &values, LANGUAGE),
        at: ctx.now(),
        about: Some(about),
        area: Some(city.to_owned()),
        urgent: false,
    }
}
