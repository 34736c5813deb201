//! Signing in and out. A try is counted before the password is looked at, so that a thousand tries at once are still five: by name
//! and household of addresses, so that a stranger locks out nobody but himself, and apart for a device that has signed in before.
//! Unknown names, wrong passwords and closed accounts get the same words after the same work.
//! Not here: hashing (`password`), tokens (`token`, `refresh`).

use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::SessionId;
use store::record::AuditEntry;
use store::users::User;

use super::provider::{By, over};
use super::refresh::{Refresh, ends};
use super::rules::Second;
use super::token::Claimed;
use super::{
    LOCK_MINUTES, MANY_TRIES, MAX_TRIES, SLOW_SECONDS, SignIn, SignedIn, actor_of, password,
};
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::watch::{broke, note};

/// Longest sign-in name that is looked up.
const MAX_NAME: usize = 64;
/// Milliseconds of the window for tries from everywhere.
const HOUR: i64 = 3_600_000;

/// The name as it is stored: narrow, without blanks around it and signs that nobody sees, in lower case.
pub(crate) fn normal_name(username: &str) -> String {
    let line = shared::input::line(username);
    // A blank in its midst is seen by everybody, and is no part of a name.
    if line.contains(' ') {
        line.to_lowercase()
    } else {
        shared::input::code(&line).to_lowercase()
    }
}

/// The account as devices are known by it.
pub(crate) fn account_subject(services: &Services, username: &str) -> Vec<u8> {
    services.keys().mac("known-account", username)
}

/// Signs a person in.
///
/// # Errors
/// `session.wrong` for any wrong pair; `session.locked` with the minutes left after five of them from one household or device, and while
/// strangers try a name from everywhere.
pub async fn sign_in(ctx: &Ctx, command: SignIn) -> Result<SignedIn, Fault> {
    let done = tried(ctx, command).await;
    if let Err(fault) = &done {
        broke(ctx, ("session.sign_in", "session"), fault).await;
    }
    done
}

async fn tried(ctx: &Ctx, command: SignIn) -> Result<SignedIn, Fault> {
    let username = normal_name(&command.username);
    if username.is_empty()
        || username.chars().count() > MAX_NAME
        || command.password.len() > password::MAX_BYTES
    {
        return Err(Fault::new(Code::SignInWrong));
    }
    let counter = counter(ctx, &username).await?;
    let user = count_try(ctx, &username, &counter).await?;
    let hash = user.as_ref().map(|user| user.password_hash.clone());
    let is_right = ctx
        .services
        .gates()
        .hasher
        .verify(&command.password, hash)
        .await
        .settle(&ctx.services)?;
    if let Some(user) = user.filter(|user| is_right && user.active) {
        let half = store::factors::has(&ctx.services.store().reader(), user.id)
            .await
            .settle(&ctx.services)?;
        let opening = Opening {
            counter: counter.key,
            second: Second {
                half,
                vouched: false,
            },
            ends: None,
            by: None,
        };
        open(ctx, user, opening).await
    } else {
        note(ctx, entry(ctx, &username, Code::SignInWrong.as_str())).await;
        Err(Fault::new(Code::SignInWrong))
    }
}

/// Under which a try is counted, and whether the device has signed in with this name before.
struct Counter {
    key: Vec<u8>,
    is_known: bool,
}

async fn counter(ctx: &Ctx, username: &str) -> Result<Counter, Fault> {
    let keys = ctx.services.keys();
    if let (Some(device), Some(mac)) = (&ctx.device, ctx.device_mac()) {
        let subject = account_subject(&ctx.services, username);
        let db = ctx.services.store().reader();
        if store::devices::is_known(&db, &subject, &mac)
            .await
            .settle(&ctx.services)?
        {
            return Ok(Counter {
                key: keys.mac("sign-in-device", &format!("{username}\u{0}{device}")),
                is_known: true,
            });
        }
    }
    Ok(Counter {
        key: keys.mac("sign-in", &format!("{username}\u{0}{}", ctx.household())),
        is_known: false,
    })
}

/// Counts a try and gives the account, if there is one; a locked name ends here.
async fn count_try(ctx: &Ctx, username: &str, counter: &Counter) -> Result<Option<User>, Fault> {
    let keys = ctx.services.keys();
    let everywhere = (!counter.is_known).then(|| Everywhere {
        all: keys.mac("sign-in-all", username),
        slow: keys.mac("sign-in-slow", username),
    });
    let (key, name, now) = (counter.key.clone(), username.to_owned(), ctx.now());
    let counted = ctx
        .services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let limit = store::lookups::Limit {
                    tries: MAX_TRIES,
                    lock_ms: LOCK_MINUTES * 60_000,
                };
                if let Some(until) = store::lookups::count(tx, &key, limit, now).await? {
                    return Ok(Err(until));
                }
                if let Some(everywhere) = &everywhere
                    && let Some(until) = everywhere.count(tx, now).await?
                {
                    return Ok(Err(until));
                }
                Ok(Ok(store::users::find_by_name(tx, &name).await?))
            })
        })
        .await
        .settle(&ctx.services)?;
    match counted {
        Ok(user) => Ok(user),
        Err(until) => {
            note(ctx, entry(ctx, username, Code::SignInLocked.as_str())).await;
            Err(locked(until, now))
        }
    }
}

/// The counter of a name for all that are not known: it slows down and locks nobody out for good.
#[derive(Clone)]
struct Everywhere {
    all: Vec<u8>,
    slow: Vec<u8>,
}

impl Everywhere {
    /// `Some(until)` when many have tried the name lately and another one has just now.
    async fn count(&self, tx: &store::Tx, now: Instant) -> Result<Option<Instant>, Failure> {
        if store::devices::tally(tx, &self.all, HOUR, now).await? <= MANY_TRIES {
            return Ok(None);
        }
        let span = SLOW_SECONDS * 1000;
        let is_next = store::devices::tally(tx, &self.slow, span, now).await? == 1;
        Ok((!is_next).then_some(Instant(now.0 + span)))
    }
}

fn locked(until: Instant, now: Instant) -> Fault {
    let minutes = (until.0 - now.0).max(0).div_euclid(60_000) + 1;
    Fault::new(Code::SignInLocked).fact("minutes", minutes.min(LOCK_MINUTES))
}

/// How a session is opened.
pub(super) struct Opening {
    /// The counter of tries that goes back to zero.
    pub(super) counter: Vec<u8>,
    /// What is known of the second factor.
    pub(super) second: Second,
    /// The session that gives way to this one.
    pub(super) ends: Option<SessionId>,
    /// The identity of a provider that signs in, where it is no password.
    pub(super) by: Option<By>,
}

/// Opens a session: new id, new tokens, the counter of this place back to zero. The device is known from now on.
pub(super) async fn open(ctx: &Ctx, user: User, opening: Opening) -> Result<SignedIn, Fault> {
    let services = &ctx.services;
    let now = ctx.now();
    let session = SessionId(services.ids().new_id(now));
    let refresh = Refresh {
        session,
        generation: 0,
    };
    let expires_at = ends(now, now);
    let record = store::sessions::Session {
        id: session,
        user: user.id,
        refresh_hash: refresh.hash(services.keys()),
        previous_hash: None,
        created_at: now,
        rotated_at: now,
        expires_at,
        revoked_at: None,
        ip: ctx.ip.clone(),
        agent: ctx.agent.clone(),
        proved_at: now,
        half: opening.second.half,
        vouched: opening.second.vouched,
    };
    let subject = account_subject(services, &user.username);
    let device = ctx.device_mac();
    let audit = entry_of(ctx, &user, session, opening.by.is_some());
    let (second, checked) = (opening.second, (user.id, user.password_hash.clone()));
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                // While the hash was computed, the account may have been closed or got another password.
                let (id, hash) = checked;
                if !store::users::find(tx, id)
                    .await?
                    .is_some_and(|user| user.active && user.password_hash == hash)
                {
                    return Err(Fault::new(Code::SignInWrong).into());
                }
                store::lookups::clear(tx, &opening.counter).await?;
                if let Some(ends) = opening.ends {
                    store::sessions::revoke(tx, ends, now).await?;
                    store::identities::pass_on(tx, (ends, session), over(now)).await?;
                }
                if let Some(by) = &opening.by {
                    by.note(tx, (id, session), now).await?;
                }
                if let Some(device) = &device {
                    store::devices::know(tx, &subject, device, now).await?;
                }
                store::sessions::insert(tx, &record).await?;
                store::life::seen(tx, record.user, now).await?;
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(services)?;
    let claimed = Claimed {
        user: user.id,
        session,
    };
    let (access_token, access_expires_at) = services.sign_token(claimed, now).await?;
    let mut actor = actor_of(&*services.reference().await?, &user, now);
    actor.fresh = true;
    let actor = services.hold(actor, &user, second).await?;
    Ok(SignedIn {
        access_token,
        access_expires_at,
        refresh_token: refresh.write(services.keys()),
        refresh_expires_at: expires_at,
        session,
        actor,
    })
}

/// The typed name may be a password in the wrong field: it stands in the audit only where it can be erased.
fn entry(ctx: &Ctx, username: &str, outcome: &str) -> AuditEntry {
    let mut entry = ctx.audit("session.sign_in", "session", outcome);
    if outcome == "ok" {
        username.clone_into(&mut entry.actor_name);
    } else {
        entry
            .erasable
            .insert("username".to_owned(), username.to_owned());
    }
    entry
}

/// The row of somebody whose session was opened.
fn entry_of(ctx: &Ctx, user: &User, session: SessionId, by_provider: bool) -> AuditEntry {
    let mut audit = entry(ctx, &user.username, "ok");
    audit.actor = Some(user.id);
    audit.object = format!("session:{session}");
    let opened = (store::audit::SESSION.to_owned(), session.to_string());
    audit.facts.extend([opened]);
    if by_provider {
        let way = ("by".to_owned(), "provider".to_owned());
        audit.facts.extend([way]);
    }
    audit
}

/// Ends the session of the call; access and refresh token are dead at once. Without a session there is nothing to do.
pub async fn sign_out(ctx: &Ctx) -> Result<(), Fault> {
    let Some(session) = ctx.session else {
        return Ok(());
    };
    let (now, audit) = (
        ctx.now(),
        ctx.audit("session.sign_out", format!("session:{session}"), "ok"),
    );
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                store::sessions::revoke(tx, session, now).await?;
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    ctx.services.rights().forget(session).await;
    Ok(())
}

/// Ends the session of a refresh token whose access token is already too old to say who it was.
pub async fn sign_out_with(services: &Services, refresh_token: &str) -> Result<(), Fault> {
    let Some(refresh) = Refresh::read(refresh_token.trim(), services.keys()) else {
        return Ok(());
    };
    sign_out(&Ctx {
        session: Some(refresh.session),
        ..Ctx::visitor(services)
    })
    .await
}
