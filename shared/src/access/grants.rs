//! What a role gives: permissions, each in a scope. Shipped roles have it from the policy, own roles from the table of the installation.
//! Not here: who holds a role (`post`), which permissions go together (`power`).
//! As a text (`ticket.view:city ticket.close:city`) it stands in pages, in digests and in the audit.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::scope::ScopeKind;
use super::{POLICY, Permission, Role};
use crate::fault::Code;

/// Permissions, each once and in the widest scope that it was given in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grants(BTreeMap<Permission, ScopeKind>);

impl Grants {
    /// What a shipped role gives.
    pub fn of_shipped(role: Role) -> Self {
        let rows = POLICY.iter().filter(|(of, _, _)| *of == role);
        rows.map(|(_, permission, scope)| (*permission, *scope))
            .collect()
    }

    /// The scope in which a permission is given; `None` where it is not.
    pub fn of(&self, permission: Permission) -> Option<ScopeKind> {
        self.0.get(&permission).copied()
    }

    /// Every permission with its scope, in the order of permissions.
    pub fn iter(&self) -> impl Iterator<Item = (Permission, ScopeKind)> {
        self.0
            .iter()
            .map(|(permission, scope)| (*permission, *scope))
    }

    /// Whether it gives nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The widest scope of any permission.
    pub fn widest(&self) -> Option<ScopeKind> {
        self.0.values().copied().max()
    }

    /// The same with no scope wider than a bound.
    #[must_use]
    pub fn within(&self, bound: Option<ScopeKind>) -> Self {
        let Some(bound) = bound else {
            return self.clone();
        };
        self.iter()
            .map(|(permission, scope)| (permission, scope.min(bound)))
            .collect()
    }

    /// As a text: `permission:scope`, with blanks between.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for (permission, scope) in self.iter() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(permission.code());
            out.push(':');
            out.push_str(scope.as_str());
        }
        out
    }

    /// Reads such a text as somebody writes it: nothing in it may be unknown, and nothing named twice.
    ///
    /// # Errors
    /// `role.grants`.
    pub fn written<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let grants = Self::read(&text);
        if grants.0.len() == text.split_whitespace().count() {
            Ok(grants)
        } else {
            Err(serde::de::Error::custom(Code::RoleGrants))
        }
    }

    /// Reads such a text as it is kept; what is not known is left out, so that no word of a later release gives anything.
    pub fn read(text: &str) -> Self {
        let pairs = text.split_whitespace().filter_map(|word| {
            let (permission, scope) = word.split_once(':')?;
            Some((Permission::parse(permission)?, ScopeKind::parse(scope)?))
        });
        pairs.collect()
    }
}

impl FromIterator<(Permission, ScopeKind)> for Grants {
    fn from_iter<I: IntoIterator<Item = (Permission, ScopeKind)>>(pairs: I) -> Self {
        let mut all = BTreeMap::new();
        for (permission, scope) in pairs {
            let widest = all.entry(permission).or_insert(scope);
            *widest = scope.max(*widest);
        }
        Self(all)
    }
}

impl Serialize for Grants {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

impl<'de> Deserialize<'de> for Grants {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::read(&String::deserialize(deserializer)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_role_is_read_back_from_its_text() {
        for role in Role::ALL {
            let grants = Grants::of_shipped(*role);
            assert!(!grants.is_empty(), "{role}");
            assert_eq!(Grants::read(&grants.text()), grants, "{role}");
        }
        assert!(Grants::read("ticket.fly:city ticket.view:moon nonsense").is_empty());
    }

    #[test]
    fn a_bound_narrows_and_never_widens() {
        let grants = Grants::read("ticket.view:city citizen.view:own");
        let bound = grants.within(Some(ScopeKind::UnitTree));
        assert_eq!(bound.text(), "ticket.view:unit_tree citizen.view:own");
        assert_eq!(grants.within(Some(ScopeKind::Province)), grants);
        assert_eq!(grants.within(None), grants);
        let twice = Grants::read("ticket.view:own ticket.view:city ticket.view:unit");
        assert_eq!(twice.of(Permission::TicketView), Some(ScopeKind::City));
    }
}
