//! Who is signed in: sign-in with lock-out, access and refresh tokens, sign-out, the first account of an empty installation.
//! Rights come from the store at every request (P-25); a token names person and session only.
//! Not here: cookies and headers (`server/web/session`), making accounts (`users`).

mod authenticate;
pub mod factor;
mod list;
pub mod passkey;
pub mod password;
mod prove;
pub mod provider;
mod refresh;
pub(crate) mod ring;
mod rotate;
pub mod rules;
mod set_up;
mod sign_in;
mod token;
mod totp;

use serde::{Deserialize, Serialize};
use shared::access::Actor;
use shared::calendar::Instant;
use shared::ids::SessionId;

pub use authenticate::{Authenticated, RightsCache, actor_by_name, authenticate, program_by_name};
pub(crate) use authenticate::{actor_of, place_of};
pub(crate) use list::views;
pub use list::{end_all_of, end_of, end_others, end_own, own};
pub use password::Hasher;
pub use prove::prove;
pub use refresh::{GRACE, refresh};
pub(crate) use ring::RingCache;
pub use rotate::{rotate, session_keys};
pub(crate) use rules::RulesCache;
pub use set_up::set_up_token;
pub(crate) use set_up::{FirstAccount, check_link, first_account};
pub(crate) use sign_in::{account_subject, normal_name};
pub use sign_in::{sign_in, sign_out, sign_out_with};
pub use token::ACCESS_MINUTES;

/// Without a request for so long, a session ends (`domain.md` 9).
pub const IDLE_MINUTES: i64 = 30;
/// At the latest after so long, a session ends.
pub const MAX_HOURS: i64 = 12;
/// Wrong tries in a row that lock a name for a household of addresses, or for a device that signed in before.
pub const MAX_TRIES: i32 = 5;
/// How long such a lock lasts.
pub const LOCK_MINUTES: i64 = 15;
/// Tries on one name from all unknown devices within an hour; beyond them one goes through every `SLOW_SECONDS`.
pub const MANY_TRIES: i64 = 50;
/// Seconds between tries from unknown devices on a name that many try.
pub const SLOW_SECONDS: i64 = 20;

/// What a person types.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// Sign-in name.
    pub username: String,
    /// Password.
    pub password: String,
}

impl std::fmt::Debug for SignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignIn")
            .field("username", &self.username)
            .finish_non_exhaustive()
    }
}

/// A signed-in person with both tokens; the server puts them into cookies or an answer.
#[derive(Clone, Serialize)]
pub struct SignedIn {
    /// For each request.
    pub access_token: String,
    /// When it ends; ten minutes at most.
    pub access_expires_at: Instant,
    /// For new access tokens; good for one use.
    pub refresh_token: String,
    /// When the session ends without another request.
    pub refresh_expires_at: Instant,
    /// The session.
    pub session: SessionId,
    /// Who it is, with rights of now.
    pub actor: Actor,
}

impl std::fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignedIn")
            .field("session", &self.session)
            .field("actor", &self.actor.username)
            .finish_non_exhaustive()
    }
}

/// How far another server's clock may be ahead of ours.
const AHEAD_MS: i64 = 5 * 60_000;

/// Whether a session began while the clock was ahead: its end lies just as far ahead, so it does not count.
pub(crate) fn began_ahead(created_at: Instant, now: Instant) -> bool {
    created_at.0 > now.0.saturating_add(AHEAD_MS)
}
