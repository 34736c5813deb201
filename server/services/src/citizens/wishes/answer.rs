//! The side of staff: what citizens of the reader's cities ask about their data, and the answer. What is agreed is done by the ticket's own verb, with
//! the rights of whoever answers; the citizen is told by text message.
//! Not here: asking (`ask`). Each look at the list is a row of the audit.

use std::borrow::Cow;

use serde::Deserialize;
use shared::access::{Permission, PersonalField, Shown, needs};
use shared::citizen::wish::{WishKind, WishPage, WishShelf, WishState, WishView};
use shared::command::{Command as _, Sent};
use shared::fault::Fault;
use shared::ids::WishId;
use shared::notification::About;
use shared::person::{conceal, mask};
use shared::text::citizen::wish as words_of;
use shared::text::notification::sms::LANGUAGE;
use shared::text::notification::template::MessageCode;
use shared::ticket::verbs::{CorrectCitizen, EraseCitizen};
use store::citizens::wishes;
use store::citizens::{self, Account};
use store::record::{OutboxMessage, Ticket, Wish};

use super::{audited, over, save, shown};
use crate::approvals::erase;
use crate::citizens::reason::reason;
use crate::citizens::told;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::paging;
use crate::reference::Reference;
use crate::tickets;
use crate::tickets::archive::holds_person;
use crate::watch::{noted, watched};

/// Wishes of a page.
const PAGE: usize = 50;

/// Which wishes.
#[derive(Debug, Clone)]
pub struct LookFor {
    /// Those that wait, or that are over.
    pub shelf: WishShelf,
    /// Where the page begins.
    pub cursor: Option<String>,
}

/// An answer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WishAnswer {
    /// The version that was seen.
    pub version: i32,
    /// Whether it is done.
    pub agrees: bool,
    /// Why not; needed to refuse.
    #[serde(default)]
    pub reason: Option<String>,
}

/// A page of those of the reader's cities: of what waits the oldest first.
///
/// # Errors
/// `access.denied`, `input.cursor`.
pub async fn list(ctx: &Ctx, look: LookFor) -> Result<WishPage, Fault> {
    let scope = ctx.reach(needs::WISHES)?;
    let services = &ctx.services;
    let db = services.store().reader();
    let after = look.cursor.filter(|cursor| !cursor.is_empty());
    let wanted = wishes::Wanted {
        scope,
        shelf: look.shelf,
        after: after.as_deref().map(paging::read).transpose()?,
        limit: PAGE as u64 + 1,
    };
    let mut found = wishes::page(&db, &wanted).await.settle(services)?;
    let next_cursor = paging::cut(&mut found, PAGE).map(|it| paging::place(it.asked_at, it.id));
    if !found.is_empty() {
        let mut entry = ctx.audit("wish.look", format!("wishes:{}", look.shelf), "ok");
        entry
            .facts
            .insert("count".to_owned(), found.len().to_string());
        noted(ctx, entry).await?;
    }
    Ok(WishPage {
        items: found.into_iter().map(|wish| seen(ctx, wish)).collect(),
        next_cursor,
    })
}

/// As staff sees it: numbers masked, and a class of field that the roles hide nowhere.
fn seen(ctx: &Ctx, wish: Wish) -> WishView {
    let shows = |field| {
        let right = Permission::TicketSupervise;
        ctx.actor.is_system() || ctx.actor.shows_anywhere(right, field) != Shown::Hidden
    };
    let (ticket, by) = (wish.ticket, wish.decided_by_name.clone());
    let view = shown(ctx, wish);
    let phone = view.phone.as_deref().map(mask::mask_phone);
    let email = view.email.as_deref().map(mask::mask_email);
    WishView {
        ticket: Some(ticket),
        words: conceal(&view.words),
        name: view.name.filter(|_| shows(PersonalField::Name)),
        phone: phone.filter(|_| shows(PersonalField::Phone)),
        email: email.filter(|_| shows(PersonalField::Mail)),
        decided_by: by,
        ..view
    }
}

/// Does what is asked, or says why not.
///
/// # Errors
/// `not_found` outside the reader's cities; `wish.decide` for one that is over; `input.required` at `reason`; those of the verb that does it.
pub async fn answer(ctx: &Ctx, id: WishId, said: WishAnswer) -> Result<WishView, Fault> {
    let call = Box::pin(answered(ctx, id, said));
    watched(ctx, "wish.decide", format!("wish:{id}"), call).await
}

async fn answered(ctx: &Ctx, id: WishId, said: WishAnswer) -> Result<WishView, Fault> {
    let scope = ctx.reach(needs::WISHES)?;
    let services = &ctx.services;
    let why = reason(said.reason.as_deref(), !said.agrees)?;
    let db = services.store().reader();
    let found = wishes::one_in(&db, &scope, id).await.settle(services)?;
    let wish = found.ok_or_else(Fault::missing)?;
    if wish.state != WishState::Asked || wish.version != said.version {
        return Err(over());
    }
    if said.agrees {
        let ticket = store::tickets::get(&db, &scope, wish.ticket).await;
        let ticket = ticket.settle(services)?.ok_or_else(Fault::missing)?;
        carried_out(ctx, &wish, &ticket).await?;
    }
    let reference = services.reference().await?;
    let ctx_in = ctx.clone();
    let answered = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (ctx, reference, why) = (ctx_in.clone(), reference.clone(), why.clone());
            Box::pin(async move {
                let mut wish = wishes::one(tx, id).await?.ok_or_else(Fault::missing)?;
                if wish.state != WishState::Asked || wish.version != said.version {
                    return Err(over().into());
                }
                let (state, action) = if said.agrees {
                    (WishState::Done, "wish.done")
                } else {
                    (WishState::Refused, "wish.refuse")
                };
                wish.state = state;
                wish.decided_at = Some(ctx.now());
                wish.decided_by = ctx.actor.user();
                wish.decided_by_name = Some(told::by(&ctx));
                wish.answer = why;
                save(tx, &mut wish).await?;
                if let Some(account) = citizens::find(tx, wish.citizen).await? {
                    let message = message(&ctx, &reference, &wish, &account);
                    store::outbox::put(tx, &message).await?;
                }
                let entry = audited(&ctx, action, &wish);
                store::audit::append(tx, &[entry]).await?;
                Ok(wish)
            })
        })
        .await
        .settle(services)?;
    Ok(seen(ctx, answered))
}

/// Does it by the ticket's own verb. Where it is done already, by hand or by an answer that was killed before it was written, nothing is left to do.
async fn carried_out(ctx: &Ctx, wish: &Wish, ticket: &Ticket) -> Result<(), Fault> {
    // The form's key is the answer's.
    let mut ctx = ctx.clone();
    ctx.idempotency_key = None;
    let pair = |name: &str, value: String| (name.to_owned(), value);
    let mut pairs = vec![
        pair("version", ticket.version.to_string()),
        pair("reason", words_of::NOTE.get(LANGUAGE).to_owned()),
    ];
    if wish.kind == WishKind::Erasure {
        erase::of_ticket(&ctx, wish.ticket).await?;
    }
    match wish.kind {
        WishKind::Erasure if !holds_person(ticket) => {}
        WishKind::Erasure => {
            let command = EraseCitizen::read(Sent::form(&pairs))?;
            tickets::act(&ctx, wish.ticket, command).await?;
        }
        WishKind::Correction if is_right(wish, ticket) => {}
        WishKind::Correction => {
            let right = [
                ("name", &wish.words.name),
                ("phone", &wish.words.phone),
                ("email", &wish.words.email),
            ];
            let given = right.into_iter();
            let given = given.filter_map(|(name, value)| Some(pair(name, value.clone()?)));
            pairs.extend(given);
            let command = CorrectCitizen::read(Sent::form(&pairs))?;
            tickets::act(&ctx, wish.ticket, command).await?;
        }
    }
    Ok(())
}

/// Whether the ticket says what the citizen says is right.
fn is_right(wish: &Wish, ticket: &Ticket) -> bool {
    let Some(citizen) = &ticket.citizen else {
        return false;
    };
    let pairs = [
        (&wish.words.name, &citizen.name),
        (&wish.words.phone, &citizen.phone),
        (&wish.words.email, &citizen.email),
    ];
    let mut pairs = pairs.into_iter();
    pairs.all(|(right, there)| right.is_none() || right == there)
}

/// What the citizen is told.
fn message(ctx: &Ctx, reference: &Reference, wish: &Wish, account: &Account) -> OutboxMessage {
    let link = format!("{}/me/data", ctx.services.config().public_url);
    let code = if wish.state == WishState::Done {
        MessageCode::WishDone
    } else {
        MessageCode::WishRefused
    };
    let values = vec![
        ("no", Cow::Owned(wish.ticket_no.to_string())),
        ("wish", Cow::Borrowed(wish.kind.label(LANGUAGE))),
        (
            "reason",
            Cow::Borrowed(wish.answer.as_deref().unwrap_or_default()),
        ),
        ("link", Cow::Owned(link)),
    ];
    let to = (account, wish.city.as_str());
    told::letter(ctx, reference, to, About::OwnData, (code, values))
}
