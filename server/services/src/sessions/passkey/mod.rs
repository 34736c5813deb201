//! Passkeys as second factor beside an app's codes: added, named and removed by their owner, used after the password and as a proof.
//! A challenge stands in the database, for one session, purpose and answer; wrong answers count as wrong codes do.
//! Not here: when an answer is good (`check`), codes and recovery codes (`factor`).

mod check;
mod own;
mod site;

use serde_json::json;
use shared::access::{Held, needs};
use shared::account::passkey::Signed;
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::SessionId;
use store::passkeys::{Challenge, Passkey, Purpose};
use store::users::User;

pub(super) use own::views;
pub use own::{begin_add, finish_add, remove, rename};

use self::site::Site;
use super::SignedIn;
use super::factor::{count, myself, note_wrong, waiting, whole};
use super::prove::keep as keep_proof;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};

/// How long a challenge can be answered, in milliseconds.
const LIFE_MS: i64 = 5 * 60_000;
/// Bytes of a challenge.
const CHALLENGE: usize = 32;
/// The field of the answer.
const FIELD: &str = "passkey";
/// The field of an answer that is a proof.
const PROOF_FIELD: &str = "proof_passkey";

/// Asks for the signature of a passkey: what the browser is to be asked, as JSON. Of a half session it is the second step of signing in,
/// of a whole one a proof.
///
/// # Errors
/// `session.passkey_address`, `session.passkey_unknown` when the account has none; `session.signed_out`.
pub async fn begin(ctx: &Ctx) -> Result<String, Fault> {
    let (need, purpose) = if ctx.actor.held == Some(Held::Factor) {
        (needs::SECOND, Purpose::SignIn)
    } else {
        (needs::OWN, Purpose::Prove)
    };
    let user = myself(ctx, need).await?;
    let field = match purpose {
        Purpose::Prove => PROOF_FIELD,
        _ => FIELD,
    };
    let site = site(ctx, field)?;
    let keys = store::passkeys::list(&ctx.services.store().reader(), user.id)
        .await
        .settle(&ctx.services)?;
    if keys.is_empty() {
        return Err(Fault::field(field, Code::PasskeyUnknown));
    }
    let challenge = ask(ctx, &user, purpose).await?;
    let options = json!({
        "challenge": own::written(&challenge),
        "rpId": site.id,
        "timeout": LIFE_MS,
        "allowCredentials": own::named(&keys),
        "userVerification": own::VERIFICATION,
    });
    Ok(options.to_string())
}

/// Gives the passkey's answer that a half session waits for: a whole session takes its place, under an id of its own.
///
/// # Errors
/// At `passkey`: `session.passkey_wrong`, `_late`, `_unknown`, `_origin`, `_copied`; `session.locked`, `access.denied` when none is asked.
pub async fn second(ctx: &Ctx, answer: &str) -> Result<SignedIn, Fault> {
    let (user, session) = waiting(ctx).await?;
    let counter = count(ctx, user.id).await?;
    if let Err(code) = used(ctx, &user, (session, Purpose::SignIn), answer).await? {
        note_wrong(ctx, "session.second", session, code).await;
        return Err(Fault::field(FIELD, code));
    }
    whole(ctx, user, session, counter).await
}

/// Takes a passkey's answer as a proof of the person, as `sessions::prove` takes the password.
///
/// # Errors
/// At `proof_passkey` as of `second`; `session.locked`, `session.signed_out`.
pub async fn prove(ctx: &Ctx, answer: &str) -> Result<(), Fault> {
    let user = myself(ctx, needs::OWN).await?;
    let session = session(ctx)?;
    let counter = count(ctx, user.id).await?;
    if let Err(code) = used(ctx, &user, (session, Purpose::Prove), answer).await? {
        note_wrong(ctx, "session.prove", session, code).await;
        return Err(Fault::field(PROOF_FIELD, code));
    }
    keep_proof(ctx, session, counter).await
}

fn session(ctx: &Ctx) -> Result<SessionId, Fault> {
    ctx.session.ok_or_else(|| Fault::new(Code::SignedOut))
}

/// The installation as browsers know it.
fn site(ctx: &Ctx, field: &str) -> Result<Site, Fault> {
    let address = &ctx.services.config().public_url;
    Site::of(address).ok_or_else(|| {
        let mut fault = Fault::field(field, Code::PasskeyAddress);
        for field in &mut fault.fields {
            field.facts.insert("address".to_owned(), address.clone());
        }
        fault
    })
}

/// Makes a challenge in the place of the last one for the purpose.
async fn ask(ctx: &Ctx, user: &User, purpose: Purpose) -> Result<Vec<u8>, Fault> {
    let mut bytes = vec![0_u8; CHALLENGE];
    ctx.services.ids().fill(&mut bytes);
    let asked = Challenge {
        session: session(ctx)?,
        purpose,
        user: user.id,
        bytes: bytes.clone(),
        expires_at: Instant(ctx.now().0 + LIFE_MS),
    };
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move { Ok(store::passkeys::ask(tx, &asked).await?) })
        })
        .await
        .settle(&ctx.services)?;
    Ok(bytes)
}

/// Takes a challenge, whatever comes of it: a second answer to it is late.
async fn take(ctx: &Ctx, asked: (SessionId, Purpose), bytes: Vec<u8>) -> Result<bool, Fault> {
    let ((session, purpose), now) = (asked, ctx.now());
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(
                async move { Ok(store::passkeys::take(tx, session, purpose, &bytes, now).await?) },
            )
        })
        .await
        .settle(&ctx.services)
}

/// Whether an answer is that of a passkey of this person to what the session was asked; notes that it was used.
async fn used(
    ctx: &Ctx,
    user: &User,
    asked: (SessionId, Purpose),
    answer: &str,
) -> Result<Result<(), Code>, Fault> {
    let Some(read) = check::read::<Signed>(answer) else {
        return Ok(Err(Code::PasskeyWrong));
    };
    let Some(site) = Site::of(&ctx.services.config().public_url) else {
        return Ok(Err(Code::PasskeyAddress));
    };
    if !take(ctx, asked, read.challenge.clone()).await? {
        return Ok(Err(Code::PasskeyLate));
    }
    let db = ctx.services.store().reader();
    let key = store::passkeys::find(&db, user.id, &read.credential)
        .await
        .settle(&ctx.services)?;
    let Some(key) = key else {
        return Ok(Err(Code::PasskeyUnknown));
    };
    match check::signed(&read, &site, &key.public_key, key.algorithm) {
        Ok(count) => note_use(ctx, &key, count).await,
        Err(code) => Ok(Err(code)),
    }
}

async fn note_use(ctx: &Ctx, key: &Passkey, count: i64) -> Result<Result<(), Code>, Fault> {
    let (user, id, now) = (key.user, key.id, ctx.now());
    let goes_up = ctx
        .services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move { Ok(store::passkeys::signed(tx, user, id, count, now).await?) })
        })
        .await
        .settle(&ctx.services)?;
    Ok(if goes_up {
        Ok(())
    } else {
        Err(Code::PasskeyCopied)
    })
}
