//! The own passkeys: adding one, naming it, removing it.
//! Not here: using one (`mod`), when a browser's answer is good (`check`).
//! Who has a factor already proves to be himself before another one comes: nobody moves in beside an unlocked desk.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use shared::access::needs;
use shared::account::device;
use shared::account::passkey::{Made, PasskeyView};
use shared::fault::{Code, Fault, FieldFault};
use shared::ids::{PasskeyId, UserId};
use store::passkeys::{Passkey, Purpose};
use store::users::User;

use super::check::{self, ALGORITHMS, New};
use super::{FIELD, LIFE_MS, ask, session, site, take};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::sessions::factor::{codes, count, may_add, myself};

/// Passkeys of an account at most.
const MOST: usize = 20;
/// Longest name, in characters.
const MAX_NAME: usize = 40;
/// The field of the name.
const NAME: &str = "passkey_name";
/// The name of one that nobody named, of a browser that says nothing of itself.
const NAMELESS: &str = "Passkey";
/// Finger, face or PIN where the authenticator has one: the password was given before, so that a plain security key does as well.
pub(super) const VERIFICATION: &str = "preferred";

/// Somebody's passkeys as their owner sees them.
pub(in crate::sessions) async fn views(
    ctx: &Ctx,
    user: UserId,
) -> Result<(Vec<PasskeyView>, bool), Fault> {
    let keys = store::passkeys::list(&ctx.services.store().reader(), user)
        .await
        .settle(&ctx.services)?;
    let view = |key: Passkey| PasskeyView {
        id: key.id,
        name: key.name,
        made_at: key.made_at,
        used_at: key.used_at,
    };
    let works = site(ctx, FIELD).is_ok();
    Ok((keys.into_iter().map(view).collect(), works))
}

/// Bytes as they stand in JSON.
pub(super) fn written(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Passkeys as a browser is told of them.
pub(super) fn named(keys: &[Passkey]) -> Vec<Value> {
    let name = |key: &Passkey| json!({"type": "public-key", "id": written(&key.credential)});
    keys.iter().map(name).collect()
}

/// Begins to add a passkey: what the browser is to be asked, as JSON.
///
/// # Errors
/// At `passkey`: `session.passkey_address`, `session.passkey_many`; `session.proof_needed`; a name that is too long.
pub async fn begin_add(ctx: &Ctx, name: &str) -> Result<String, Fault> {
    let user = myself(ctx, needs::OWN).await?;
    may_add(ctx, &user)?;
    named_well(name)?;
    let site = site(ctx, FIELD)?;
    let keys = store::passkeys::list(&ctx.services.store().reader(), user.id)
        .await
        .settle(&ctx.services)?;
    if keys.len() >= MOST {
        return Err(with(FIELD, Code::PasskeyMany, MOST));
    }
    let challenge = ask(ctx, &user, Purpose::Add).await?;
    let kinds = ALGORITHMS.map(|alg| json!({"type": "public-key", "alg": alg}));
    let options = json!({
        "rp": {"id": site.id, "name": crate::sessions::factor::ISSUER},
        "user": {
            "id": written(user.id.0.as_bytes()),
            "name": user.username,
            "displayName": user.name,
        },
        "challenge": written(&challenge),
        "pubKeyCredParams": kinds,
        "timeout": LIFE_MS,
        "excludeCredentials": named(&keys),
        "authenticatorSelection": {
            "residentKey": "discouraged",
            "requireResidentKey": false,
            "userVerification": VERIFICATION,
        },
        "attestation": "none",
    });
    Ok(options.to_string())
}

/// Adds the passkey that the browser has made. With the first factor recovery codes come, this once. Every other session of the account ends.
///
/// # Errors
/// At `passkey`: `session.passkey_wrong`, `_late`, `_origin`, `_taken`; `session.proof_needed`, `session.locked`.
pub async fn finish_add(ctx: &Ctx, name: &str, answer: &str) -> Result<Vec<String>, Fault> {
    let user = myself(ctx, needs::OWN).await?;
    may_add(ctx, &user)?;
    let name = named_well(name)?.unwrap_or_else(|| by_browser(ctx));
    let counter = count(ctx, user.id).await?;
    let (credential, new) = checked(ctx, answer).await?;
    let key = Passkey {
        id: PasskeyId(ctx.services.ids().new_id(ctx.now())),
        user: user.id,
        credential,
        name,
        public_key: new.public_key,
        algorithm: new.algorithm,
        signed: new.count,
        made_at: ctx.now(),
        used_at: None,
    };
    keep(ctx, user, key, counter).await
}

async fn checked(ctx: &Ctx, answer: &str) -> Result<(Vec<u8>, New), Fault> {
    let wrong = |code| Fault::field(FIELD, code);
    let site = site(ctx, FIELD)?;
    let read = check::read::<Made>(answer).ok_or_else(|| wrong(Code::PasskeyWrong))?;
    let asked = (session(ctx)?, Purpose::Add);
    if !take(ctx, asked, read.challenge.clone()).await? {
        return Err(wrong(Code::PasskeyLate));
    }
    let new = check::made(&read, &site).map_err(wrong)?;
    Ok((read.credential, new))
}

async fn keep(ctx: &Ctx, user: User, key: Passkey, counter: Vec<u8>) -> Result<Vec<String>, Fault> {
    let (id, now, stays) = (user.id, ctx.now(), ctx.session);
    // Beside another factor the codes that were written down stay good.
    let (codes, hashes) = if user.has_factor {
        (Vec::new(), Vec::new())
    } else {
        codes(ctx, id)
    };
    let audit = ctx.audit("user.passkey", format!("user:{id}"), "ok");
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                match store::passkeys::add(tx, &key).await {
                    Err(store::StoreError::Exists("passkey")) => {
                        return Err(Fault::field(FIELD, Code::PasskeyTaken).into());
                    }
                    other => other?,
                }
                if !hashes.is_empty() {
                    store::factors::put_codes(tx, id, &hashes, now).await?;
                }
                store::lookups::clear(tx, &counter).await?;
                store::sessions::revoke_of_user(tx, id, stays, now).await?;
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    ctx.services.rights().forget_all();
    Ok(codes)
}

/// The name that somebody typed, if any.
fn named_well(typed: &str) -> Result<Option<String>, Fault> {
    let name = shared::input::line(typed);
    if name.chars().count() > MAX_NAME {
        return Err(with(NAME, Code::InputTooLong, MAX_NAME));
    }
    Ok(Some(name).filter(|name| !name.is_empty()))
}

fn by_browser(ctx: &Ctx) -> String {
    let name = ctx.agent.as_deref().map(device::name).unwrap_or_default();
    if name.is_empty() {
        NAMELESS.to_owned()
    } else {
        name.chars().take(MAX_NAME).collect()
    }
}

fn with(field: &str, code: Code, max: usize) -> Fault {
    Fault::fields(vec![FieldFault {
        field: field.to_owned(),
        code,
        facts: std::iter::once(("max".to_owned(), max.to_string())).collect(),
    }])
}

/// Gives an own passkey another name.
///
/// # Errors
/// `not_found`; faults at `passkey_name`.
pub async fn rename(ctx: &Ctx, id: PasskeyId, name: &str) -> Result<(), Fault> {
    let user = myself(ctx, needs::OWN).await?.id;
    let name = named_well(name)?.ok_or_else(|| Fault::field(NAME, Code::InputRequired))?;
    let audit = ctx.audit("user.passkey_renamed", format!("user:{user}"), "ok");
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                if !store::passkeys::rename(tx, user, id, &name).await? {
                    return Err(Fault::missing().into());
                }
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(&ctx.services)
}

/// Removes an own passkey, as `factor::remove` does the app: it asks for a proof of the person, and every other session ends.
///
/// # Errors
/// `session.proof_needed`, `not_found`.
pub async fn remove(ctx: &Ctx, id: PasskeyId) -> Result<(), Fault> {
    let user = myself(ctx, needs::OWN).await?.id;
    if !ctx.actor.fresh {
        return Err(Fault::new(Code::ProofNeeded));
    }
    let (now, stays) = (ctx.now(), ctx.session);
    let audit = ctx.audit("user.passkey_removed", format!("user:{user}"), "ok");
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                if !store::passkeys::remove(tx, user, id, now).await? {
                    return Err(Fault::missing().into());
                }
                store::sessions::revoke_of_user(tx, user, stays, now).await?;
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    ctx.services.rights().forget_all();
    Ok(())
}
