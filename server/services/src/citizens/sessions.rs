//! Sessions of citizens: a random token in a cookie or a program's hands, of which the store has an HMAC.
//! One that is not used for some days ends (setting `keep.citizen_sessions`, 30 at most): numbers are given to others.
//! Not here: how one begins (`codes`), staff's sessions (`crate::sessions`).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use shared::access::Actor;
use shared::calendar::Instant;
use shared::citizen::mandate::ActsFor;
use shared::fault::Fault;
use shared::ids::SessionId;
use shared::register::{Keep, setting_of};
use store::citizens::{self, Account};

use super::mandates;
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::keys::Keys;

/// A use within so many milliseconds of the last one writes nothing.
const QUIET: i64 = 3_600_000;
const DAY: i64 = 24 * 3_600_000;
/// Bytes of a token.
const BYTES: usize = 32;

/// Who a citizen is.
#[derive(Debug, Clone)]
pub struct Known {
    /// The session.
    pub session: SessionId,
    /// The account.
    pub account: Account,
    /// For which organisations it acts now; read anew with every request.
    pub acts_for: Vec<ActsFor>,
    /// Until when it has just become longer; the cookie follows.
    pub longer: Option<Instant>,
}

/// A token before it is written down.
pub(super) struct Token([u8; BYTES]);

impl Token {
    pub(super) fn fresh(services: &Services) -> Self {
        let mut bytes = [0_u8; BYTES];
        services.ids().fill(&mut bytes);
        Self(bytes)
    }

    fn read(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text.trim()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    pub(super) fn write(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    pub(super) fn hash(&self, keys: &Keys) -> Vec<u8> {
        keys.mac("citizen-session", &self.write())
    }
}

/// When a session ends that is used now.
pub(super) async fn ends(services: &Services, now: Instant) -> Result<Instant, Fault> {
    let key = setting_of(Keep::CITIZENS.key);
    let said = store::settings::get(&services.store().reader(), &key).await;
    let days = Keep::CITIZENS.of(said.settle(services)?.as_deref());
    Ok(Instant(now.0 + i64::from(days) * DAY))
}

/// The citizen of a token; `None` when it is none, or its session has ended.
///
/// # Errors
/// Of the store.
pub async fn authenticate(services: &Services, token: &str) -> Result<Option<Known>, Fault> {
    let Some(token) = Token::read(token) else {
        return Ok(None);
    };
    let (now, hash) = (services.now(), token.hash(services.keys()));
    let db = services.store().reader();
    let Some(found) = citizens::standing(&db, &hash, now).await.settle(services)? else {
        return Ok(None);
    };
    let acts_for = mandates::acts_for(&db, found.account.id, now).await;
    let acts_for = acts_for.settle(services)?;
    let mut longer = None;
    if now.0 - found.used_at.0 >= QUIET {
        let (id, ends_at) = (found.session, ends(services, now).await?);
        services
            .store()
            .write::<_, Failure, _>(move |tx| {
                Box::pin(async move { Ok(citizens::touch(tx, id, now, ends_at).await?) })
            })
            .await
            .settle(services)?;
        longer = Some(ends_at);
    }
    Ok(Some(Known {
        session: found.session,
        account: found.account,
        acts_for,
        longer,
    }))
}

impl Ctx {
    /// The call is one of this citizen's; not where somebody of staff is signed in.
    pub fn of_citizen(&mut self, known: Known) {
        if self.actor.user().is_none() {
            self.actor = Actor::citizen(known.account.id);
            self.citizen = Some(std::sync::Arc::new(known));
        }
    }
}

/// Ends the session of the call; without one there is nothing to do.
///
/// # Errors
/// Of the store.
pub async fn sign_out(ctx: &Ctx) -> Result<(), Fault> {
    let Some(known) = &ctx.citizen else {
        return Ok(());
    };
    let (id, now) = (known.session, ctx.now());
    let entry = ctx.audit(
        "citizen.sign_out",
        format!("citizen:{}", known.account.id),
        "ok",
    );
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let entry = entry.clone();
            Box::pin(async move {
                citizens::end(tx, id, now).await?;
                Ok(store::audit::append(tx, &[entry]).await?)
            })
        })
        .await
        .settle(&ctx.services)
}

/// Ends every session of the account, this one as well.
///
/// # Errors
/// `session.signed_out`; of the store.
pub async fn sign_out_everywhere(ctx: &Ctx) -> Result<(), Fault> {
    let id = super::myself(ctx)?.account.id;
    let now = ctx.now();
    let entry = ctx.audit("citizen.sign_out_everywhere", format!("citizen:{id}"), "ok");
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let entry = entry.clone();
            Box::pin(async move {
                citizens::end_all(tx, id, now).await?;
                Ok(store::audit::append(tx, &[entry]).await?)
            })
        })
        .await
        .settle(&ctx.services)
}
