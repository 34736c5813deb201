//! Standing in: asked for by who goes away (or for him by who leads him), agreed to by who stands in, ended by either.
//! From then on the other's named tasks are on his list, and the histories of cases say for whom he acted.
//! Not here: rights on tasks (`approvals::rights`), lists (`store::host::to_do`).

use shared::access::{Permission, needs};
use shared::account::life::AccountEvent;
use shared::account::stand_in::{AskStandIn, MOST_DAYS, StandInAnswer, StandInState, StandInView};
use shared::calendar::{Instant, day_start, days_after};
use shared::fault::{Check, Code, Fault};
use shared::ids::StandInId;
use store::life::{AccountLine, StandIn};
use store::users::User;

use super::{line, name_of, reason};
use crate::approvals::rights::in_area;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::sessions::{actor_of, normal_name};
use crate::watch::watched;

const DAY: i64 = 24 * 3_600_000;

/// The stand-ins that the caller has to do with and that are not over.
///
/// # Errors
/// `session.signed_out`.
pub async fn stand_ins(ctx: &Ctx) -> Result<Vec<StandInView>, Fault> {
    ctx.ask(needs::STAND_INS)?;
    let Some(own) = ctx.actor.user() else {
        return Ok(Vec::new());
    };
    let db = ctx.services.store().reader();
    let found = store::life::stand_ins_of(&db, own, ctx.now()).await;
    let found = found.settle(&ctx.services)?;
    Ok(found.iter().map(|it| shown(ctx, it)).collect())
}

fn shown(ctx: &Ctx, it: &StandIn) -> StandInView {
    let own = ctx.actor.user();
    let (is_own, is_other) = (Some(it.user_id) == own, Some(it.other_id) == own);
    let mut answers = Vec::new();
    if it.state == StandInState::Asked && is_other {
        answers.extend([StandInAnswer::Agree, StandInAnswer::Decline]);
    }
    if matches!(it.state, StandInState::Asked | StandInState::Agreed) && is_own
        || it.state == StandInState::Agreed && is_other
    {
        answers.push(StandInAnswer::End);
    }
    let now = ctx.now();
    StandInView {
        id: it.id,
        away: it.user_name.clone(),
        stand_in: it.other_name.clone(),
        is_own,
        state: it.state,
        from: it.from_at,
        until: it.until_at,
        reason: it.reason.clone(),
        holds: it.state == StandInState::Agreed && it.from_at <= now && now < it.until_at,
        answers,
    }
}

/// Asks somebody to stand in for the caller.
///
/// # Errors
/// Field faults: `input.person` for who is unknown, closed, elsewhere or may not do such tasks; `input.period`; `stand_in.there`.
pub async fn ask_stand_in(ctx: &Ctx, asked: AskStandIn) -> Result<StandInView, Fault> {
    watched(ctx, "stand_in.ask", "users", made(ctx, asked)).await
}

async fn made(ctx: &Ctx, asked: AskStandIn) -> Result<StandInView, Fault> {
    ctx.ask(needs::STAND_INS)?;
    let services = &ctx.services;
    let own = ctx
        .actor
        .user()
        .ok_or_else(|| Fault::new(Code::SignedOut))?;
    let (from_at, until_at) = period(&asked, ctx.now())?;
    let db = services.store().reader();
    let other = store::users::find_by_name(&db, &normal_name(&asked.username))
        .await
        .settle(services)?;
    let other = fits(ctx, other).await?;
    let now = ctx.now();
    let why = reason("reason", asked.reason.as_deref().unwrap_or_default(), false)?;
    let stand_in = StandIn {
        id: StandInId(services.ids().new_id(now)),
        user_id: own,
        user_name: ctx.actor.name.clone(),
        other_id: other.id,
        other_name: other.name,
        state: StandInState::Asked,
        version: 1,
        from_at,
        until_at,
        reason: Some(why).filter(|why| !why.is_empty()),
        made_at: now,
        made_by: Some(own),
        made_by_name: name_of(ctx),
        answered_at: None,
        ended_at: None,
        ended_by_name: None,
    };
    let kept = stand_in.clone();
    let mut audit = ctx.audit("stand_in.ask", format!("user:{own}"), "ok");
    audit.facts.insert("to".to_owned(), other.username);
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (kept, audit) = (kept.clone(), audit.clone());
            Box::pin(async move {
                let there = store::life::stand_ins_of(tx, own, now).await?;
                let meets = |it: &StandIn| {
                    it.user_id == own
                        && matches!(it.state, StandInState::Asked | StandInState::Agreed)
                        && it.from_at < kept.until_at
                        && kept.from_at < it.until_at
                };
                if there.iter().any(meets) {
                    return Err(Fault::new(Code::StandInThere).into());
                }
                store::life::add_stand_in(tx, &kept).await?;
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(services)?;
    Ok(shown(ctx, &stand_in))
}

/// From the beginning of the first day to the end of the last.
fn period(asked: &AskStandIn, now: Instant) -> Result<(Instant, Instant), Fault> {
    let mut check = Check::default();
    let mut day = |field: &'static str, text: &str| {
        let found = shared::input::moment::day(text).ok();
        if text.trim().is_empty() {
            check.add(field, Code::InputRequired);
        } else if found.is_none() {
            check.add(field, Code::InputDate);
        }
        found
    };
    let (from, until) = (day("from", &asked.from), day("until", &asked.until));
    check.finish()?;
    let (Some(from), Some(until)) = (from, until) else {
        return Err(Fault::field("from", Code::InputDate));
    };
    let (from_at, until_at) = (day_start(from), day_start(days_after(until, 1)));
    let mut check = Check::default();
    if until_at <= from_at || until_at <= now {
        check.add_with("until", Code::InputPeriod, &[("why", &"order")]);
    } else if until_at.0 - from_at.0 > MOST_DAYS * DAY {
        check.add_with("until", Code::AccountTooLong, &[("days", &MOST_DAYS)]);
    }
    check.finish()?;
    Ok((from_at, until_at))
}

/// Whether somebody can stand in for the caller: another person with an open account who does such tasks, where the caller works.
async fn fits(ctx: &Ctx, other: Option<User>) -> Result<User, Fault> {
    let reference = ctx.services.reference().await?;
    let fits = |other: &User| {
        let actor = actor_of(&reference, other, ctx.now());
        let region = ctx.actor.region.as_deref().unwrap_or_default();
        other.active
            && Some(other.id) != ctx.actor.user()
            && actor.may(Permission::ApprovalAct)
            && in_area(&actor, region)
    };
    let found = other.filter(fits);
    found.ok_or_else(|| Fault::field("username", Code::InputPerson))
}

/// Agrees, declines or ends.
///
/// # Errors
/// `not_found` for what is others' matter; `account.request_not_now` for what cannot be answered so any more.
pub async fn answer_stand_in(
    ctx: &Ctx,
    id: StandInId,
    answer: StandInAnswer,
) -> Result<StandInView, Fault> {
    ctx.ask(needs::STAND_INS)?;
    let services = &ctx.services;
    let ctx_in = ctx.clone();
    let done = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let ctx = ctx_in.clone();
            Box::pin(async move { answered(&ctx, tx, id, answer).await })
        })
        .await
        .settle(services)?;
    services.rights().forget_all();
    Ok(shown(ctx, &done))
}

async fn answered(
    ctx: &Ctx,
    tx: &store::Tx,
    id: StandInId,
    answer: StandInAnswer,
) -> Result<StandIn, Failure> {
    let own = ctx.actor.user();
    let found = store::life::get_stand_in(tx, id).await?;
    let found = found.filter(|it| Some(it.user_id) == own || Some(it.other_id) == own);
    let mut it = found.ok_or_else(Fault::missing)?;
    if !shown(ctx, &it).answers.contains(&answer) {
        return Err(Fault::new(Code::StandInNotNow).into());
    }
    let now = ctx.now();
    match answer {
        StandInAnswer::Agree => {
            it.state = StandInState::Agreed;
            it.answered_at = Some(now);
        }
        StandInAnswer::Decline => {
            it.state = StandInState::Declined;
            it.answered_at = Some(now);
        }
        StandInAnswer::End => {
            it.state = StandInState::Ended;
            it.ended_at = Some(now);
            it.ended_by_name = Some(name_of(ctx));
        }
    }
    let seen = it.version;
    store::life::save_stand_in(tx, &it, seen).await?;
    it.version = seen + 1;
    for (user, who) in [(it.user_id, &it.other_name), (it.other_id, &it.user_name)] {
        let told = AccountLine {
            facts: [
                ("who".to_owned(), who.clone()),
                ("state".to_owned(), it.state.to_string()),
            ]
            .into(),
            ..line(ctx, user, AccountEvent::StandIn)
        };
        store::life::add(tx, &told).await?;
    }
    let audit = ctx.audit(
        &format!("stand_in.{answer}"),
        format!("user:{}", it.user_id),
        "ok",
    );
    store::audit::append(tx, &audit).await?;
    Ok(it)
}
