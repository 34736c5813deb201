//! What the desk does with messages that found no ticket by themselves: link one to a ticket, register it by the desk's form, dismiss it with a reason.
//! Not here: what happens by itself (`place`), registering (`tickets::register`).
//! A message is seen by the desk of its area: that of its sender's latest ticket, else the centre on top.

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::access::{Permission, PersonalField, Shown, needs};
use shared::fault::{Code, Fault};
use shared::file::FileView;
use shared::ids::IncomingId;
use shared::incoming::{
    DismissIncoming, IncomingPage, IncomingRow, IncomingState, IncomingView, IncomingWay,
    LinkIncoming, receipt_no,
};
use shared::person::{conceal, mask};
use store::Tx;
use store::incoming::{self, IncomingMessage, Wanted};
use store::record::{Ticket, TicketCase};
use uuid::Uuid;

use super::fact;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::host::idempotency::{self, Call};
use crate::paging;
use crate::views;
use crate::watch::{noted, watched};

pub use crate::views::Asked;

/// Messages of a page, unless another number is asked for.
pub const PAGE: u32 = 50;
/// Most of a page.
pub const MOST: u32 = 200;
/// The field of the desk's form.
const FIELD: &str = "incoming";
/// Names of the actions in the audit.
const LINK: &str = "incoming.link";
const DISMISS: &str = "incoming.dismiss";
const OPEN: &str = "incoming.open";

/// A page of the messages of the caller's area.
///
/// # Errors
/// `access.denied`; faults at `state` and `cursor`.
pub async fn list(ctx: &Ctx, asked: Asked) -> Result<IncomingPage, Fault> {
    watched(ctx, "incoming.list", "incoming", listed(ctx, asked)).await
}

async fn listed(ctx: &Ctx, asked: Asked) -> Result<IncomingPage, Fault> {
    let prefix = views::desk_prefix(ctx)?;
    let state = match asked.state.as_deref() {
        None => IncomingState::New,
        Some(word) => {
            let state = IncomingState::parse(word);
            state.ok_or_else(|| Fault::field("state", Code::InputCode))?
        }
    };
    let after = asked.cursor.as_deref().map(paging::id::<IncomingId>);
    let after = after.transpose()?;
    let limit = asked.limit.clamp(1, MOST);
    let wanted = Wanted {
        prefix,
        state,
        after,
        limit: u64::from(limit) + 1,
    };
    let db = ctx.services.store().reader();
    let found = incoming::page(&db, &wanted).await;
    let mut found = found.settle(&ctx.services)?;
    let new = incoming::count(&db, &wanted.prefix, IncomingState::New).await;
    let aside = incoming::count(&db, &wanted.prefix, IncomingState::Quarantined).await;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let next_cursor = paging::cut(&mut found, limit).map(|message| message.id.to_string());
    let ids: Vec<IncomingId> = found.iter().map(|message| message.id).collect();
    let ids = if state.waits() { ids } else { Vec::new() };
    let mut files = attached(ctx, &ids).await?;
    let items = found.into_iter().map(|message| {
        let hung = files.remove(&message.id.0).unwrap_or_default();
        row(ctx, message, hung)
    });
    Ok(IncomingPage {
        next_cursor,
        items: items.collect(),
        new: new.settle(&ctx.services)?,
        quarantined: aside.settle(&ctx.services)?,
    })
}

/// The files of messages, by message.
async fn attached(
    ctx: &Ctx,
    messages: &[IncomingId],
) -> Result<BTreeMap<Uuid, Vec<FileView>>, Fault> {
    let db = ctx.services.store().reader();
    let found = store::files::of_messages(&db, messages).await;
    let mut files: BTreeMap<Uuid, Vec<FileView>> = BTreeMap::new();
    for (file, blob) in found.settle(&ctx.services)? {
        let hung = files.entry(file.hook.id).or_default();
        hung.push(crate::files::shown(&file, &blob));
    }
    Ok(files)
}

fn row(ctx: &Ctx, message: IncomingMessage, attached: Vec<FileView>) -> IncomingRow {
    let from = masked(ctx, message.way, &message.letter.from);
    let waits = message.state.waits();
    // Whole it stands in the form that registers it, to which a look is written.
    let said = |text: &str| if waits { conceal(text) } else { String::new() };
    IncomingRow {
        id: message.id,
        receipt_no: receipt_no(message.id, message.kept_at),
        way: message.way,
        from,
        subject: said(&message.letter.subject),
        text: said(&message.letter.text),
        is_cut: message.is_cut && waits,
        attached,
        refused: if waits {
            message.letter.refused
        } else {
            Vec::new()
        },
        files: if waits { message.letter.files } else { 0 },
        received_at: message.received_at,
        state: message.state,
        why: message.why,
        ticket: message.ticket_id,
        ticket_no: message.ticket_no,
        settled_at: message.settled_at,
        settled_by: message.settled_name,
        reason: message.reason,
        words: message.words.as_deref().map(conceal),
    }
}

/// Number or address as the reader may see it in a list.
fn masked(ctx: &Ctx, way: IncomingWay, from: &str) -> String {
    let field = match way {
        IncomingWay::Sms => PersonalField::Phone,
        IncomingWay::Mail => PersonalField::Mail,
    };
    let shown = ctx.actor.shows_anywhere(Permission::TicketRegister, field);
    match (shown, way) {
        (Shown::Hidden, _) => String::new(),
        _ if from.is_empty() => String::new(),
        (_, IncomingWay::Sms) => mask::mask_phone(from),
        (_, IncomingWay::Mail) => mask::mask_email(from),
    }
}

/// A message that waits, whole, for whoever registers it; that it was opened stands in the audit.
///
/// # Errors
/// `access.denied`; `not_found` outside the caller's area, and for one that was seen to.
pub async fn open(ctx: &Ctx, id: IncomingId) -> Result<IncomingView, Fault> {
    watched(ctx, OPEN, format!("incoming:{id}"), opened(ctx, id)).await
}

async fn opened(ctx: &Ctx, id: IncomingId) -> Result<IncomingView, Fault> {
    let prefix = views::desk_prefix(ctx)?;
    let db = ctx.services.store().reader();
    let found = incoming::find(&db, id).await.settle(&ctx.services)?;
    let message = waits_here(found, &prefix).ok_or_else(Fault::missing)?;
    noted(ctx, ctx.audit(OPEN, format!("incoming:{id}"), "ok")).await?;
    let mut files = attached(ctx, &[id]).await?;
    Ok(IncomingView {
        id: message.id,
        way: message.way,
        from: message.letter.from,
        subject: message.letter.subject,
        text: message.letter.text,
        attached: files.remove(&id.0).unwrap_or_default(),
        received_at: message.received_at,
    })
}

/// Whether the caller may open the files of a message: whoever may register it, while it waits.
///
/// # Errors
/// `access.denied`; `not_found` outside the caller's area, and for one that was seen to.
pub(crate) async fn sees(ctx: &Ctx, id: IncomingId) -> Result<(), Fault> {
    let prefix = views::desk_prefix(ctx)?;
    let db = ctx.services.store().reader();
    let found = incoming::find(&db, id).await.settle(&ctx.services)?;
    waits_here(found, &prefix)
        .map(drop)
        .ok_or_else(Fault::missing)
}

/// The message, where it waits in the area.
fn waits_here(found: Option<IncomingMessage>, prefix: &str) -> Option<IncomingMessage> {
    found.filter(|message| message.state.waits() && message.area.starts_with(prefix))
}

/// Links a message to a ticket.
///
/// # Errors
/// `access.denied`; `not_found` outside the caller's area, and for one that was seen to; `not_found` at `ticket_no` for a ticket that the caller
/// neither sees nor may name, and for one that takes nothing more.
pub async fn link(ctx: &Ctx, id: IncomingId, command: LinkIncoming) -> Result<(), Fault> {
    let done = acted(ctx, (LINK, id), Act::Link(command));
    watched(ctx, LINK, format!("incoming:{id}"), done).await
}

/// Dismisses a message.
///
/// # Errors
/// `access.denied`; `not_found` outside the caller's area, and for one that was seen to.
pub async fn dismiss(ctx: &Ctx, id: IncomingId, command: DismissIncoming) -> Result<(), Fault> {
    let done = acted(ctx, (DISMISS, id), Act::Dismiss(command));
    watched(ctx, DISMISS, format!("incoming:{id}"), done).await
}

/// What is done with a message.
#[derive(serde::Serialize)]
enum Act {
    Link(LinkIncoming),
    Dismiss(DismissIncoming),
}

async fn acted(ctx: &Ctx, (name, id): (&'static str, IncomingId), act: Act) -> Result<(), Fault> {
    let prefix = views::desk_prefix(ctx)?;
    let work = Arc::new((ctx.clone(), prefix, act));
    let done = idempotency::twice(|| {
        let work = Arc::clone(&work);
        ctx.services.store().write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let (ctx, prefix, act) = &*work;
                let object = format!("incoming:{id}");
                let call = Call::new(ctx, name, &object, act)?;
                if call.stored::<()>(tx).await?.is_some() {
                    return Ok(());
                }
                let found = incoming::find(tx, id).await?;
                let message = waits_here(found, prefix).ok_or_else(Fault::missing)?;
                match act {
                    Act::Link(command) => linked(tx, ctx, message, command).await?,
                    Act::Dismiss(command) => dismissed(tx, ctx, message, command).await?,
                }
                call.keep(tx, &()).await
            })
        })
    });
    done.await.settle(&ctx.services)
}

async fn linked(
    tx: &Tx,
    ctx: &Ctx,
    message: IncomingMessage,
    command: &LinkIncoming,
) -> Result<(), Failure> {
    let missing = || Fault::field("ticket_no", Code::NotFound);
    let case = named(tx, ctx, command).await?.ok_or_else(missing)?;
    let reference = ctx.services.reference().await?;
    if fact::write(tx, (ctx, &*reference), &case, message).await? {
        Ok(())
    } else {
        Err(missing().into())
    }
}

/// The ticket that is named: one that the caller sees, or one of his area that may be named beside a form.
async fn named(tx: &Tx, ctx: &Ctx, command: &LinkIncoming) -> Result<Option<TicketCase>, Failure> {
    let no = &command.ticket_no;
    let area = views::related_area(ctx)?;
    let nameable = store::tickets::is_nameable(tx, &area, no).await?;
    let around = nameable.then_some(area);
    let scopes = needs::TICKETS.scope(&ctx.actor).into_iter().chain(around);
    for scope in scopes {
        let Some(id) = store::tickets::find_by_no(tx, &scope, no).await? else {
            continue;
        };
        return Ok(store::tickets::case::load(tx, &scope, id).await?);
    }
    Ok(None)
}

async fn dismissed(
    tx: &Tx,
    ctx: &Ctx,
    message: IncomingMessage,
    command: &DismissIncoming,
) -> Result<(), Failure> {
    let object = format!("incoming:{}", message.id);
    let settled = IncomingMessage {
        reason: Some(command.reason),
        words: command.words.as_deref().map(str::to_owned),
        ticket_no: None,
        ..settled(ctx, message, IncomingState::Dismissed)
    };
    if !incoming::settle(tx, &settled).await? {
        return Err(Fault::missing().into());
    }
    let mut entry = ctx.audit(DISMISS, object, "ok");
    let reason = command.reason.code().to_owned();
    entry.facts.insert("reason".to_owned(), reason);
    store::audit::append(tx, &[entry]).await?;
    Ok(())
}

fn settled(ctx: &Ctx, message: IncomingMessage, state: IncomingState) -> IncomingMessage {
    IncomingMessage {
        state,
        settled_at: Some(ctx.now()),
        settled_by: ctx.actor.user(),
        settled_name: ctx.actor.signature(),
        ..message
    }
}

/// The message that is registered, where one is named: it waits in the caller's area.
pub(crate) async fn to_enter(
    ctx: &Ctx,
    tx: &Tx,
    id: Option<IncomingId>,
) -> Result<Option<IncomingMessage>, Failure> {
    let Some(id) = id else {
        return Ok(None);
    };
    let prefix = views::desk_prefix(ctx)?;
    let found = incoming::find(tx, id).await?;
    let found = waits_here(found, &prefix);
    let found = found.ok_or_else(|| Fault::field(FIELD, Code::NotFound))?;
    Ok(Some(found))
}

/// Says which ticket a message became.
pub(crate) async fn enter(
    ctx: &Ctx,
    tx: &Tx,
    message: Option<IncomingMessage>,
    ticket: &Ticket,
) -> Result<(), Failure> {
    let Some(message) = message else {
        return Ok(());
    };
    let message = IncomingMessage {
        ticket_id: Some(ticket.id),
        ticket_no: Some(ticket.ticket_no.clone()),
        ..settled(ctx, message, IncomingState::Registered)
    };
    if !incoming::settle(tx, &message).await? {
        return Err(Fault::field(FIELD, Code::NotFound).into());
    }
    store::files::pass_over(tx, message.id, (ticket.id, None)).await?;
    Ok(())
}
