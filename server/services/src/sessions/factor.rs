//! The second factor: an app on the phone is set up, its code asked after the password, and whatever there is reset by who manages accounts.
//! A code is good once, five wrong ones lock the question for a quarter of an hour; a recovery code stands in for a lost phone, once.
//! Not here: what a code is (`totp`), the factor that is no app (`passkey`), who needs one (`rules`).

use fast_qr::qr::QRBuilder;
use fast_qr::{ECL, QRCode};
use shared::access::needs;
use shared::account::passkey::SecondView;
use shared::account::{FactorView, PendingFactor};
use shared::fault::{Code, Fault};
use shared::ids::{SessionId, UserId};
use store::factors::Factor;
use store::users::User;

use super::rules::{Second, roles_of};
use super::sign_in::{Opening, open};
use super::{LOCK_MINUTES, MAX_TRIES, SignedIn, passkey, totp};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::users::{locked_until, reached};

/// Whose codes they are, in the list of an app.
pub(super) const ISSUER: &str = "Minsheng 12345";
/// Recovery codes of a factor.
const CODES: usize = 10;
/// Characters of a recovery code, without those that look alike.
const SIGNS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// How many of them.
const LENGTH: usize = 12;
/// The field of the code.
const FIELD: &str = "factor_code";
/// Light modules around a QR code.
const MARGIN: usize = 4;

/// The caller's second factor, with what is being set up.
pub async fn own(ctx: &Ctx) -> Result<FactorView, Fault> {
    let user = myself(ctx, needs::OWN).await?;
    let db = ctx.services.store().reader();
    let factor = store::factors::find(&db, user.id)
        .await
        .settle(&ctx.services)?;
    let codes_left = store::factors::codes_left(&db, user.id)
        .await
        .settle(&ctx.services)?;
    let pending = factor.as_ref().filter(|one| one.confirmed_at.is_none());
    let (passkeys, passkeys_work) = passkey::views(ctx, user.id).await?;
    Ok(FactorView {
        since: factor.as_ref().and_then(|one| one.confirmed_at),
        passkeys,
        passkeys_work,
        is_required: ctx
            .services
            .sign_in_rules()
            .await?
            .factor
            .is_of(&roles_of(&user)),
        codes_left,
        pending: pending.map(|one| pending_view(&user, one)),
    })
}

fn pending_view(user: &User, factor: &Factor) -> PendingFactor {
    let address = totp::address(ISSUER, &user.username, &factor.secret);
    let drawn = QRBuilder::new(address.as_str()).ecl(ECL::M).build().ok();
    let (path, size) = drawn.map_or_else(Default::default, |code| drawing(&code));
    PendingFactor {
        secret: totp::base32(&factor.secret),
        address,
        path,
        size,
    }
}

/// The dark modules as a path, a rectangle for each run of a row.
fn drawing(code: &QRCode) -> (String, i32) {
    let mut path = String::new();
    for row in 0..code.size {
        let mut column = 0;
        while column < code.size {
            let run = (column..code.size)
                .take_while(|at| code[row][*at].value())
                .count();
            if run > 0 {
                path += &format!("M{} {}h{run}v1h-{run}z", column + MARGIN, row + MARGIN);
            }
            column += run.max(1);
        }
    }
    (path, (code.size + 2 * MARGIN) as i32)
}

/// With what the caller can take the second step of signing in.
pub async fn ways(ctx: &Ctx) -> Result<SecondView, Fault> {
    let user = myself(ctx, needs::SECOND).await?.id;
    let db = ctx.services.store().reader();
    let read = async {
        Ok::<_, Failure>(SecondView {
            app: store::factors::has_app(&db, user).await?,
            passkey: store::passkeys::count(&db, user).await? > 0,
        })
    };
    read.await.settle(&ctx.services)
}

pub(super) async fn myself(ctx: &Ctx, need: shared::access::Need) -> Result<User, Fault> {
    ctx.ask(need)?;
    let id = ctx
        .actor
        .user()
        .ok_or_else(|| Fault::new(Code::SignedOut))?;
    store::users::find(&ctx.services.store().reader(), id)
        .await
        .settle(&ctx.services)?
        .filter(|user| user.active)
        .ok_or_else(|| Fault::new(Code::SignedOut))
}

/// Another factor beside one that is there asks for a proof of the person that is not old.
pub(super) fn may_add(ctx: &Ctx, user: &User) -> Result<(), Fault> {
    if user.has_factor && !ctx.actor.fresh {
        return Err(Fault::new(Code::ProofNeeded));
    }
    Ok(())
}

/// Begins to set an app up, anew where that was begun before.
///
/// # Errors
/// `session.factor_state` when there is one already; `session.proof_needed` beside a passkey.
pub async fn begin(ctx: &Ctx) -> Result<(), Fault> {
    let user = myself(ctx, needs::OWN).await?;
    may_add(ctx, &user)?;
    let mut secret = [0_u8; totp::SECRET];
    ctx.services.ids().fill(&mut secret);
    let (id, now) = (user.id, ctx.now());
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                if store::factors::begin(tx, id, &secret, now).await? {
                    Ok(())
                } else {
                    Err(Fault::new(Code::FactorState).into())
                }
            })
        })
        .await
        .settle(&ctx.services)
}

/// Confirms the app by its first code; gives new recovery codes, this once. Every other session of the account ends.
///
/// # Errors
/// `session.factor_wrong` at `factor_code`, `session.factor_state`, `session.proof_needed`, `session.locked`.
pub async fn confirm(ctx: &Ctx, typed: &str) -> Result<Vec<String>, Fault> {
    let user = myself(ctx, needs::OWN).await?;
    may_add(ctx, &user)?;
    let services = &ctx.services;
    let counter = count(ctx, user.id).await?;
    let factor = store::factors::find(&services.store().reader(), user.id)
        .await
        .settle(services)?
        .filter(|one| one.confirmed_at.is_none())
        .ok_or_else(|| Fault::new(Code::FactorState))?;
    let now = ctx.now();
    let step = totp::step_of(&factor.secret, typed, now, None).ok_or_else(wrong)?;
    let (codes, hashes) = codes(ctx, user.id);
    let (id, keep) = (user.id, ctx.session);
    let audit = ctx.audit("user.factor", format!("user:{id}"), "ok");
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                if !store::factors::confirm(tx, id, step, now).await? {
                    return Err(Fault::new(Code::FactorState).into());
                }
                store::factors::put_codes(tx, id, &hashes, now).await?;
                store::lookups::clear(tx, &counter).await?;
                store::sessions::revoke_of_user(tx, id, keep, now).await?;
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(services)?;
    services.rights().forget_all();
    Ok(codes)
}

/// Makes new recovery codes in the place of the old ones, which end, and gives them this once; asks for a proof of the person that is not old.
///
/// # Errors
/// `session.proof_needed`, `session.factor_state` without a second factor.
pub async fn renew_codes(ctx: &Ctx) -> Result<Vec<String>, Fault> {
    let user = myself(ctx, needs::OWN).await?;
    if !user.has_factor {
        return Err(Fault::new(Code::FactorState));
    }
    if !ctx.actor.fresh {
        return Err(Fault::new(Code::ProofNeeded));
    }
    let now = ctx.now();
    let (codes, hashes) = codes(ctx, user.id);
    let id = user.id;
    let audit = ctx.audit("user.recovery_codes", format!("user:{id}"), "ok");
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (hashes, audit) = (hashes.clone(), audit.clone());
            Box::pin(async move {
                store::factors::put_codes(tx, id, &hashes, now).await?;
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    Ok(codes)
}

/// The caller with the half session that waits for the second factor.
pub(super) async fn waiting(ctx: &Ctx) -> Result<(User, SessionId), Fault> {
    let user = myself(ctx, needs::SECOND).await?;
    let waits = ctx.actor.held == Some(shared::access::Held::Factor);
    let session = ctx.session.filter(|_| waits).ok_or_else(Fault::denied)?;
    Ok((user, session))
}

/// Gives the code that a half session waits for, of the app or a recovery code: a whole session takes its place, under an id of its own.
///
/// # Errors
/// `session.factor_wrong` at `factor_code`, `session.locked`, `access.denied` when none is asked.
pub async fn second(ctx: &Ctx, typed: &str) -> Result<SignedIn, Fault> {
    let (user, session) = waiting(ctx).await?;
    let services = &ctx.services;
    let counter = count(ctx, user.id).await?;
    if !user.has_factor {
        return Err(Fault::new(Code::FactorState));
    }
    let app = store::factors::find(&services.store().reader(), user.id)
        .await
        .settle(services)?
        .filter(|one| one.confirmed_at.is_some());
    let now = ctx.now();
    let step = app.and_then(|app| totp::step_of(&app.secret, typed, now, app.used_step));
    let (id, hashes) = (user.id, hashes(ctx, user.id, typed));
    let taken = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                Ok(match step {
                    Some(step) => store::factors::take_step(tx, id, step).await?,
                    None => store::factors::take_code(tx, id, &hashes, now).await?,
                })
            })
        })
        .await
        .settle(services)?;
    if !taken {
        note_wrong(ctx, "session.second", session, Code::FactorWrong).await;
        return Err(wrong());
    }
    whole(ctx, user, session, counter).await
}

/// Puts a try that failed into the audit.
pub(super) async fn note_wrong(ctx: &Ctx, action: &str, session: SessionId, code: Code) {
    let entry = ctx.audit(action, format!("session:{session}"), code.as_str());
    crate::watch::note(ctx, entry).await;
}

/// Opens the whole session in the place of the half one.
pub(super) async fn whole(
    ctx: &Ctx,
    user: User,
    session: SessionId,
    counter: Vec<u8>,
) -> Result<SignedIn, Fault> {
    let opening = Opening {
        counter,
        second: Second {
            half: false,
            vouched: false,
        },
        ends: Some(session),
        by: None,
    };
    let signed_in = open(ctx, user, opening).await?;
    ctx.services.rights().forget(session).await;
    Ok(signed_in)
}

/// Removes the own app; asks for a proof of the person that is not old.
///
/// # Errors
/// `session.proof_needed`, `session.factor_state` when there is none.
pub async fn remove(ctx: &Ctx) -> Result<(), Fault> {
    let user = myself(ctx, needs::OWN).await?;
    if !ctx.actor.fresh {
        return Err(Fault::new(Code::ProofNeeded));
    }
    forget(ctx, user.id, ctx.session, false).await
}

/// Removes app, passkeys and recovery codes of somebody in the caller's reach; every session of theirs ends.
///
/// # Errors
/// `access.denied`, `not_found`, `session.factor_state` when there is none.
pub async fn reset_of(ctx: &Ctx, username: &str) -> Result<(), Fault> {
    let user = reached(ctx, needs::RESETS, username).await?;
    crate::users::may_reset(ctx, &user)?;
    forget(ctx, user.id, None, true).await
}

async fn forget(ctx: &Ctx, user: UserId, keep: Option<SessionId>, all: bool) -> Result<(), Fault> {
    let now = ctx.now();
    let audit = ctx.audit("user.factor_reset", format!("user:{user}"), "ok");
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let gone = if all {
                    store::factors::remove_all(tx, user, now).await?
                } else {
                    store::factors::remove(tx, user, now).await?
                };
                if !gone {
                    return Err(Fault::new(Code::FactorState).into());
                }
                store::sessions::revoke_of_user(tx, user, keep, now).await?;
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    ctx.services.rights().forget_all();
    Ok(())
}

fn wrong() -> Fault {
    Fault::field(FIELD, Code::FactorWrong)
}

/// Counts a try before the code is looked at, so that a thousand at once are still five.
pub(super) async fn count(ctx: &Ctx, user: UserId) -> Result<Vec<u8>, Fault> {
    let key = ctx.services.keys().mac("second-factor", &user.to_string());
    let (counted, now) = (key.clone(), ctx.now());
    let limit = store::lookups::Limit {
        tries: MAX_TRIES,
        lock_ms: LOCK_MINUTES * 60_000,
    };
    let locked = ctx
        .services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move { Ok(store::lookups::count(tx, &counted, limit, now).await?) })
        })
        .await
        .settle(&ctx.services)?;
    locked.map_or(Ok(key), |until| Err(locked_until(until, now)))
}

/// New recovery codes with what is kept of them.
pub(super) fn codes(ctx: &Ctx, user: UserId) -> (Vec<String>, Vec<Vec<u8>>) {
    let codes: Vec<String> = (0..CODES).map(|_| recovery_code(ctx)).collect();
    let newest = |code: &String| hashes(ctx, user, code).into_iter().next();
    let hashes = codes.iter().filter_map(newest).collect();
    (codes, hashes)
}

fn recovery_code(ctx: &Ctx) -> String {
    let mut random = [0_u8; LENGTH];
    ctx.services.ids().fill(&mut random);
    let sign = |byte: &u8| char::from(SIGNS[usize::from(*byte) % SIGNS.len()]);
    let code: String = random.iter().map(sign).collect();
    format!("{}-{}-{}", &code[..4], &code[4..8], &code[8..])
}

/// What is kept of a code, by each key of the ring, the newest first: a code itself is kept nowhere.
fn hashes(ctx: &Ctx, user: UserId, typed: &str) -> Vec<Vec<u8>> {
    let plain: String = typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(2 * LENGTH)
        .collect();
    let text = format!("{user}\u{0}{}", plain.to_ascii_uppercase());
    ctx.services.keys().macs("recovery-code", &text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_drawn_with_a_margin_and_whole_rows() {
        let code = QRBuilder::new("otpauth://totp/x").build().expect("fits");
        let (path, size) = drawing(&code);
        assert_eq!(size, (code.size + 8) as i32);
        assert!(
            path.starts_with("M4 4h7v1h-7z"),
            "the corner is seven wide: {path}"
        );
    }
}
