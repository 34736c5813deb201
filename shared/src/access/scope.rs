//! Data scopes: which tickets a permission reaches. Ordered, so that the widest of several roles wins.
//! Not here: the SQL of a scope (store::scope).
//! Grammar: `domain.md` section 1, `OWN | TEAM | UNIT | UNIT_TREE | CITY | PROVINCE | ALL`.

use serde::{Deserialize, Serialize};

use super::{Area, Place};
use crate::ids::UserId;

codes! {
    /// The kind of scope that a role gives a permission in, from the narrowest to the widest.
    ScopeKind {
        /// Tickets the person registered.
        Own = "own", "own", "本人", "One's own";
        /// Tickets that somebody of the person's team at the post's unit registered.
        Team = "team", "team", "本班组", "The team";
        /// Tickets with an active or past assignment of the post's unit.
        Unit = "unit", "unit", "本单位", "The unit";
        /// The same for the units below as well.
        UnitTree = "unit_tree", "unit_tree", "本单位及下级", "The unit and those below";
        /// Tickets of the division that the post's unit works for.
        City = "city", "city", "单位所在地区", "The unit's area";
        /// All tickets of the province.
        Province = "province", "province", "全省", "The whole province";
    }
}

/// A scope bound to a person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Scope {
    /// Tickets the person registered.
    Own(UserId),
    /// Tickets that any of these people registered: a team, in their order.
    Team(Vec<UserId>),
    /// Tickets with an active or past assignment of this unit code.
    Unit(String),
    /// Tickets with an active or past assignment of a unit whose path begins so.
    UnitTree(String),
    /// Tickets whose region begins so, for example `3201`.
    Region(String),
    /// What any of these reaches, of several posts of one person; none of them lies inside another, and none is of this kind.
    Any(Vec<Scope>),
    /// Everything.
    All,
}

impl ScopeKind {
    /// Binds the kind to a person's post; at a unit that is not known it falls back to what is the person's own.
    pub fn bind(self, user: UserId, place: &Place) -> Scope {
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let bound = match self {
            Self::Own => None,
            Self::Team => team(user, &place.team),
            Self::Unit => given(&place.unit).map(Scope::Unit),
            Self::UnitTree => given(&place.path).map(Scope::UnitTree),
            Self::City => {
                given(&place.region).map(|region| Scope::Region(Area::of(&region).into_prefix()))
            }
            Self::Province => Some(Scope::All),
        };
        bound.unwrap_or(Scope::Own(user))
    }
}

/// The people of a team with whoever asks, once there is anybody else.
fn team(user: UserId, mates: &[UserId]) -> Option<Scope> {
    let mut people = mates.to_vec();
    people.push(user);
    people.sort_unstable();
    people.dedup();
    (people.len() > 1).then_some(Scope::Team(people))
}

/// Whether a scope holds all that another one does, which was bound at a place: the widest at the same place wins.
fn holds(wide: &Scope, other: &Scope, place: &Place) -> bool {
    match (wide, other) {
        (Scope::All, _) => true,
        (Scope::Region(prefix), Scope::Region(inner)) => inner.starts_with(prefix.as_str()),
        (Scope::Team(people), Scope::Own(user)) => people.contains(user),
        (Scope::Team(people), Scope::Team(others)) => {
            others.iter().all(|other| people.contains(other))
        }
        (
            Scope::Region(prefix),
            Scope::Own(_) | Scope::Team(_) | Scope::Unit(_) | Scope::UnitTree(_),
        ) => !prefix.is_empty() && place.region.starts_with(prefix.as_str()),
        (Scope::UnitTree(path), Scope::UnitTree(inner)) => inner.starts_with(path.as_str()),
        (Scope::UnitTree(path), Scope::Unit(_)) => place.path.starts_with(path.as_str()),
        (one, same) => one == same,
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
    /// The unit that it is about, which does not learn of it, nor does any below it.
    pub accused: Option<&'a str>,
}

impl Seen<'_> {
    /// Whether whoever stands at this place of the tree must not learn of it.
    fn bars(&self, path: &str) -> bool {
        self.accused.is_some_and(|unit| lies_in(path, unit))
    }
}

/// Whether a path of the tree of units is that of a unit, or leads below it.
pub fn lies_in(path: &str, unit: &str) -> bool {
    path.split('/').any(|code| code == unit)
}

impl Scope {
    /// What several posts reach together, each scope with the place where it was bound; `None` of none.
    pub fn united(bound: Vec<(Self, &Place)>) -> Option<Self> {
        let is_inside = |index: usize| {
            let Some((scope, place)) = bound.get(index) else {
                return true;
            };
            bound.iter().enumerate().any(|(at, (wide, of_wide))| {
                // Of two that hold each other the first stays.
                at != index
                    && holds(wide, scope, place)
                    && (at < index || !holds(scope, wide, of_wide))
            })
        };
        let outer = (0..bound.len()).filter(|index| !is_inside(*index));
        let mut outer: Vec<Self> = outer
            .filter_map(|index| bound.get(index).map(|(scope, _)| scope.clone()))
            .collect();
        outer.sort_unstable();
        if outer.len() > 1 {
            Some(Self::Any(outer))
        } else {
            outer.pop()
        }
    }

    /// The scopes that it is made of: itself, but for that of several posts.
    pub fn parts(&self) -> &[Self] {
        match self {
            Self::Any(parts) => parts,
            one => std::slice::from_ref(one),
        }
    }

    /// The widest part that reaches a thing: through it the thing is seen, which is what counts where a unit sees less than a centre.
    pub fn through(&self, seen: Seen<'_>) -> Option<&Self> {
        self.parts().iter().rev().find(|part| part.covers(seen))
    }

    /// Whether the scope reaches a thing: the one answer for everything that is already loaded. `store::scope` says the same in SQL.
    pub fn covers(&self, seen: Seen<'_>) -> bool {
        match self {
            Self::Own(user) => seen.by == Some(*user),
            Self::Team(people) => seen.by.is_some_and(|by| people.contains(&by)),
            Self::Unit(own) => seen
                .units
                .iter()
                .any(|(code, path)| code == own && seen.accused != Some(*code) && !seen.bars(path)),
            Self::UnitTree(prefix) => {
                !seen.bars(prefix)
                    && seen
                        .units
                        .iter()
                        .any(|(code, path)| self.covers_unit(code, path))
            }
            Self::Any(parts) => parts.iter().any(|part| part.covers(seen)),
            Self::Region(_) | Self::All => self.covers_region(seen.region),
        }
    }

    /// Whether the scope reaches whatever lies at a place. Scopes of persons and units reach no place as such.
    pub fn covers_region(&self, region: &str) -> bool {
        match self {
            Self::Region(prefix) => !prefix.is_empty() && region.starts_with(prefix.as_str()),
            Self::All => true,
            Self::Any(parts) => parts.iter().any(|part| part.covers_region(region)),
            Self::Own(_) | Self::Team(_) | Self::Unit(_) | Self::UnitTree(_) => false,
        }
    }

    /// Whether it reaches, in one part at least, what somebody of these people registered, wherever that lies.
    pub fn has_people(&self) -> bool {
        let mut parts = self.parts().iter();
        parts.any(|part| matches!(part, Self::Own(_) | Self::Team(_)))
    }

    /// Whether the scope is the unit's, or that of a unit above it.
    pub fn covers_unit(&self, code: &str, path: &str) -> bool {
        match self {
            Self::Unit(own) => code == own,
            Self::UnitTree(prefix) => !prefix.is_empty() && path.starts_with(prefix.as_str()),
            Self::Any(parts) => parts.iter().any(|part| part.covers_unit(code, path)),
            Self::Own(_) | Self::Team(_) | Self::Region(_) | Self::All => false,
        }
    }

    /// Whether it is a handling unit's view, which sees its own part and no confidential citizen. Of several parts: whether each is; through
    /// which one a thing is seen, `through` says.
    pub fn is_of_unit(&self) -> bool {
        self.parts()
            .iter()
            .all(|part| matches!(part, Self::Unit(_) | Self::UnitTree(_)))
    }

    /// Whether any part is a handling unit's view.
    pub fn has_unit(&self) -> bool {
        self.parts()
            .iter()
            .any(|part| matches!(part, Self::Unit(_) | Self::UnitTree(_)))
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
            accused: None,
        };
        let unit = |code: &str| Scope::Unit(code.to_owned());
        let tree = |path: &str| Scope::UnitTree(path.to_owned());
        let region = |prefix: &str| Scope::Region(prefix.to_owned());
        for scope in [
            Scope::Own(user(7)),
            Scope::Team(vec![user(6), user(7)]),
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
            Scope::Team(vec![user(6), user(8)]),
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

    #[test]
    fn posts_at_one_place_give_the_widest_and_at_several_all_of_them() {
        use ScopeKind::{City, Own, Province, Team, Unit, UnitTree};
        let user = UserId(Uuid::from_u128(7));
        let place = |unit: &str, region: &str| Place {
            unit: unit.to_owned(),
            path: format!("P/{region}/{unit}/"),
            region: region.to_owned(),
            team: Vec::new(),
        };
        let (here, there) = (place("A", "320100"), place("B", "320500"));
        let united = |bound: &[(ScopeKind, &Place)]| {
            let bound = bound
                .iter()
                .map(|(kind, place)| (kind.bind(user, place), *place));
            Scope::united(bound.collect())
        };
        let unit = |code: &str| Scope::Unit(code.to_owned());
        assert_eq!(united(&[]), None);
        assert_eq!(united(&[(Unit, &here), (Unit, &here)]), Some(unit("A")));
        assert_eq!(
            united(&[(Own, &here), (Unit, &here), (City, &here)]),
            Some(Scope::Region("3201".to_owned()))
        );
        assert_eq!(
            united(&[(Unit, &here), (UnitTree, &here)]),
            Some(Scope::UnitTree("P/320100/A/".to_owned()))
        );
        assert_eq!(
            united(&[(Unit, &there), (Unit, &here)]),
            Some(Scope::Any(vec![unit("A"), unit("B")]))
        );
        assert_eq!(
            united(&[(Unit, &there), (City, &here)]),
            Some(Scope::Any(vec![
                unit("B"),
                Scope::Region("3201".to_owned())
            ]))
        );
        assert_eq!(
            united(&[(Unit, &there), (Province, &here)]),
            Some(Scope::All)
        );
        let mate = UserId(Uuid::from_u128(6));
        let of_team = Place {
            team: vec![mate, user],
            ..here.clone()
        };
        let both = Scope::Team(vec![mate, user]);
        assert_eq!(
            united(&[(Team, &here)]),
            Some(Scope::Own(user)),
            "nobody else"
        );
        assert_eq!(
            united(&[(Own, &here), (Team, &of_team)]),
            Some(both.clone())
        );
        assert_eq!(
            united(&[(Team, &of_team), (City, &of_team)]),
            Some(Scope::Region("3201".to_owned()))
        );
        assert_eq!(
            united(&[(Team, &of_team), (Unit, &there)]),
            Some(Scope::Any(vec![both, unit("B")]))
        );
        assert_eq!(
            united(&[(City, &Place::default())]),
            Some(Scope::Own(user)),
            "a unit that is not known"
        );
    }

    #[test]
    fn a_thing_is_seen_through_the_widest_part_that_reaches_it() {
        let both = Scope::Any(vec![
            Scope::Unit("B".to_owned()),
            Scope::Region("3201".to_owned()),
        ]);
        let units = [("B", "P/B/")];
        let seen = |region| Seen {
            by: None,
            region,
            units: &units,
            accused: None,
        };
        assert_eq!(
            both.through(seen("320106")),
            Some(&Scope::Region("3201".to_owned()))
        );
        assert_eq!(
            both.through(seen("320500")),
            Some(&Scope::Unit("B".to_owned()))
        );
        assert!(both.covers(seen("320500")) && !both.is_of_unit() && both.has_unit());
        let none = Seen {
            units: &[],
            ..seen("320500")
        };
        assert!(both.through(none).is_none() && !both.covers(none));
    }

    #[test]
    fn the_unit_that_it_is_about_sees_nothing_nor_does_any_below_it() {
        let user = UserId(Uuid::from_u128(7));
        let units = [("X-JD", "P/C/X/X-JD/"), ("Y", "P/C/Y/")];
        let seen = Seen {
            by: Some(user),
            region: "320106",
            units: &units,
            accused: Some("X"),
        };
        let unit = |code: &str| Scope::Unit(code.to_owned());
        let tree = |path: &str| Scope::UnitTree(path.to_owned());
        for out in [unit("X"), unit("X-JD"), tree("P/C/X/"), tree("P/C/X/X-JD/")] {
            assert!(!out.covers(seen), "{out:?}");
        }
        let wide = [
            Scope::Own(user),
            Scope::All,
            Scope::Region("3201".to_owned()),
        ];
        for sees in [unit("Y"), tree("P/C/Y/"), tree("P/C/"), tree("P/")]
            .into_iter()
            .chain(wide)
        {
            assert!(sees.covers(seen), "{sees:?}");
        }
        let alone = Seen {
            units: &units[..1],
            ..seen
        };
        assert!(tree("P/C/").covers(alone) && !unit("Y").covers(alone));
        assert!(lies_in("P/C/X/", "X") && !lies_in("P/C/X-JD/", "X"));
    }
}
