//! Data scopes: which tickets a permission reaches. Ordered, so that the widest of several roles wins.
//! Not here: the SQL of a scope (store::scope).
//! Grammar: `domain.md` section 1, `OWN | TEAM | UNIT | UNIT_TREE | CITY | PROVINCE | ALL`.

use serde::{Deserialize, Serialize};

use super::Actor;
use crate::ids::UserId;

/// The kind of scope that a policy row gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ScopeKind {
    /// Tickets the person registered.
    Own,
    /// Tickets with an active or past assignment of the person's unit.
    Unit,
    /// The same for the units below as well.
    UnitTree,
    /// Tickets accepted by the person's centre.
    City,
    /// All tickets of the province.
    Province,
}

/// A scope bound to a person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Scope {
    /// Tickets the person registered.
    Own(UserId),
    /// Tickets with an active or past assignment of this unit code.
    Unit(String),
    /// Tickets with an active or past assignment of a unit whose path begins so.
    UnitTree(String),
    /// Tickets whose region begins so, for example `3201`.
    Region(String),
    /// Everything.
    All,
}

impl ScopeKind {
    /// Binds the kind to a person; a person without a unit falls back to their own tickets.
    pub fn bind(self, actor: &Actor) -> Scope {
        let own = || {
            actor
                .user
                .map_or(Scope::Own(UserId(uuid::Uuid::nil())), Scope::Own)
        };
        match self {
            Self::Own => own(),
            Self::Unit => actor.unit.clone().map_or_else(own, Scope::Unit),
            Self::UnitTree => actor.unit_path.clone().map_or_else(own, Scope::UnitTree),
            Self::City => actor.region.as_deref().map_or_else(own, |region| {
                Scope::Region(crate::place::prefix(region).to_owned())
            }),
            Self::Province => Scope::All,
        }
    }
}
