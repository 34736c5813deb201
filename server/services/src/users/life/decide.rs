//! Answering a request: the next step is taken, or it is refused. Nobody takes two steps of one request, none of what he asked for, and none about
//! himself; who gives a role reaches at least as far as it.
//! Not here: what the last step does (`carry`).
//! The machine's owner is bound by none of this: whoever keeps the machine keeps everything.

use serde::Deserialize;
use shared::access::{Need, Permission, needs};
use shared::account::ResetLink;
use shared::account::life::{AccountEvent, AccountRequestState, AccountRequestView, AccountStep};
use shared::fault::{Code, Fault};
use shared::ids::AccountRequestId;
use store::life::{AccountLine, AccountRequest};

use super::{ask, carry, hand_over, line, name_of, posts, posts_of, reason, view};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::reference::Reference;
use crate::watch::watched;

/// An answer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The version of the request that was seen.
    pub version: i32,
    /// Whether the step is taken; otherwise the request is refused.
    pub agrees: bool,
    /// Why; needed to refuse.
    #[serde(default)]
    pub answer: Option<String>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    /// The request now.
    pub request: AccountRequestView,
    /// Of an account that was opened: the link for its holder, this once.
    pub link: Option<ResetLink>,
}

/// What a step asks of whoever takes it.
pub(super) const fn need(step: AccountStep) -> Need {
    match step {
        AccountStep::Approve => Need::Permission(Permission::AccountApprove),
        AccountStep::Grant => needs::ROLES,
        AccountStep::Enable => needs::STAFFING,
    }
}

/// Takes the next step of a request, or refuses it.
///
/// # Errors
/// `not_found` out of reach; `access.denied`, `session.proof_needed`; `version.stale`, `account.request_not_now`; `account.self`,
/// `account.same_person`, `account.above`, `role.last`, `account.tasks`.
pub async fn decide(ctx: &Ctx, id: AccountRequestId, answer: Answer) -> Result<Decided, Fault> {
    let object = format!("account_request:{id}");
    watched(ctx, "account.decide", object, decided(ctx, id, answer)).await
}

async fn decided(ctx: &Ctx, id: AccountRequestId, answer: Answer) -> Result<Decided, Fault> {
    ctx.ask(needs::ACCOUNT_REQUESTS)?;
    let services = &ctx.services;
    let reference = services.reference().await?;
    let seen = store::life::get(&services.store().reader(), id)
        .await
        .settle(services)?
        .filter(|request| view::is_visible(ctx, &reference, request))
        .ok_or_else(Fault::missing)?;
    let step = may_take(ctx, &reference, &seen)?;
    let words = reason(
        "answer",
        answer.answer.as_deref().unwrap_or_default(),
        !answer.agrees,
    )?;
    let ends = answer.agrees && seen.kind.after(step) == AccountRequestState::Done;
    let secrets = if ends {
        // Tasks go first, each in its own transaction; what could not go keeps the account open.
        hand_over::before(ctx, &seen).await?;
        carry::secrets(ctx, &seen).await?
    } else {
        None
    };
    let link = secrets.as_ref().map(|secrets| secrets.shown(ctx));
    let (ctx_in, words) = (ctx.clone(), Some(words).filter(|words| !words.is_empty()));
    let request = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (ctx, reference, secrets) = (ctx_in.clone(), reference.clone(), secrets.clone());
            let (answer, words) = (answer.clone(), words.clone());
            Box::pin(async move {
                let found = store::life::get(tx, id).await?;
                let mut request = found.ok_or_else(Fault::missing)?;
                if request.version != answer.version {
                    let stale = crate::fault::version_stale(request.version, answer.version);
                    return Err(stale.into());
                }
                let step = may_take(&ctx, &reference, &request)?;
                request.answer = words;
                if answer.agrees {
                    gives(&ctx, tx, &request, step).await?;
                    taken(&ctx, tx, (&mut request, answer.version), step).await?;
                    if request.state == AccountRequestState::Done {
                        carry::out(&ctx, tx, &reference, (&request, secrets)).await?;
                    }
                } else {
                    let at = (&mut request, answer.version);
                    ask::ended(&ctx, tx, at, AccountRequestState::Refused).await?;
                }
                Ok(request)
            })
        })
        .await
        .settle(services)?;
    services.rights().forget_all();
    let reference = services.reference().await?;
    Ok(Decided {
        request: view::shown(ctx, &reference, request).settle(services)?,
        link,
    })
}

/// The step that the caller may take now.
///
/// # Errors
/// Why not.
pub(super) fn may_take(
    ctx: &Ctx,
    reference: &Reference,
    request: &AccountRequest,
) -> Result<AccountStep, Fault> {
    let step = request.kind.next(request.state).ok_or_else(|| {
        Fault::new(Code::AccountRequestNotNow).fact("request_state", request.state)
    })?;
    let actor = &ctx.actor;
    if actor.is_system() {
        return Ok(step);
    }
    let scope = ctx.reach(need(step))?;
    if !view::reaches(&scope, reference, &request.unit) {
        return Err(Fault::denied());
    }
    let own = actor.user();
    if request.made_by == own || request.user_id == own {
        return Err(Fault::new(Code::AccountSelf));
    }
    if request.approved_by == own || request.granted_by == own {
        return Err(Fault::new(Code::AccountSamePerson));
    }
    Ok(step)
}

/// Whoever approves or grants reaches as far as what is asked for.
async fn gives(
    ctx: &Ctx,
    tx: &store::Tx,
    request: &AccountRequest,
    step: AccountStep,
) -> Result<(), Failure> {
    if matches!(step, AccountStep::Enable) {
        return Ok(());
    }
    let wishes = posts_of(&request.posts)?;
    posts::not_above(ctx, tx, (step.permission(), wishes.as_slice())).await
}

async fn taken(
    ctx: &Ctx,
    tx: &store::Tx,
    (request, version): (&mut AccountRequest, i32),
    step: AccountStep,
) -> Result<(), Failure> {
    let (now, by, name) = (ctx.now(), ctx.actor.user(), name_of(ctx));
    request.state = request.kind.after(step);
    match step {
        AccountStep::Approve => {
            request.approved_at = Some(now);
            request.approved_by = by;
            request.approved_by_name = Some(name.clone());
        }
        AccountStep::Grant => {
            request.granted_at = Some(now);
            request.granted_by = by;
            request.granted_by_name = Some(name.clone());
        }
        AccountStep::Enable => {}
    }
    if request.state == AccountRequestState::Done {
        request.ended_at = Some(now);
        request.ended_by = by;
        request.ended_by_name = Some(name);
    }
    store::life::save_request(tx, request, version).await?;
    request.version = version + 1;
    if let Some(user) = request.user_id
        && step == AccountStep::Approve
    {
        let told = AccountLine {
            request: Some(request.id),
            reason: request.answer.clone(),
            facts: [("act".to_owned(), request.kind.to_string())].into(),
            ..line(ctx, user, AccountEvent::Approved)
        };
        store::life::add(tx, &told).await?;
    }
    let audit = ask::audited(ctx, &format!("account.{step}"), request);
    Ok(store::audit::append(tx, &audit).await?)
}
