//! Where a message belongs: the questionnaire that waits for its sender, the ticket that it answers or names, the one open ticket of its number.
//! Not here: writing it to a ticket (`fact`), what a person decides (`shelf`).
//! A number of a ticket proves nothing: who sent the message does, by the number that the gateway says, or by answering a mail that only its
//! recipient has.

use std::sync::Arc;

use shared::fault::Fault;
use shared::incoming::{IncomingState, IncomingWay};
use shared::ticket::questionnaire::in_text;
use shared::ticket::{TicketNo, TicketState};
use store::incoming::{self, IncomingMessage};
use store::tickets::case::{self, Claim};
use uuid::Uuid;

use super::fact;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::tickets::perform::{Target, perform};
use crate::tickets::questionnaire::Answered;

/// Puts a message that waits where it belongs; how it stands then.
pub(super) async fn put(
    ctx: &Ctx,
    message: &IncomingMessage,
    answers: &[Uuid],
) -> Result<IncomingState, Fault> {
    if message.way == IncomingWay::Sms && rated(ctx, message).await? {
        return Ok(IncomingState::Answered);
    }
    for found in candidates(ctx, message, answers).await? {
        if linked(ctx, message, found).await? {
            return Ok(IncomingState::Linked);
        }
    }
    Ok(IncomingState::New)
}

/// Whether it answered the questionnaire that waits for its sender.
async fn rated(ctx: &Ctx, message: &IncomingMessage) -> Result<bool, Fault> {
    let Some(answers) = in_text(&message.letter.text) else {
        return Ok(false);
    };
    let services = &ctx.services;
    let db = services.store().reader();
    let asked = case::questionnaire_of_sender(&db, &message.letter.from, ctx.now()).await;
    let Some(asked) = asked.settle(services)? else {
        return Ok(false);
    };
    if !matches!(asked.state, TicketState::ToVisit | TicketState::Closed) {
        return Ok(false);
    }
    let hash = asked.questionnaire.token_hash.clone();
    let claim = Claim::Questionnaire(hash.clone());
    let target = Target::Own(asked.ticket_no.clone(), claim);
    let visitor = Ctx::visitor(services);
    if perform(&visitor, target, Answered { hash, answers })
        .await
        .is_err()
    {
        // It was answered in another way meanwhile: then this is a message as any other.
        return Ok(false);
    }
    let settled = IncomingMessage {
        state: IncomingState::Answered,
        ticket_id: Some(asked.questionnaire.ticket_id),
        ticket_no: Some(asked.ticket_no),
        settled_at: Some(ctx.now()),
        ..message.clone()
    };
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let settled = settled.clone();
            Box::pin(async move { Ok(incoming::settle(tx, &settled).await?) })
        })
        .await
        .settle(services)?;
    Ok(true)
}

/// The tickets that it may belong to, each with what proves it, the surest first.
async fn candidates(
    ctx: &Ctx,
    message: &IncomingMessage,
    answers: &[Uuid],
) -> Result<Vec<(TicketNo, Claim)>, Fault> {
    let services = &ctx.services;
    let db = services.store().reader();
    let mut found = Vec::new();
    for id in answers {
        let no = case::of_message(&db, *id).await.settle(services)?;
        found.extend(no.map(|no| (no, Claim::Answer(*id))));
    }
    if message.way == IncomingWay::Sms {
        let from = &message.letter.from;
        let sender = || Claim::Sender(from.clone());
        found.extend(message.ticket_no.clone().map(|no| (no, sender())));
        let (open, _) = case::of_sender(&db, from, 2).await.settle(services)?;
        // Of several nobody can say which is meant.
        if let [only] = open.as_slice() {
            found.push((only.clone(), sender()));
        }
    }
    Ok(found)
}

/// Writes it to a ticket, where the proof holds and the ticket takes it.
async fn linked(
    ctx: &Ctx,
    message: &IncomingMessage,
    found: (TicketNo, Claim),
) -> Result<bool, Fault> {
    let services = &ctx.services;
    let reference = services.reference().await?;
    let work = Arc::new((ctx.clone(), reference, message.id, found));
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let work = Arc::clone(&work);
            Box::pin(async move {
                let (ctx, reference, id, (no, claim)) = &*work;
                let Some(message) = incoming::find(tx, *id).await? else {
                    return Ok(false);
                };
                let case = case::load_own(tx, no, claim).await?;
                match case.filter(|_| message.state == IncomingState::New) {
                    Some(case) => fact::write(tx, (ctx, &**reference), &case, message).await,
                    None => Ok(false),
                }
            })
        })
        .await
        .settle(services)
}
