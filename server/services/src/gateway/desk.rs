//! Notifications that nobody could deliver, for whoever sees to them: send once more, or say how the person was told.
//! Not here: sending (`send`). A list shows neither text nor whole number; who acts stands in the audit.

use shared::access::{Permission, PersonalField, Scope, Shown, needs};
use shared::calendar::Instant;
use shared::fault::Fault;
use shared::ids::TicketId;
use shared::notification::{
    About, MessageState, MessageView, Remedy, Undelivered, UndeliveredPage,
};
use shared::person::mask;
use store::messages::Message;
use store::outbox;
use store::undelivered::{self, Failed};
use uuid::Uuid;

use super::MAIL;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::paging;

/// Notifications of a page, unless another number is asked for.
pub const PAGE: u32 = 50;
/// Most of a page.
pub const MOST: u32 = 200;

fn scope(ctx: &Ctx) -> Result<Scope, Fault> {
    ctx.ask(needs::UNDELIVERED)?;
    needs::UNDELIVERED
        .scope(&ctx.actor)
        .ok_or_else(Fault::denied)
}

/// The newest of them in the reader's area.
///
/// # Errors
/// `input.cursor`; `access.denied`.
pub async fn list(ctx: &Ctx, cursor: Option<&str>, limit: u32) -> Result<UndeliveredPage, Fault> {
    let scope = scope(ctx)?;
    let before = cursor.map(paging::read).transpose()?;
    let limit = limit.clamp(1, MOST);
    let db = ctx.services.store().reader();
    let found = undelivered::list(&db, &scope, before, limit + 1).await;
    let mut found = found.settle(&ctx.services)?;
    let next_cursor = paging::cut(&mut found, limit as usize)
        .map(|it| paging::place(it.failed_at, it.it.message.id));
    let tickets: Vec<_> = found
        .iter()
        .filter_map(|it| it.it.message.ticket_id)
        .collect();
    let numbers = undelivered::numbers(&db, &tickets).await;
    let numbers = numbers.settle(&ctx.services)?;
    let number = |id| {
        let known = numbers.iter().find(|(ticket, _)| *ticket == id);
        known.map(|(_, number)| number.clone())
    };
    let month = outbox::spent(&db, month(ctx.now())).await;
    let view = |it: Failed| Undelivered {
        ticket_no: it.it.message.ticket_id.and_then(number),
        ..view(ctx, it)
    };
    Ok(UndeliveredPage {
        items: found.into_iter().map(view).collect(),
        next_cursor,
        spent: month.settle(&ctx.services)?,
    })
}

fn month(now: Instant) -> Instant {
    use chrono::{Datelike as _, NaiveTime};
    let day = now.date();
    let first = day.with_day(1).unwrap_or(day);
    Instant::from_local(first.and_time(NaiveTime::MIN))
}

fn view(ctx: &Ctx, failed: Failed) -> Undelivered {
    let message = failed.it.message;
    let to = masked(ctx, message.channel == MAIL, &message.to);
    Undelivered {
        id: message.id,
        ticket: message.ticket_id,
        ticket_no: None,
        about: message.about,
        to,
        made_at: message.at,
        failed_at: failed.failed_at,
        why: failed.why,
        tries: failed.it.tries,
    }
}

/// Messages of a ticket's page.
const OF_TICKET: u32 = 30;

/// The newest messages about a ticket and what became of each; for who has nothing to do with notifications those in a unit's own words alone, without
/// the number. The caller has loaded the ticket.
///
/// # Errors
/// Those of the store.
pub async fn of_ticket(ctx: &Ctx, ticket: TicketId) -> Result<Vec<MessageView>, Fault> {
    let db = ctx.services.store().reader();
    let found = store::messages::of_ticket(&db, ticket, OF_TICKET).await;
    let found = found.settle(&ctx.services)?;
    let sees_all = needs::UNDELIVERED.is_met_by(&ctx.actor);
    let seen = found
        .iter()
        .filter(|it| sees_all || matches!(it.about, Some(About::Relayed | About::Called)));
    let view = |it: &Message| {
        let view = message(ctx, it);
        let to = if sees_all { view.to } else { String::new() };
        MessageView { to, ..view }
    };
    Ok(seen.map(view).collect())
}

fn message(ctx: &Ctx, it: &Message) -> MessageView {
    let by_mail = it.channel == MAIL;
    // The numbers of a call are let go when it is over: nobody was told otherwise.
    let settled = it.settled_at.filter(|_| it.about != Some(About::Called));
    let (state, since) = match (settled, it.failed_at, it.delivered_at, it.sent_at) {
        (Some(at), ..) => (MessageState::Settled, at),
        (None, Some(at), ..) => (MessageState::Failed, at),
        (None, None, Some(at), _) => (MessageState::Delivered, at),
        (None, None, None, Some(at)) => (MessageState::Sent, at),
        (None, None, None, None) => (MessageState::Waiting, it.at),
    };
    MessageView {
        about: it.about,
        by_mail,
        to: masked(ctx, by_mail, it.to.as_deref().unwrap_or_default()),
        at: it.at,
        state,
        since,
        why: it.why,
        how: it.settled_how,
        tries: it.tries,
    }
}

/// Number or address as the reader may see it.
fn masked(ctx: &Ctx, by_mail: bool, to: &str) -> String {
    let field = if by_mail {
        PersonalField::Mail
    } else {
        PersonalField::Phone
    };
    let shown = ctx
        .actor
        .shows_anywhere(Permission::NotificationManage, field);
    match shown {
        Shown::Hidden => String::new(),
        _ if to.is_empty() => String::new(),
        _ if by_mail => mask::mask_email(to),
        _ => mask::mask_phone(to),
    }
}

/// Sends one once more; a number that wanted none is tried all the same, since somebody asked for that.
///
/// # Errors
/// `not_found` outside the area, and for one that somebody has seen to by now.
pub async fn again(ctx: &Ctx, id: Uuid) -> Result<(), Fault> {
    let scope = scope(ctx)?;
    let db = ctx.services.store().reader();
    let one = undelivered::get(&db, &scope, id).await;
    let one = one.settle(&ctx.services)?.ok_or_else(Fault::missing)?;
    let now = ctx.now();
    let entry = ctx.audit("notification.again", format!("notification:{id}"), "ok");
    let done = ctx
        .services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (entry, to) = (entry.clone(), one.it.message.to.clone());
            Box::pin(async move {
                let done = undelivered::again(tx, id, now).await?;
                if done {
                    undelivered::forgive(tx, &to).await?;
                    store::audit::append(tx, &[entry]).await?;
                }
                Ok(done)
            })
        })
        .await
        .settle(&ctx.services)?;
    if done { Ok(()) } else { Err(Fault::missing()) }
}

/// Says how the person was told.
///
/// # Errors
/// As `again`.
pub async fn settle(ctx: &Ctx, id: Uuid, how: Remedy) -> Result<(), Fault> {
    let scope = scope(ctx)?;
    let db = ctx.services.store().reader();
    let one = undelivered::get(&db, &scope, id).await;
    one.settle(&ctx.services)?.ok_or_else(Fault::missing)?;
    let (now, by) = (ctx.now(), ctx.actor.user());
    let mut entry = ctx.audit("notification.settle", format!("notification:{id}"), "ok");
    entry.facts.insert("how".to_owned(), how.code().to_owned());
    let done = ctx
        .services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let entry = entry.clone();
            Box::pin(async move {
                let done = undelivered::settle(tx, id, (by, how), now).await?;
                if done {
                    store::audit::append(tx, &[entry]).await?;
                }
                Ok(done)
            })
        })
        .await
        .settle(&ctx.services)?;
    if done { Ok(()) } else { Err(Fault::missing()) }
}
