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
    /// Binds the kind to a person; a person without a unit falls back to their own tickets, and nobody has none.
    pub fn bind(self, actor: &Actor) -> Option<Scope> {
        let own = || actor.user().map(Scope::Own);
        match self {
            Self::Own => own(),
            Self::Unit => actor.unit.clone().map(Scope::Unit).or_else(own),
            Self::UnitTree => actor.unit_path.clone().map(Scope::UnitTree).or_else(own),
            Self::City => {
                let area = actor.area();
                let region = area.map(|area| Scope::Region(area.into_prefix()));
                region.or_else(own)
            }
            Self::Province => Some(Scope::All),
        }
    }
}

/// A thing as scopes look at it: who took it in, where it lies, which units have or had to do with it.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// Who took it in.
    pub by: Option<UserId>,
    /// Its division code.
    pub region: &'a str,
    /// Code and path of every unit that has or had a part in it.
    pub units: &'a [(&'a str, &'a str)],
}

impl Scope {
    /// Whether the scope reaches a thing: the one answer for everything that is already loaded. `store::scope` says the same in SQL.
    pub fn covers(&self, seen: Seen<'_>) -> bool {
        match self {
            Self::Own(user) => seen.by == Some(*user),
            Self::Unit(_) | Self::UnitTree(_) => seen
                .units
                .iter()
                .any(|(code, path)| self.covers_unit(code, path)),
            Self::Region(_) | Self::All => self.covers_region(seen.region),
        }
    }

    /// Whether the scope reaches whatever lies at a place. Scopes of persons and units reach no place as such.
    pub fn covers_region(&self, region: &str) -> bool {
        match self {
            Self::Region(prefix) => !prefix.is_empty() && region.starts_with(prefix.as_str()),
            Self::All => true,
            Self::Own(_) | Self::Unit(_) | Self::UnitTree(_) => false,
        }
    }

    /// Whether the scope is the unit's, or that of a unit above it.
    pub fn covers_unit(&self, code: &str, path: &str) -> bool {
        match self {
            Self::Unit(own) => code == own,
            Self::UnitTree(prefix) => !prefix.is_empty() && path.starts_with(prefix.as_str()),
            Self::Own(_) | Self::Region(_) | Self::All => false,
        }
    }

    /// Whether it is a handling unit's view, which sees its own part and no confidential citizen.
    pub const fn is_of_unit(&self) -> bool {
        matches!(self, Self::Unit(_) | Self::UnitTree(_))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_scope_covers_what_is_its_own_and_nothing_beside_it() {
        let user = |n| UserId(Uuid::from_u128(n));
        let units = [
            ("320100-ZJJ", "320000/320100/320100-ZJJ/"),
            ("JD", "320000/320100/320100-CGJ/JD/"),
        ];
        let seen = Seen {
            by: Some(user(7)),
            region: "320106",
            units: &units,
        };
        let unit = |code: &str| Scope::Unit(code.to_owned());
        let tree = |path: &str| Scope::UnitTree(path.to_owned());
        let region = |prefix: &str| Scope::Region(prefix.to_owned());
        for scope in [
            Scope::Own(user(7)),
            unit("JD"),
            tree("320000/320100/320100-CGJ/"),
            region("3201"),
            region("32"),
            region("320106"),
            Scope::All,
        ] {
            assert!(scope.covers(seen), "{scope:?}");
        }
        for scope in [
            Scope::Own(user(8)),
            unit("320100-CGJ"),
            tree("320000/320500/"),
            tree(""),
            region("3205"),
            region("320105"),
            region(""),
        ] {
            assert!(!scope.covers(seen), "{scope:?}");
        }
        assert!(!unit("JD").covers_region("320106") && region("3201").covers_region("320106"));
    }
}
