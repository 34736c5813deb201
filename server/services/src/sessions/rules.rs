//! The office's own rules about signing in, rows of the settings: how long a password is good for.
//! Read with every request out of a copy that is a few seconds old at most.
//! Not here: what never changes (`mod`, `password`), the settings of the machine (configuration).

use shared::access::{Actor, Held};
use shared::calendar::Instant;
use shared::fault::Fault;
use store::users::User;
use tokio::sync::RwLock;

use crate::context::Services;
use crate::fault::{Failure, Settle};

/// The setting for how many days a password is good; 0 is for ever.
pub const PASSWORD_DAYS: &str = "sign_in.password_days";
/// How long it is good where nothing is set (`domain.md` 9).
const USUAL_DAYS: i64 = 90;
/// How old a copy may be, in milliseconds.
const FRESH: i64 = 5_000;
const DAY: i64 = 24 * 3_600_000;

/// The rules that hold now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Days that a password is good for; 0 is for ever.
    pub password_days: i64,
}

impl Rules {
    /// What somebody who has signed in must do first.
    pub(super) fn held(self, user: &User, now: Instant) -> Option<Held> {
        let ends = self.password_days.saturating_mul(DAY);
        let is_old = user
            .password_at
            .is_some_and(|at| ends > 0 && now.0.saturating_sub(at.0) >= ends);
        (user.password_given || is_old).then_some(Held::Password)
    }

    /// The person with what has to be done first.
    pub(super) fn hold(self, actor: Actor, user: &User, now: Instant) -> Actor {
        match self.held(user, now) {
            Some(held) => actor.held_by(held),
            None => actor,
        }
    }
}

/// The newest copy.
#[derive(Default)]
pub(crate) struct RulesCache(RwLock<Option<(Instant, Rules)>>);

impl Services {
    /// The rules about signing in that hold now.
    ///
    /// # Errors
    /// Of the store.
    pub async fn sign_in_rules(&self) -> Result<Rules, Fault> {
        let now = self.now();
        if let Some((read_at, rules)) = *self.rules_cache().0.read().await
            && (now.0 - read_at.0).abs() < FRESH
        {
            return Ok(rules);
        }
        let rules = self.read_rules().await.settle(self)?;
        *self.rules_cache().0.write().await = Some((now, rules));
        Ok(rules)
    }

    async fn read_rules(&self) -> Result<Rules, Failure> {
        let db = self.store().reader();
        let days = store::settings::get(&db, PASSWORD_DAYS).await?;
        let days = days.and_then(|text| text.parse().ok());
        Ok(Rules {
            password_days: days.filter(|days| *days >= 0).unwrap_or(USUAL_DAYS),
        })
    }
}
