//! Rights: roles, permissions, data scopes and the policy table that joins them, `domain.md` section 1.
//! Asked in the services before every write (I6) and compiled into SQL by the store (I7).
//! Not here: who holds which role (data).

use serde::{Deserialize, Serialize};

mod area;
mod held;
mod matrix;
mod need;
mod permission;
mod policy;
mod role;
mod scope;
mod who;

pub use area::Area;
pub use held::Held;
pub use matrix::matrix;
pub use need::{Need, needs};
pub use permission::Permission;
pub use policy::{POLICY, scope_for};
pub use role::Role;
pub use scope::{Scope, ScopeKind, Seen};
pub use who::{ActorKind, PartnerCode, Who};

use crate::ids::UserId;
use policy::FOR_PARTNERS;

/// Whoever acts, with name, place of work and roles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Which of them.
    pub who: Who,
    /// Sign-in name of the account; empty without one.
    pub username: String,
    /// Display name.
    pub name: String,
    /// Code of the unit that the account belongs to.
    pub unit: Option<String>,
    /// The unit's path (`organisation::Unit::path`).
    pub unit_path: Option<String>,
    /// Division code of the unit.
    pub region: Option<String>,
    /// Roles held now, read from the store for this request (P-25).
    pub roles: Vec<Role>,
    /// Whether the person proved lately to be himself, by password: some acts ask for that (`Need::Fresh`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fresh: bool,
    /// What has to be done before anything else; without roles until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Held>,
    /// Those whose named tasks the actor does for a time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stands_for: Vec<StandsFor>,
}

/// Somebody who is away, and whose named tasks another does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandsFor {
    /// Whose tasks.
    pub user: UserId,
    /// Name, for histories.
    pub name: String,
}

impl Actor {
    /// Nobody: a visitor of the public pages.
    pub fn visitor() -> Self {
        Self::nameless(Who::Citizen)
    }

    /// The installation, at the word of whoever keeps the machine.
    pub fn system() -> Self {
        Self::nameless(Who::System)
    }

    /// A job of the house.
    pub fn job(name: &str) -> Self {
        Self::nameless(Who::Job(name.to_owned()))
    }

    /// The process of a case.
    pub fn process() -> Self {
        Self::nameless(Who::Process)
    }

    const fn nameless(who: Who) -> Self {
        Self {
            who,
            username: String::new(),
            name: String::new(),
            unit: None,
            unit_path: None,
            region: None,
            roles: Vec::new(),
            fresh: false,
            held: None,
            stands_for: Vec::new(),
        }
    }

    /// The account of a person or of a partner's program; `None` for the citizen and for the house itself.
    pub const fn user(&self) -> Option<UserId> {
        self.who.account()
    }

    /// The account, and those for whom it stands in.
    pub fn users(&self) -> impl Iterator<Item = UserId> {
        let others = self.stands_for.iter().map(|other| other.user);
        self.user().into_iter().chain(others)
    }

    /// The name that stands beside what an account did.
    pub fn signature(&self) -> Option<String> {
        self.user().map(|_| self.name.clone())
    }

    /// The house itself: a job, a process, a command line. Nobody's rights are asked of it.
    pub const fn is_system(&self) -> bool {
        matches!(self.who, Who::Job(_) | Who::Process | Who::System)
    }

    /// The same person, who has to do something first.
    #[must_use]
    pub fn held_by(mut self, held: Held) -> Self {
        self.roles.clear();
        self.held = Some(held);
        self
    }

    /// The widest scope in which the actor holds the permission; `None` when not at all.
    pub fn scope(&self, permission: Permission) -> Option<Scope> {
        if self.is_system() {
            return Some(Scope::All);
        }
        // Whatever roles somebody gave its account: some things a program never does.
        if matches!(self.who, Who::Partner { .. }) && !FOR_PARTNERS.contains(&permission) {
            return None;
        }
        self.roles
            .iter()
            .filter_map(|role| scope_for(*role, permission))
            .filter_map(|kind| kind.bind(self))
            .max()
    }

    /// The division that the actor works for, with everything below it; `None` without a unit.
    pub fn area(&self) -> Option<Area> {
        self.region
            .as_deref()
            .filter(|region| !region.is_empty())
            .map(Area::of)
    }

    /// Whether the actor works for a place: for itself, or for the city or province above it. The house works everywhere.
    pub fn works_for(&self, region: &str) -> bool {
        self.is_system() || self.area().is_some_and(|area| area.covers(region))
    }

    /// Whether the actor holds the permission at all; the object's scope is checked in SQL.
    pub fn may(&self, permission: Permission) -> bool {
        self.scope(permission).is_some()
    }
}
