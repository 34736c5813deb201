//! One's own notices: how many are unread, reading them page by page, marking them as read, and how one wants to be told of what.
//! Not here: how they came to be (`inside`). Everything here is the caller's own; nobody reads another person's notices.

use shared::access::needs;
use shared::fault::{Check, Code, Fault};
use shared::ids::{ApprovalId, TicketId, UserId};
use shared::input;
use shared::notice::{NoticeChoice, NoticeKind, NoticePage, NoticeSettings, NoticeView};
use shared::person::{EmailAddress, PhoneNumber, phone};
use shared::text::notification::template::fill;
use store::notices::{self, Notice};
use uuid::Uuid;

use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::paging;
use crate::reference::Reference;
use crate::tickets::ladder;

/// Notices of a page, unless another number is asked for.
pub const PAGE: u32 = 50;
/// Most of a page.
pub const MOST: u32 = 200;

fn own(ctx: &Ctx) -> Result<UserId, Fault> {
    ctx.ask(needs::NOTICES)?;
    ctx.actor.user().ok_or_else(Fault::denied)
}

/// How many are unread, at most [`shared::notice::MOST_UNREAD`].
///
/// # Errors
/// Nobody is signed in.
pub async fn count(ctx: &Ctx) -> Result<i64, Fault> {
    let person = own(ctx)?;
    let db = ctx.services.store().reader();
    notices::unread(&db, person).await.settle(&ctx.services)
}

/// The newest of them.
///
/// # Errors
/// `input.cursor`.
pub async fn page(
    ctx: &Ctx,
    unread: bool,
    cursor: Option<&str>,
    limit: u32,
) -> Result<NoticePage, Fault> {
    let person = own(ctx)?;
    let before = cursor.map(paging::id::<Uuid>).transpose()?;
    let limit = limit.clamp(1, MOST);
    let reference = ctx.services.reference().await?;
    let db = ctx.services.store().reader();
    let found = notices::page(&db, person, (unread, before), limit + 1).await;
    let mut found = found.settle(&ctx.services)?;
    let next_cursor = paging::cut(&mut found, limit as usize).map(|notice| notice.id.to_string());
    let unread = notices::unread(&db, person).await.settle(&ctx.services)?;
    Ok(NoticePage {
        next_cursor,
        items: found
            .into_iter()
            .map(|notice| view(ctx, &reference, notice))
            .collect(),
        unread,
    })
}

fn view(ctx: &Ctx, reference: &Reference, notice: Notice) -> NoticeView {
    let wordings = reference.lists.wordings(&notice.area);
    let template = wordings.template(notice.kind.message(), ctx.locale);
    let values = [("no", notice.no.as_str().into())];
    let words = if notice.rungs.is_empty() {
        fill(template, &values)
    } else {
        ladder::words(reference, notice.kind, &notice.rungs, ctx.locale)
    };
    let tickets = notice.rungs.iter().flat_map(|it| it.tickets.clone());
    NoticeView {
        tickets: tickets.collect(),
        words,
        id: notice.id,
        kind: notice.kind,
        ticket: (!notice.is_approval && notice.kind.page().is_none())
            .then_some(TicketId(notice.case.0)),
        approval: notice.is_approval.then_some(ApprovalId(notice.case.0)),
        ticket_no: notice.no,
        at: notice.at,
        is_read: notice.read_at.is_some(),
    }
}

/// Marks one as read, or all of them; one that is read stays so.
///
/// # Errors
/// `not_found` for somebody else's.
pub async fn read(ctx: &Ctx, id: Option<Uuid>) -> Result<(), Fault> {
    let person = own(ctx)?;
    if let Some(id) = id {
        let db = ctx.services.store().reader();
        let has = notices::has(&db, person, id).await;
        if !has.settle(&ctx.services)? {
            return Err(Fault::missing());
        }
    }
    let now = ctx.now();
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move { Ok(notices::read(tx, person, id, now).await.map(drop)?) })
        })
        .await
        .settle(&ctx.services)
}

/// How one wants to be told, every kind in its place.
///
/// # Errors
/// Nobody is signed in.
pub async fn settings(ctx: &Ctx) -> Result<NoticeSettings, Fault> {
    let person = own(ctx)?;
    let db = ctx.services.store().reader();
    let known = notices::settings(&db, person).await.settle(&ctx.services)?;
    Ok(whole(&known))
}

/// Every kind in its place.
fn whole(settings: &NoticeSettings) -> NoticeSettings {
    let choices = NoticeKind::ALL.iter().map(|kind| settings.of(*kind));
    NoticeSettings {
        choices: choices.collect(),
        ..settings.clone()
    }
}

/// Keeps how one wants to be told.
///
/// # Errors
/// `input.invalid`: no mailbox or no mobile number, or none where a kind is to come that way.
pub async fn choose(ctx: &Ctx, sent: NoticeSettings) -> Result<NoticeSettings, Fault> {
    let person = own(ctx)?;
    let chosen = checked(&sent)?;
    let mut audit = ctx.audit("notice.settings", format!("user:{}", person.0), "ok");
    let count = chosen.choices.iter().filter(|it| it.mail || it.sms).count();
    audit.facts.insert("outside".to_owned(), count.to_string());
    let kept = chosen.clone();
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (kept, audit) = (kept.clone(), audit.clone());
            Box::pin(async move {
                notices::choose(tx, person, &kept).await?;
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    Ok(chosen)
}

/// One choice a kind, and a way out for each that leaves the house.
fn checked(sent: &NoticeSettings) -> Result<NoticeSettings, Fault> {
    let mut check = Check::default();
    let mail = cleaned::<EmailAddress>("mail", sent.mail.as_deref(), &mut check);
    let mobile = cleaned::<PhoneNumber>("mobile", sent.mobile.as_deref(), &mut check);
    if mobile.as_deref().is_some_and(|it| !phone::is_mobile(it)) {
        check.add("mobile", Code::InputPhone);
    }
    let chosen = whole(&NoticeSettings {
        mail,
        mobile,
        ..sent.clone()
    });
    let any = |way: fn(&NoticeChoice) -> bool| chosen.choices.iter().any(way);
    if any(|choice| choice.mail) && chosen.mail.is_none() {
        check.add("mail", Code::InputRequired);
    }
    if any(|choice| choice.sms) && chosen.mobile.is_none() {
        check.add("mobile", Code::InputRequired);
    }
    check.finish()?;
    Ok(chosen)
}

/// A mailbox or a number in its one way of writing; nothing for an empty one.
fn cleaned<T: shared::command::Part + Into<String>>(
    field: &str,
    sent: Option<&str>,
    check: &mut Check,
) -> Option<String> {
    let sent = sent.map(input::line).filter(|sent| !sent.is_empty())?;
    match T::of_text(&sent) {
        Ok(read) => Some(read.into()),
        Err(wrong) => {
            check.add(field, wrong.code);
            None
        }
    }
}
