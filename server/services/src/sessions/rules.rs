//! The office's own rules about signing in, rows of the settings: how long a password is good for, and a proof of the person.
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
/// The setting for how many minutes a proof of the person is good for the acts that ask for one.
pub const PROOF_MINUTES: &str = "sign_in.proof_minutes";
/// How long it is good where nothing is set.
const USUAL_MINUTES: i64 = 15;
/// How old a copy may be, in milliseconds.
const FRESH: i64 = 5_000;
const DAY: i64 = 24 * 3_600_000;

/// The rules that hold now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Days that a password is good for; 0 is for ever.
    pub password_days: i64,
    /// Minutes that a proof of the person is good for.
    pub proof_minutes: i64,
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

    /// Whether a proof is not old, nor of a time to come.
    pub(super) fn is_fresh(self, proved_at: Instant, now: Instant) -> bool {
        let age = now.0.saturating_sub(proved_at.0);
        (-60_000..self.proof_minutes.saturating_mul(60_000)).contains(&age)
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
        let number = async |key: &str, usual: i64| {
            let text = store::settings::get(&db, key).await?;
            let number = text.and_then(|text| text.parse().ok());
            Ok::<i64, Failure>(number.filter(|number| *number >= 0).unwrap_or(usual))
        };
        Ok(Rules {
            password_days: number(PASSWORD_DAYS, USUAL_DAYS).await?,
            proof_minutes: number(PROOF_MINUTES, USUAL_MINUTES).await?,
        })
    }
}
