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

pub use area::Area;
pub use held::Held;
pub use matrix::matrix;
pub use need::{Need, needs};
pub use permission::Permission;
pub use policy::{POLICY, scope_for};
pub use role::Role;
pub use scope::{Scope, Seen};

use crate::ids::UserId;

/// Whoever acts: a signed-in person, the citizen by number and code, or the system itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Absent for the citizen, for visitors and for the system.
    pub user: Option<UserId>,
    /// Sign-in name; empty without one.
    pub username: String,
    /// Display name.
    pub name: String,
    /// Code of the unit the person works in.
    pub unit: Option<String>,
    /// The unit's path (`organisation::Unit::path`).
    pub unit_path: Option<String>,
    /// Division code of the unit.
    pub region: Option<String>,
    /// Roles held now, read from the store for this request (P-25).
    pub roles: Vec<Role>,
    /// The application itself: timers, imports.
    pub system: bool,
    /// Whether the person proved lately to be himself, by password: some acts ask for that (`Need::Fresh`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fresh: bool,
    /// What has to be done before anything else; without roles until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Held>,
}

impl Actor {
    /// Nobody: a visitor of the public pages.
    pub fn visitor() -> Self {
        Self {
            user: None,
            username: String::new(),
            name: String::new(),
            unit: None,
            unit_path: None,
            region: None,
            roles: Vec::new(),
            system: false,
            fresh: false,
            held: None,
        }
    }

    /// The application itself.
    pub fn system() -> Self {
        Self {
            system: true,
            ..Self::visitor()
        }
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
        if self.system {
            return Some(Scope::All);
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

    /// Whether the actor works for a place: for itself, or for the city or province above it. The system works everywhere.
    pub fn works_for(&self, region: &str) -> bool {
        self.system || self.area().is_some_and(|area| area.covers(region))
    }

    /// Whether the actor holds the permission at all; the object's scope is checked in SQL.
    pub fn may(&self, permission: Permission) -> bool {
        self.scope(permission).is_some()
    }
}
