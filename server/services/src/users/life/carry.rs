//! What the last step of a request does to the account: it is made, changed, frozen, resumed or closed.
//! Not here: who may (`decide`), moving open tasks (`hand_over`).
//! Where an account loses anything, its sessions end in the same transaction, so that the next request knows.

use shared::account::ResetLink;
use shared::account::life::{AccountAct, AccountEvent, AccountState};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::UserId;
use store::Tx;
use store::life::{AccountLine, AccountRequest};
use store::users::User;

use super::{hand_over, line, posts, posts_of};
use crate::context::Ctx;
use crate::fault::Failure;
use crate::reference::Reference;
use crate::users::last::not_last_of;
use crate::users::{hash, reset, taken};

const DAY: i64 = 24 * 3_600_000;
/// How long the link of a new account can be used.
const LINK_DAYS: i64 = 7;

/// What a new account begins with: made before the transaction, since hashing takes its time.
#[derive(Clone)]
pub(super) struct Secrets {
    user: UserId,
    password_hash: String,
    token: String,
    link: store::resets::ResetLink,
}

impl Secrets {
    /// The link for the holder.
    pub(super) fn shown(&self, ctx: &Ctx) -> ResetLink {
        ResetLink {
            link: reset::address(ctx, &self.token),
            expires_at: self.link.expires_at,
        }
    }
}

/// The secrets of an account that is opened; nothing for what is there.
pub(super) async fn secrets(ctx: &Ctx, request: &AccountRequest) -> Result<Option<Secrets>, Fault> {
    if request.kind != AccountAct::Open {
        return Ok(None);
    }
    let now = ctx.now();
    // Whoever asked knows the account by the id of the request.
    let user = UserId(request.id.0);
    let mut secret = [0_u8; 32];
    ctx.services.ids().fill(&mut secret);
    let (token, link) = reset::fresh_link(ctx, user, Instant(now.0 + LINK_DAYS * DAY));
    Ok(Some(Secrets {
        user,
        password_hash: hash(ctx, &hex::encode(secret)).await?,
        token,
        link,
    }))
}

/// Carries a request out.
pub(super) async fn out(
    ctx: &Ctx,
    tx: &Tx,
    reference: &Reference,
    (request, secrets): (&AccountRequest, Option<Secrets>),
) -> Result<(), Failure> {
    match (request.kind, request.user_id) {
        (AccountAct::Open, _) => {
            let secrets = secrets.ok_or_else(Fault::missing)?;
            open(ctx, tx, reference, (request, secrets)).await
        }
        (_, None) => Err(Fault::missing().into()),
        (kind, Some(user)) => {
            let user = store::users::find(tx, user).await?;
            let user = user.ok_or_else(Fault::missing)?;
            match kind {
                AccountAct::Change => change(ctx, tx, reference, (request, user)).await,
                AccountAct::Grant => {
                    let wishes = posts_of(&request.posts)?;
                    not_closed(&user)?;
                    posts::give(
                        ctx,
                        tx,
                        reference,
                        (&user, wishes.as_slice()),
                        Some(request),
                    )
                    .await
                }
                AccountAct::Freeze => {
                    stop(ctx, tx, (&user, Some(request)), AccountState::Frozen).await
                }
                AccountAct::Cancel => {
                    stop(ctx, tx, (&user, Some(request)), AccountState::Closed).await
                }
                AccountAct::Resume | AccountAct::Open => resume(ctx, tx, request, user).await,
            }
        }
    }
}

async fn open(
    ctx: &Ctx,
    tx: &Tx,
    reference: &Reference,
    (request, secrets): (&AccountRequest, Secrets),
) -> Result<(), Failure> {
    let now = ctx.now();
    let user = User::begun(
        (secrets.user, now),
        (request.username.clone(), request.name.clone()),
        request.unit.clone(),
        secrets.password_hash,
    );
    store::users::insert(tx, &user).await.map_err(taken)?;
    store::resets::put(tx, &secrets.link).await?;
    let made = AccountLine {
        request: Some(request.id),
        reason: Some(request.reason.clone()),
        facts: [("unit".to_owned(), user.unit.clone())].into(),
        ..line(ctx, user.id, AccountEvent::Made)
    };
    store::life::add(tx, &made).await?;
    let mut bound = request.clone();
    bound.user_id = Some(user.id);
    store::life::save_request(tx, &bound, request.version).await?;
    let wishes = posts_of(&request.posts)?;
    posts::give(ctx, tx, reference, (&user, wishes.as_slice()), Some(&bound)).await
}

fn not_closed(user: &User) -> Result<(), Fault> {
    if user.state == AccountState::Closed {
        return Err(Fault::new(Code::AccountNotNow).fact("account_state", user.state));
    }
    Ok(())
}

async fn change(
    ctx: &Ctx,
    tx: &Tx,
    reference: &Reference,
    (request, mut user): (&AccountRequest, User),
) -> Result<(), Failure> {
    not_closed(&user)?;
    if user.unit != request.unit {
        hand_over::nothing_of_unit(tx, user.id, &user.unit).await?;
        store::life::set_unit(tx, (user.id, user.version), &request.unit, ctx.now()).await?;
        let moved = AccountLine {
            request: Some(request.id),
            facts: [
                ("from".to_owned(), user.unit.clone()),
                ("unit".to_owned(), request.unit.clone()),
            ]
            .into(),
            ..line(ctx, user.id, AccountEvent::Moved)
        };
        store::life::add(tx, &moved).await?;
        user.unit.clone_from(&request.unit);
    }
    let wishes = posts_of(&request.posts)?;
    posts::replace(
        ctx,
        tx,
        reference,
        (&user, wishes.as_slice()),
        Some(request),
    )
    .await
}

async fn resume(ctx: &Ctx, tx: &Tx, request: &AccountRequest, user: User) -> Result<(), Failure> {
    if user.state != AccountState::Frozen {
        return Err(Fault::new(Code::AccountNotNow)
            .fact("account_state", user.state)
            .into());
    }
    let at = (user.id, user.version);
    store::life::set_state(tx, at, AccountState::Open, ctx.now()).await?;
    let told = AccountLine {
        request: Some(request.id),
        reason: Some(request.reason.clone()),
        ..line(ctx, user.id, AccountEvent::Resumed)
    };
    Ok(store::life::add(tx, &told).await?)
}

/// Freezes or closes an account: its sessions end, links that were not used are void, and nothing of it stays open.
pub(super) async fn stop(
    ctx: &Ctx,
    tx: &Tx,
    (user, request): (&User, Option<&AccountRequest>),
    state: AccountState,
) -> Result<(), Failure> {
    let fits = if state == AccountState::Frozen {
        user.state == AccountState::Open
    } else {
        user.state != AccountState::Closed
    };
    if !fits {
        return Err(Fault::new(Code::AccountNotNow)
            .fact("account_state", user.state)
            .into());
    }
    not_last_of(tx, user.id, ctx.now()).await?;
    if state == AccountState::Closed {
        hand_over::nothing_left(tx, user.id).await?;
    }
    let now = ctx.now();
    store::life::set_state(tx, (user.id, user.version), state, now).await?;
    store::sessions::revoke_of_user(tx, user.id, None, now).await?;
    store::resets::void(tx, user.id).await?;
    let kind = if state == AccountState::Frozen {
        AccountEvent::Frozen
    } else {
        AccountEvent::Closed
    };
    let told = AccountLine {
        request: request.map(|request| request.id),
        reason: request.map(|request| request.reason.clone()),
        ..line(ctx, user.id, kind)
    };
    Ok(store::life::add(tx, &told).await?)
}
