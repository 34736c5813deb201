//! The office's own rules about signing in, rows of the settings: how long a password is good for, and a proof of the person; who
//! needs a second factor.
//! Read with every request out of a copy that is a few seconds old at most.
//! Not here: what never changes (`mod`, `password`), the settings of the machine (configuration).

use shared::access::{Actor, Held, Power, Role, RoleCode};
use shared::account::posts::Barred;
use shared::calendar::Instant;
use shared::fault::Fault;
use shared::register::Rule;
use store::users::User;
use tokio::sync::RwLock;

use crate::context::Services;
use crate::fault::{Failure, Settle};

/// The setting for how many days a password is good; 0 is for ever.
pub const PASSWORD_DAYS: &str = Rule::PASSWORD_DAYS.key;
/// The setting for how many minutes a proof of the person is good for the acts that ask for one.
pub const PROOF_MINUTES: &str = Rule::PROOF_MINUTES.key;
/// The setting for who needs a second factor: `all`, `none`, or roles divided by commas.
pub const SECOND_FACTOR: &str = Rule::SECOND_FACTOR.key;
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
    /// Who needs a second factor.
    pub factor: Whose,
}

/// What a session knows of the second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Second {
    /// It is still asked.
    pub(super) half: bool,
    /// The identity provider has asked for one.
    pub(super) vouched: bool,
}

/// Whose second factor is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Everybody's.
    All,
    /// That of who holds one of these roles, as bits in the order of the roles.
    Of(u32),
}

impl Whose {
    /// `all`, `none`, or roles divided by commas; everybody for what cannot be read, so that a slip opens nothing.
    fn read(text: &str) -> Self {
        let words: Vec<&str> = text.split(',').map(str::trim).collect();
        if words == ["none"] {
            return Self::Of(0);
        }
        let mut bits = 0;
        for word in words {
            match Role::parse(word) {
                Some(role) => bits |= 1_u32 << (role as u32),
                None => return Self::All,
            }
        }
        Self::Of(bits)
    }

    /// Whether somebody with these roles needs one.
    pub fn is_of(self, roles: &[Role]) -> bool {
        match self {
            Self::All => true,
            Self::Of(bits) => roles.iter().any(|role| bits & (1 << (*role as u32)) != 0),
        }
    }
}

impl Rules {
    /// What somebody whose second factor is no question must do first.
    fn held(self, user: &User, now: Instant) -> Option<Held> {
        let ends = self.password_days.saturating_mul(DAY);
        let is_old = user
            .password_at
            .is_some_and(|at| ends > 0 && now.0.saturating_sub(at.0) >= ends);
        (user.password_given || is_old).then_some(Held::Password)
    }

    /// What keeps somebody from working at the next sign-in.
    pub(crate) fn bars(self, user: &User, now: Instant) -> Option<Barred> {
        if self.held(user, now).is_some() {
            Some(Barred::Password)
        } else if self.factor.is_of(&roles_of(user)) && !user.has_factor {
            Some(Barred::Enrolment)
        } else {
            None
        }
    }

    /// Whether a proof is not old, nor of a time to come.
    pub(super) fn is_fresh(self, proved_at: Instant, now: Instant) -> bool {
        let age = now.0.saturating_sub(proved_at.0);
        (-60_000..self.proof_minutes.saturating_mul(60_000)).contains(&age)
    }
}

/// The roles by which the rules know somebody: those of the posts, and of own roles those that they were copied from, whose tasks they do,
/// or whose administrator they are. A post that sleeps counts: it may wait for the very factor.
pub(super) fn roles_of(user: &User) -> Vec<Role> {
    let mut roles = Vec::new();
    for post in &user.posts {
        roles.extend(post.row.role.shipped());
        if let Some(spec) = &post.spec {
            roles.extend(&spec.tasks);
            roles.extend(spec.copied_from.as_ref().and_then(RoleCode::shipped));
        }
    }
    let administrators = [
        (Power::System, Role::SystemAdmin),
        (Power::Security, Role::SecurityAdmin),
        (Power::Audit, Role::Auditor),
    ];
    let of = administrators
        .iter()
        .filter(|(power, _)| user.has_power(*power));
    roles.extend(of.map(|(_, role)| *role));
    roles
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

    /// The person with what has to be done first, in a session of which this is known about the second factor.
    pub(super) async fn hold(
        &self,
        actor: Actor,
        user: &User,
        second: Second,
    ) -> Result<Actor, Fault> {
        let rules = self.sign_in_rules().await?;
        let held = if second.half {
            Some(Held::Factor)
        } else if let Some(held) = rules.held(user, self.now()) {
            Some(held)
        } else if rules.factor.is_of(&roles_of(user)) {
            (!user.has_factor && !second.vouched).then_some(Held::Enrolment)
        } else {
            None
        };
        Ok(match held {
            Some(held) => actor.held_by(held),
            None => actor,
        })
    }

    async fn read_rules(&self) -> Result<Rules, Failure> {
        let db = self.store().reader();
        let number = async |rule: Rule| {
            let text = store::settings::get(&db, rule.key).await?;
            Ok::<i64, Failure>(rule.number(text.as_deref()))
        };
        Ok(Rules {
            password_days: number(Rule::PASSWORD_DAYS).await?,
            proof_minutes: number(Rule::PROOF_MINUTES).await?,
            factor: store::settings::get(&db, SECOND_FACTOR)
                .await?
                .map_or(Whose::All, |text| Whose::read(&text)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_needs_a_second_factor_is_read_and_a_slip_opens_nothing() {
        let of = |text: &str, role| Whose::read(text).is_of(&[role]);
        assert!(of("all", Role::Agent) && of("", Role::Agent) && of("agnet", Role::Handler));
        assert!(!of("none", Role::SystemAdmin));
        assert!(of("system_admin, auditor", Role::Auditor));
        assert!(!of("system_admin, auditor", Role::Agent));
        assert!(!Whose::read("agent").is_of(&[]) && Whose::All.is_of(&[]));
    }
}
