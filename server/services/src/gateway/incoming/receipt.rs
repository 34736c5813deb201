//! The answer that goes by itself to who sent a message (来信回执): that it has come in, and its number. One a sender and day, in the transaction that keeps
//! the message, by the outbox as all that leaves.
//! None goes to a machine, to the house itself, to what was set aside, or to who answers a questionnaire; an answer by mail says that it was made by a
//! machine, so that no machine answers it.

use std::borrow::Cow;

use shared::incoming::{IncomingWay, receipt_no};
use shared::notification::About;
use shared::person::phone;
use shared::register::{ToldEvent, ToldWay};
use shared::text::clock;
use shared::text::notification::template::MessageCode;
use shared::text::sms::LANGUAGE;
use shared::ticket::questionnaire::in_text;
use store::Tx;
use store::incoming::{self, IncomingMessage};
use store::record::OutboxMessage;

use crate::context::Ctx;
use crate::fault::Failure;
use crate::gateway::{MAIL, SMS};
use crate::reference::Reference;

/// What addresses that nobody reads begin with.
const NOBODY: [&str; 6] = [
    "mailer-daemon",
    "postmaster",
    "no-reply",
    "noreply",
    "donotreply",
    "do-not-reply",
];

/// Answers a message that was kept a moment ago, where it is to be answered.
pub(super) async fn answer(
    tx: &Tx,
    (ctx, reference): (&Ctx, &Reference),
    message: &IncomingMessage,
) -> Result<(), Failure> {
    if message.why.is_some() || !is_person(message) || !is_wanted(reference, message) {
        return Ok(());
    }
    let now = ctx.now();
    let day = now.date().to_string();
    if incoming::answered(tx, &message.sender_hmac, (&day, now)).await? {
        store::outbox::put(tx, &letter(ctx, reference, message)).await?;
    }
    Ok(())
}

/// Whether somebody reads an answer there, and asked for one.
fn is_person(message: &IncomingMessage) -> bool {
    let letter = &message.letter;
    match message.way {
        IncomingWay::Sms => phone::is_mobile(&letter.from) && in_text(&letter.text).is_none(),
        IncomingWay::Mail => !NOBODY.iter().any(|front| letter.from.starts_with(front)),
    }
}

/// Whether the office answers by this way.
fn is_wanted(reference: &Reference, message: &IncomingMessage) -> bool {
    let way = reference.lists.tells(&message.area, ToldEvent::Received);
    way.is_some_and(|way| match message.way {
        IncomingWay::Sms => way != ToldWay::Mail,
        IncomingWay::Mail => way != ToldWay::Sms,
    })
}

fn letter(ctx: &Ctx, reference: &Reference, message: &IncomingMessage) -> OutboxMessage {
    let day = clock::date(message.received_at.date(), ctx.now(), LANGUAGE);
    let values = [
        ("no", Cow::Owned(receipt_no(message.id, message.kept_at))),
        ("day", Cow::Owned(day)),
    ];
    let channel = match message.way {
        IncomingWay::Sms => SMS,
        IncomingWay::Mail => MAIL,
    };
    let wordings = reference.lists.wordings(&message.area);
    OutboxMessage {
        id: ctx.services.new_id(),
        ticket_id: None,
        channel: channel.to_owned(),
        to: message.letter.from.clone(),
        body: wordings.message(MessageCode::Received, &values, LANGUAGE),
        at: ctx.now(),
        about: Some(About::Received),
        area: Some(message.area.clone()),
        urgent: false,
    }
}
