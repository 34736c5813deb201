//! Signing in by an identity provider (OpenID Connect, authorization code with PKCE): an identity is an issuer with its subject, and belongs
//! to one account, to which the person or an administrator has linked it. Nothing is linked by a name or an address, and no account is made.
//! Not here: talking to the provider (`line`), when its words are good (`check`), signing out on either side (`log_out`).
//! Nothing is asked of the provider inside a transaction, and without it everybody signs in by password as before.

mod check;
mod line;
mod links;
mod log_out;
mod way;

use serde::{Deserialize, Serialize};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::{SessionId, UserId};
use uuid::Uuid;

pub use line::{Provider, Told};
pub(crate) use links::views;
pub use links::{is_there, link_of, of, own, unlink, unlink_of};
pub use log_out::{leave, log_out};
pub use way::{Answer, Came, back, begin, go};

use super::MAX_HOURS;
use crate::context::Ctx;
use crate::fault::Failure;

/// How long somebody may be under way, in milliseconds: passwords are typed there, and phones looked for.
const WAY_MS: i64 = 10 * 60_000;
/// How far clocks of two machines may be apart, in seconds.
const LEEWAY: i64 = 30;
/// How old a word of the provider may be that is used at once, in seconds.
const FRESH: i64 = 600;

/// What somebody goes to the provider for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To sign in.
    SignIn,
    /// To link the identity there to the own account.
    Link,
    /// To sign out there as well; nobody comes back.
    Leave,
}

/// What a way to the provider asked, as it is sealed.
#[derive(Clone, Serialize, Deserialize)]
struct Asked {
    purpose: Purpose,
    /// The provider's address with all that is said to it.
    leads_to: String,
    nonce: String,
    verifier: String,
    /// The page to come back to.
    next: String,
    /// Whose account is linked.
    session: Option<SessionId>,
}

/// The identity that opens a session.
#[derive(Clone)]
pub(super) struct By {
    identity: Uuid,
    issuer: String,
    subject: String,
    sid: Option<String>,
    token: Vec<u8>,
    expires_at: Instant,
}

impl By {
    /// Notes it beside the session, in the same transaction.
    ///
    /// # Errors
    /// `session.provider_unknown` when it was unlinked in the meantime.
    pub(super) async fn note(
        &self,
        tx: &store::Tx,
        (user, session): (UserId, SessionId),
        now: Instant,
    ) -> Result<(), Failure> {
        if !store::identities::used(tx, user, self.identity, now).await? {
            return Err(Fault::new(Code::ProviderUnknown).into());
        }
        let opened = store::identities::Opened {
            session,
            issuer: self.issuer.clone(),
            subject: self.subject.clone(),
            sid: self.sid.clone(),
            token: self.token.clone(),
            expires_at: self.expires_at,
        };
        Ok(store::identities::opened(tx, &opened).await?)
    }
}

/// When a session that begins now is over at the latest; an hour more, so that no clock ends what is known of it before.
pub(super) fn over(now: Instant) -> Instant {
    Instant(now.0 + (MAX_HOURS + 1) * 3_600_000)
}

/// The provider, where one is configured.
fn provider(ctx: &Ctx) -> Result<&Provider, Fault> {
    ctx.services.provider().ok_or_else(away)
}

/// There is none, or it does not answer.
fn away() -> Fault {
    Fault::new(Code::ProviderAway)
}

/// What it said is not believed; `why` stands in the audit.
fn unbelieved(why: &str) -> Fault {
    Fault::new(Code::ProviderToken).fact("why", why)
}
