//! The citizen's side: asking for a correction or an erasure of the data in one ticket, how it stands, and taking it back.
//! Not here: the answer (`answer`).
//! Only what the page of the own data shows can be asked about: neither discreet tickets nor what somebody else filed.

use shared::access::Role;
use shared::calendar::{day_start, days_after};
use shared::citizen::wish::{
    AskCorrection, AskErasure, MOST_WISHES, WishKind, WishState, WishView,
};
use shared::fault::{Code, Fault};
use shared::ids::WishId;
use shared::notice::{NoticeKind, Told};
use shared::person::{EmailAddress, PhoneNumber};
use shared::register::{Keep, setting_of};
use shared::ticket::TicketNo;
use store::Tx;
use store::citizens::wishes;
use store::record::{OutboxMessage, Ticket, Wish, WishWords};
use store::tickets::case;

use super::{audited, over, save, shown};
use crate::citizens::own_data::is_told;
use crate::citizens::requests::{claim, reach};
use crate::citizens::{Known, myself};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::gateway::inside::{Subject, notice};
use crate::reference::Reference;
use crate::tickets::ladder::of_centre;
use crate::tickets::place_of;

/// All that a citizen asked for, the newest first.
pub(in crate::citizens) async fn of(ctx: &Ctx, known: &Known) -> Result<Vec<Wish>, Fault> {
    let db = ctx.services.store().reader();
    let found = wishes::of_citizen(&db, known.account.id).await;
    found.settle(&ctx.services)
}

/// As the citizen sees them.
pub(in crate::citizens) fn own(ctx: &Ctx, wishes: Vec<Wish>) -> Vec<WishView> {
    wishes.into_iter().map(|wish| shown(ctx, wish)).collect()
}

/// Asks for a correction.
///
/// # Errors
/// `session.signed_out`; `not_found` for another's ticket and for what the page does not show; `wish.ask`.
pub async fn correct(ctx: &Ctx, no: &TicketNo, command: AskCorrection) -> Result<WishView, Fault> {
    let words = WishWords {
        words: command.reason.to_string(),
        name: command.name.as_deref().map(str::to_owned),
        phone: command
            .phone
            .as_ref()
            .map(PhoneNumber::as_str)
            .map(str::to_owned),
        email: command
            .email
            .as_ref()
            .map(EmailAddress::as_str)
            .map(str::to_owned),
    };
    asked(ctx, no, (WishKind::Correction, words)).await
}

/// Asks for an erasure.
///
/// # Errors
/// As [`correct`].
pub async fn erase(ctx: &Ctx, no: &TicketNo, command: AskErasure) -> Result<WishView, Fault> {
    let words = WishWords {
        words: command.reason.to_string(),
        ..WishWords::default()
    };
    asked(ctx, no, (WishKind::Erasure, words)).await
}

/// The ticket, where it is one of those that the citizen reads all of.
async fn ticket(ctx: &Ctx, known: &Known, no: &TicketNo) -> Result<Ticket, Fault> {
    let db = ctx.services.store().reader();
    let found = case::load_own(&db, no, &claim(ctx, known)).await;
    let found = found.settle(&ctx.services)?.ok_or_else(Fault::missing)?;
    if is_told(ctx, &reach(ctx, known), &found.ticket) {
        Ok(found.ticket)
    } else {
        Err(Fault::missing())
    }
}

async fn asked(
    ctx: &Ctx,
    no: &TicketNo,
    (kind, words): (WishKind, WishWords),
) -> Result<WishView, Fault> {
    let known = myself(ctx)?;
    let ticket = ticket(ctx, &known, no).await?;
    if !kind.fits(ticket.state) {
        return Err(Fault::new(Code::WishAsk).fact("why", "state"));
    }
    let reference = ctx.services.reference().await?;
    let place = place_of(&reference, &ticket.region);
    let now = ctx.now();
    let days = days(ctx).await?;
    let today = now.date();
    // Of a year without a decree days are counted as they come.
    let last = reference.calendar.nth_working_day(today, days);
    let last = last.unwrap_or_else(|_| days_after(today, u64::from(days)));
    let wish = Wish {
        id: WishId(ctx.services.new_id()),
        citizen: known.account.id,
        ticket: ticket.id,
        ticket_no: ticket.ticket_no.clone(),
        city: place.map_or_else(|| ticket.region.clone(), |place| place.city),
        kind,
        asked_at: now,
        due_at: day_start(days_after(last, 1)),
        state: WishState::Asked,
        version: 1,
        decided_at: None,
        decided_by: None,
        decided_by_name: None,
        answer: None,
        words,
    };
    let kept = wish.clone();
    let entry = audited(ctx, "wish.ask", &wish);
    let told = told(ctx, &reference, &wish);
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (wish, entry, told) = (kept.clone(), entry.clone(), told.clone());
            Box::pin(async move {
                may_ask(tx, &wish).await?;
                wishes::insert(tx, &wish).await?;
                if let Some(told) = &told {
                    store::outbox::put(tx, told).await?;
                }
                Ok(store::audit::append(tx, &[entry]).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    Ok(shown(ctx, wish))
}

/// Within how many working days it is answered.
async fn days(ctx: &Ctx) -> Result<u32, Fault> {
    let key = setting_of(Keep::WISHES.key);
    let said = store::settings::get(&ctx.services.store().reader(), &key).await;
    let days = Keep::WISHES.of(said.settle(&ctx.services)?.as_deref());
    Ok(u32::try_from(days).unwrap_or(1))
}

/// One of a kind waits for a ticket at a time, and not too many for all of them.
async fn may_ask(tx: &Tx, wanted: &Wish) -> Result<(), Failure> {
    let mut waiting = wishes::of_citizen(tx, wanted.citizen).await?;
    waiting.retain(|it| it.state == WishState::Asked);
    let why = if waiting
        .iter()
        .any(|it| it.ticket == wanted.ticket && it.kind == wanted.kind)
    {
        "open"
    } else if waiting.len() >= MOST_WISHES {
        "many"
    } else {
        return Ok(());
    };
    Err(Fault::new(Code::WishAsk).fact("why", why).into())
}

/// What those of the centre are told who may answer.
fn told(ctx: &Ctx, reference: &Reference, wish: &Wish) -> Option<OutboxMessage> {
    let roles = [Role::Supervisor, Role::ShiftLead];
    let audience = of_centre(reference, &wish.city, &roles)?;
    let told = Told {
        kind: NoticeKind::Wished,
        no: wish.ticket_no.to_string(),
        approval: None,
        by: None,
    };
    let subject = Subject {
        ticket: None,
        region: &wish.city,
    };
    let id = ctx.services.new_id();
    Some(notice(&audience, &told, subject, (id, ctx.now())))
}

/// Takes back what waits.
///
/// # Errors
/// `not_found` for another's; `wish.decide` for one that is over.
pub async fn take_back(ctx: &Ctx, id: WishId) -> Result<WishView, Fault> {
    let known = myself(ctx)?;
    let (citizen, ctx_in) = (known.account.id, ctx.clone());
    let ended = ctx
        .services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let ctx = ctx_in.clone();
            Box::pin(async move {
                let found = wishes::one(tx, id).await?;
                let own = found.filter(|wish| wish.citizen == citizen);
                let mut wish = own.ok_or_else(Fault::missing)?;
                if wish.state != WishState::Asked {
                    return Err(over().into());
                }
                wish.state = WishState::TakenBack;
                wish.decided_at = Some(ctx.now());
                save(tx, &mut wish).await?;
                let entry = audited(&ctx, "wish.take_back", &wish);
                store::audit::append(tx, &[entry]).await?;
                Ok(wish)
            })
        })
        .await
        .settle(&ctx.services)?;
    Ok(shown(ctx, ended))
}
