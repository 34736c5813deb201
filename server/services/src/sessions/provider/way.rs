//! There and back: a browser is sent to the provider with words that are good once, for it alone, and what it brings back is looked at. Then
//! the identity opens a session, or is linked to the account whose session began it.
//! Not here: when a token is believed (`check`), asking the provider (`line`).
//! The word that comes back is taken before anything else is looked at, so that it never comes twice.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use shared::access::needs;
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use store::identities::{Flow, Identity};

use super::check::Person;
use super::{Asked, By, Purpose, WAY_MS, links, over, provider, unbelieved};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::sessions::SignedIn;
use crate::sessions::factor::myself;
use crate::sessions::rules::Second;
use crate::sessions::sign_in::{Opening, open};
use crate::tries::{self, Try};
use crate::watch::note;

/// The page through which browsers leave; its address says which way they are on.
const LEAVING: &str = "/sign-in/provider/go";
/// The page to which the provider sends them back.
const BACK: &str = "/sign-in/provider/back";
/// Bytes of a word that nobody can guess.
const WORD: usize = 32;
/// Longest word that is looked up.
const MAX_WORD: usize = 4096;

/// What the provider sends a browser back with.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// The word that it was sent with.
    pub state: String,
    /// What can be exchanged for a token.
    pub code: Option<String>,
    /// Why there is none.
    pub error: Option<String>,
    /// Who says so (RFC 9207).
    pub issuer: Option<String>,
}

/// What came of it.
pub enum Came {
    /// Somebody is signed in, and goes on to this page.
    In(Box<SignedIn>, String),
    /// The identity is linked to the own account.
    Linked,
}

/// Begins a way to the provider; gives the page of ours through which the browser leaves.
///
/// # Errors
/// `session.provider_away`, also where none is configured; `session.proof_needed` for linking; `session.provider_state` for a browser that
/// keeps no cookies.
pub async fn begin(ctx: &Ctx, purpose: Purpose, next: &str) -> Result<String, Fault> {
    if purpose == Purpose::Link {
        myself(ctx, needs::OWN).await?;
        if !ctx.actor.fresh {
            return Err(Fault::new(Code::ProofNeeded));
        }
    }
    let provider = provider(ctx)?;
    let known = provider.known(ctx.now()).await?;
    let (state, nonce, verifier) = (word(ctx), word(ctx), word(ctx));
    let mut url = provider.address(&known.document.authorization_endpoint)?;
    let back = back_address(ctx);
    let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()));
    url.query_pairs_mut().extend_pairs([
        ("response_type", "code"),
        ("scope", "openid"),
        ("client_id", provider.client()),
        ("redirect_uri", back.as_str()),
        ("state", state.as_str()),
        ("nonce", nonce.as_str()),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ]);
    let asked = Asked {
        purpose,
        leads_to: url.into(),
        nonce,
        verifier,
        next: next.to_owned(),
        session: ctx.session.filter(|_| purpose == Purpose::Link),
    };
    keep(ctx, &state, &asked).await
}

/// Keeps a way, and gives the page through which the browser leaves.
pub(super) async fn keep(ctx: &Ctx, state: &str, asked: &Asked) -> Result<String, Fault> {
    let device = ctx.device_mac().ok_or_else(lost)?;
    let flow = Flow {
        state: of_state(ctx, state),
        device,
        asked: serde_json::to_vec(asked)
            .map_err(anyhow::Error::from)
            .settle(&ctx.services)?,
        expires_at: Instant(ctx.now().0 + WAY_MS),
    };
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move { Ok(store::identities::begin(tx, &flow).await?) })
        })
        .await
        .settle(&ctx.services)?;
    Ok(format!("{LEAVING}?state={state}"))
}

/// Where a browser goes on that is on its way.
///
/// # Errors
/// `session.provider_state`.
pub async fn go(ctx: &Ctx, state: &str) -> Result<String, Fault> {
    let device = ctx.device_mac().ok_or_else(lost)?;
    let db = ctx.services.store().reader();
    let asked = store::identities::asked(&db, &of_state(ctx, state), &device, ctx.now())
        .await
        .settle(&ctx.services)?;
    Ok(read(asked)?.leads_to)
}

/// Takes what the provider sent a browser back with.
///
/// # Errors
/// `session.provider_state` for a word that is unknown, too old, used, or another browser's; `session.provider_refused` when nobody signed in
/// there; `session.provider_token`, `session.provider_away`, `session.provider_unknown`, `session.provider_taken`; `rate.limited`.
pub async fn back(ctx: &Ctx, answer: Answer) -> Result<Came, Fault> {
    tries::count(ctx, Try::SignIn).await?;
    let asked = match take(ctx, &answer.state).await {
        Ok(asked) => asked,
        Err(fault) => return Err(noted(ctx, Purpose::SignIn, fault).await),
    };
    let purpose = asked.purpose;
    match came(ctx, asked, answer).await {
        Ok(came) => Ok(came),
        Err(fault) => Err(noted(ctx, purpose, fault).await),
    }
}

async fn came(ctx: &Ctx, asked: Asked, answer: Answer) -> Result<Came, Fault> {
    // Whoever began to link may have signed out since, or somebody else in.
    let is_mine = asked.session.is_some() && asked.session == ctx.session;
    if asked.purpose == Purpose::Leave || (asked.purpose == Purpose::Link && !is_mine) {
        return Err(lost());
    }
    let (person, token) = proved(ctx, &asked, answer).await?;
    match asked.purpose {
        Purpose::Link => {
            let user = myself(ctx, needs::OWN).await?.id;
            let identity = Identity {
                id: ctx.services.new_id(),
                issuer: provider(ctx)?.issuer().to_owned(),
                subject: person.subject,
                user,
                linked_at: ctx.now(),
                linked_by: Some(user),
                used_at: None,
            };
            links::put(ctx, identity).await?;
            Ok(Came::Linked)
        }
        Purpose::SignIn | Purpose::Leave => {
            let signed_in = enter(ctx, person, token).await?;
            Ok(Came::In(Box::new(signed_in), asked.next))
        }
    }
}

/// Who signed in there, with the token that says so.
async fn proved(ctx: &Ctx, asked: &Asked, answer: Answer) -> Result<(Person, String), Fault> {
    let (provider, now) = (provider(ctx)?, ctx.now());
    let says_who = answer.issuer.as_deref();
    if says_who.is_some_and(|issuer| issuer != provider.issuer()) {
        return Err(unbelieved("iss"));
    }
    if answer.error.is_some() {
        return Err(Fault::new(Code::ProviderRefused));
    }
    let code = answer
        .code
        .filter(|code| (1..=MAX_WORD).contains(&code.len()));
    let code = code.ok_or_else(|| unbelieved("code"))?;
    let known = provider.known(now).await?;
    let with = (code.as_str(), asked.verifier.as_str());
    let token = provider.exchange(&known, with, &back_address(ctx)).await?;
    let claims = provider.verified(&token, now).await?;
    let person = claims
        .person(provider.whom(), &asked.nonce, now)
        .map_err(unbelieved)?;
    Ok((person, token))
}

/// Opens a session for the account of an identity. All that holds of signing in by password holds here: closed and frozen accounts do not, and
/// the second factor is asked unless the provider has asked for one that counts here.
async fn enter(ctx: &Ctx, person: Person, token: String) -> Result<SignedIn, Fault> {
    let (provider, services) = (provider(ctx)?, &ctx.services);
    let db = services.store().reader();
    let found = async {
        let linked = store::identities::find(&db, provider.issuer(), &person.subject).await?;
        let Some(identity) = linked else {
            return Ok::<_, Failure>(None);
        };
        let user = store::users::find(&db, identity.user).await?;
        let Some(user) = user.filter(|user| user.active) else {
            return Ok(None);
        };
        let has_factor = store::factors::has(&db, user.id).await?;
        Ok(Some((identity, user, has_factor)))
    };
    let found = found.await.settle(services)?;
    let (identity, user, has_factor) = found.ok_or_else(|| Fault::new(Code::ProviderUnknown))?;
    let vouched = provider.vouches(&person.ways);
    let opening = Opening {
        counter: services.keys().mac("sign-in-provider", &person.subject),
        second: Second {
            half: has_factor && !vouched,
            vouched,
        },
        ends: None,
        by: Some(By {
            identity: identity.id,
            issuer: identity.issuer,
            subject: identity.subject,
            sid: person.sid,
            token: token.into_bytes(),
            expires_at: over(ctx.now()),
        }),
    };
    open(ctx, user, opening).await
}

/// Takes the way that a browser comes back on.
async fn take(ctx: &Ctx, state: &str) -> Result<Asked, Fault> {
    let (state, now) = (of_state(ctx, state), ctx.now());
    let device = ctx.device_mac().ok_or_else(lost)?;
    let asked = ctx
        .services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move { Ok(store::identities::take(tx, &state, &device, now).await?) })
        })
        .await
        .settle(&ctx.services)?;
    read(asked)
}

fn read(asked: Option<Vec<u8>>) -> Result<Asked, Fault> {
    let asked = asked.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    asked.ok_or_else(lost)
}

/// Puts into the audit what did not come to pass, and why.
async fn noted(ctx: &Ctx, purpose: Purpose, fault: Fault) -> Fault {
    let action = match purpose {
        Purpose::Link => "user.identity",
        Purpose::SignIn | Purpose::Leave => "session.sign_in",
    };
    let mut entry = ctx.audit(action, "session", fault.code.as_str());
    entry.facts.insert("by".to_owned(), "provider".to_owned());
    let why = fault.facts.get("why").cloned();
    entry.facts.extend(why.map(|why| ("why".to_owned(), why)));
    note(ctx, entry).await;
    fault
}

/// Nobody is on this way here.
fn lost() -> Fault {
    Fault::new(Code::ProviderState)
}

/// A word that nobody can guess.
pub(super) fn word(ctx: &Ctx) -> String {
    let mut bytes = [0_u8; WORD];
    ctx.services.ids().fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

fn of_state(ctx: &Ctx, state: &str) -> Vec<u8> {
    let short = if state.len() <= MAX_WORD { state } else { "" };
    ctx.services.keys().mac("provider-state", short)
}

fn back_address(ctx: &Ctx) -> String {
    format!("{}{BACK}", ctx.services.config().public_url)
}
