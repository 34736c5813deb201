//! Messages that come in (来信), by text message or mail, through one service: each is kept once under its provider's number before anything is
//! acknowledged, then put where it belongs (`place`): an answer to a questionnaire, a line of a ticket's history, or a list for the desk (`shelf`).
//! Not here: messages that go out (`send`). Who sent one hears once a day that it has come in (`receipt`), but no machine does, so that two machines
//! never talk to each other.

pub(crate) mod attach;
mod fact;
mod guards;
mod mail;
mod place;
mod receipt;
pub mod shelf;
pub mod sms;
mod spool;

use std::sync::Arc;

use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::IncomingId;
use shared::incoming::{IncomingState, IncomingWay, LONGEST_NO};
use store::StoreError;
use store::incoming::{self, IncomingMessage, Letter};
use uuid::Uuid;

use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};

pub(crate) use shelf::{enter, to_enter};
pub use spool::mails_folder;
pub(crate) use spool::run;

/// What does it, in history and audit.
const JOB: &str = "incoming";

/// A message as it came, read and not yet judged.
#[derive(Debug, Clone)]
pub(crate) struct Parcel {
    /// The way by which it came.
    pub(crate) way: IncomingWay,
    /// The provider's number of it.
    pub(crate) no: String,
    /// What it says.
    pub(crate) letter: Letter,
    /// When it came.
    pub(crate) at: Instant,
    /// Messages of ours that it answers.
    pub(crate) answers: Vec<Uuid>,
    /// A machine sent it by itself.
    pub(crate) is_automatic: bool,
    /// What hangs on it.
    pub(crate) files: Vec<attach::Attached>,
}

/// Keeps a message and puts it where it belongs; how it stands then. One that came before stays as it is.
///
/// # Errors
/// `input.body` for one without number or sender, or with neither text nor file; those of the store.
pub(crate) async fn take(services: &Services, parcel: Parcel) -> Result<IncomingState, Fault> {
    let parcel = guards::cleaned(parcel);
    let letter = &parcel.letter;
    let is_wordless = letter.text.is_empty() && letter.subject.is_empty();
    let says_nothing = is_wordless && parcel.files.is_empty();
    let is_nameless = parcel.no.is_empty() || parcel.no.len() > LONGEST_NO;
    if is_nameless || letter.from.is_empty() || says_nothing {
        return Err(Fault::new(Code::InputBody).fact("detail", "message"));
    }
    let ctx = Ctx::job(services, JOB);
    let answers = parcel.answers.clone();
    let message = kept(&ctx, parcel).await?;
    if message.state != IncomingState::New {
        return Ok(message.state);
    }
    place::put(&ctx, &message, &answers).await
}

/// The row of a message: a new one, or the one that is there.
async fn kept(ctx: &Ctx, parcel: Parcel) -> Result<IncomingMessage, Fault> {
    let services = &ctx.services;
    let (way, no) = (parcel.way, parcel.no.clone());
    let db = services.store().reader();
    if let Some(known) = incoming::known(&db, (way, &no)).await.settle(services)? {
        return Ok(known);
    }
    let mut parcel = parcel;
    let files = std::mem::take(&mut parcel.files);
    let looked = attach::look(services, files).await.settle(services)?;
    let written = written(ctx, parcel, looked.clone()).await;
    let is_there = written.as_ref().is_ok_and(|(_, is_new)| *is_new);
    if !is_there {
        looked.undo(services, written.as_ref().err()).await;
    }
    if let Err(Failure::Store(StoreError::Exists("incoming_message"))) = &written {
        // Another server has kept it a moment ago.
        let known = incoming::known(&db, (way, &no)).await;
        return known.settle(services)?.ok_or_else(Fault::missing);
    }
    written.map(|(message, _)| message).settle(services)
}

/// Writes the row with what hangs on it, unless it is there; whether it is new.
async fn written(
    ctx: &Ctx,
    parcel: Parcel,
    looked: attach::Looked,
) -> Result<(IncomingMessage, bool), Failure> {
    let (mut message, sender) = drawn(ctx, parcel).await?;
    let reference = ctx.services.reference().await?;
    message.letter.files = message.letter.files.saturating_add(looked.more);
    message.letter.refused.clone_from(&looked.refused);
    let work = Arc::new((ctx.clone(), reference, looked.kept));
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (mut message, work) = (message.clone(), Arc::clone(&work));
            Box::pin(async move {
                let (ctx, reference, files) = &*work;
                let number = (message.way, message.provider_no.as_str());
                if let Some(known) = incoming::known(tx, number).await? {
                    return Ok((known, false));
                }
                message.why = guards::suspicion(tx, &message, sender).await?;
                if message.why.is_some() {
                    message.state = IncomingState::Quarantined;
                }
                incoming::add(tx, &message).await?;
                attach::hang(tx, ctx, &message, files).await?;
                receipt::answer(tx, (ctx, &**reference), &message).await?;
                Ok((message, true))
            })
        })
        .await
}

/// The row as it is written, and whether a machine or the house itself sent the message.
async fn drawn(
    ctx: &Ctx,
    parcel: Parcel,
) -> Result<(IncomingMessage, Option<guards::Sender>), Fault> {
    let services = &ctx.services;
    let sender = guards::sender(services, &parcel);
    let reference = services.reference().await?;
    let db = services.store().reader();
    let from = parcel.letter.from.clone();
    let area = match parcel.way {
        IncomingWay::Sms => {
            let found = store::tickets::case::of_sender(&db, &from, 1).await;
            found.settle(services)?.1
        }
        IncomingWay::Mail => None,
    };
    let (letter, is_cut) = guards::bounded(parcel.letter);
    let both = format!("{}\n{}", letter.subject, letter.text);
    let message = IncomingMessage {
        id: IncomingId(services.new_id()),
        way: parcel.way,
        provider_no: parcel.no,
        sender_hmac: services
            .store()
            .seal()
            .hash("incoming", &format!("{}\u{0}{from}", parcel.way)),
        area: area.unwrap_or_else(|| reference.root_region()),
        received_at: parcel.at.min(services.now()),
        kept_at: services.now(),
        is_cut,
        state: IncomingState::New,
        why: None,
        ticket_id: None,
        ticket_no: shared::incoming::ticket_no_in(&both),
        settled_at: None,
        settled_by: None,
        settled_name: None,
        reason: None,
        words: None,
        letter,
    };
    Ok((message, sender))
}
