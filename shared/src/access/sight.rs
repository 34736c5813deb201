//! Field rights: how a role lets its holder see each class of personal field of a ticket, while it is open and after it is closed.
//! As a text (`phone:closed:hidden name:open:clear`) it stands in the row of the role, in pages and in the audit; only what differs from the usual.
//! Not here: the masks (`person`), showing a ticket by it (`services::views::sight`).

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Actor, Permission, Seen, Who};

codes! {
    /// A class of personal field of a ticket.
    PersonalField {
        Name = "name", "name", "姓名、单位名称", "Name of person or organisation";
        Phone = "phone", "phone", "电话和备用联系方式", "Telephone and other contact";
        Mail = "mail", "mail", "电子邮箱", "E-mail address";
        Number = "number", "number", "证件号码、信用代码", "Identity number and credit code";
        Address = "address", "address", "详细地址和位置", "Address and position";
        Own = "own", "own", "涉及个人的自有字段", "Own fields about the person";
        Words = "words", "words", "标题和诉求内容", "Title and content";
    }
}

codes! {
    /// How something is shown, from the least to the most.
    Shown {
        Hidden = "hidden", "hidden", "不显示", "Hidden";
        Masked = "masked", "masked", "脱敏", "Masked";
        Clear = "clear", "clear", "明文", "In the clear";
    }
}

codes! {
    /// The states of a ticket as field rights tell them apart.
    Phase {
        Open = "open", "open", "办理中", "Open";
        Closed = "closed", "closed", "已办结", "Closed";
    }
}

impl Phase {
    /// The phase of something that is open or is not.
    pub const fn of(is_open: bool) -> Self {
        if is_open { Self::Open } else { Self::Closed }
    }
}

impl PersonalField {
    /// How it is shown where a role says nothing else.
    pub const fn usual(self) -> Shown {
        match self {
            Self::Words => Shown::Clear,
            _ => Shown::Masked,
        }
    }

    /// The least that can be said of it: whoever sees a ticket reads what it is about.
    pub const fn least(self) -> Shown {
        match self {
            Self::Words => Shown::Masked,
            _ => Shown::Hidden,
        }
    }

    /// Whether it stands in the citizen's block, which asks for a permission of its own.
    pub const fn is_of_citizen(self) -> bool {
        !matches!(self, Self::Address | Self::Words)
    }
}

/// What a role says of personal fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sight(BTreeMap<(PersonalField, Phase), Shown>);

impl Sight {
    /// How a class is shown in a phase.
    pub fn of(&self, field: PersonalField, phase: Phase) -> Shown {
        let said = self.0.get(&(field, phase)).copied();
        said.unwrap_or_else(|| field.usual())
    }

    /// The same with another word for one class in one phase; never less than what the class allows.
    #[must_use]
    pub fn with(mut self, field: PersonalField, phase: Phase, shown: Shown) -> Self {
        let shown = shown.max(field.least());
        if shown == field.usual() {
            self.0.remove(&(field, phase));
        } else {
            self.0.insert((field, phase), shown);
        }
        self
    }

    /// Whether everything is shown as usual.
    pub fn is_usual(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether any class is shown in the clear that usually is not.
    pub fn clears(&self) -> bool {
        self.0.values().any(|shown| *shown == Shown::Clear)
    }

    /// As a text: `field:phase:shown`, with blanks between.
    pub fn text(&self) -> String {
        let words = self.0.iter();
        let words: Vec<String> = words
            .map(|((field, phase), shown)| format!("{field}:{phase}:{shown}"))
            .collect();
        words.join(" ")
    }

    /// One word of such a text.
    fn word(word: &str) -> Option<(PersonalField, Phase, Shown)> {
        let mut parts = word.split(':');
        let field = PersonalField::parse(parts.next()?)?;
        let phase = Phase::parse(parts.next()?)?;
        let shown = Shown::parse(parts.next()?)?;
        (parts.next().is_none() && shown >= field.least()).then_some((field, phase, shown))
    }

    /// Reads what somebody wrote.
    ///
    /// # Errors
    /// The first word that is none.
    pub fn parse(text: &str) -> Result<Self, &str> {
        let mut sight = Self::default();
        for word in text.split_whitespace() {
            let (field, phase, shown) = Self::word(word).ok_or(word)?;
            sight = sight.with(field, phase, shown);
        }
        Ok(sight)
    }

    /// Reads what is kept. A word that this release does not know hides its class where that can be told, so that no word of a later release shows more.
    pub fn read(text: &str) -> Self {
        let mut sight = Self::default();
        for word in text.split_whitespace() {
            if let Some((field, phase, shown)) = Self::word(word) {
                sight = sight.with(field, phase, shown);
            } else if let Some(field) = word.split(':').next().and_then(PersonalField::parse) {
                for phase in Phase::ALL {
                    sight = sight.with(field, *phase, field.least());
                }
            }
        }
        sight
    }
}

impl Serialize for Sight {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

impl<'de> Deserialize<'de> for Sight {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text)
            .map_err(|word| serde::de::Error::custom(format!("no field right: {word}")))
    }
}

/// How every class of one thing is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shows([Shown; 7]);

impl Shows {
    /// Nothing that can be hidden is shown.
    pub const NOTHING: Self = Self([Shown::Hidden; 7]);

    /// Everything at most so.
    #[must_use]
    pub fn at_most(self, most: Shown) -> Self {
        Self(self.0.map(|shown| shown.min(most)))
    }

    /// How a class is shown.
    pub fn of(self, field: PersonalField) -> Shown {
        let shown = self.0.get(field as usize).copied();
        shown.unwrap_or(Shown::Hidden).max(field.least())
    }

    fn each(pick: impl Fn(PersonalField) -> Shown) -> Self {
        let mut shows = Self::NOTHING;
        for (slot, field) in shows.0.iter_mut().zip(PersonalField::ALL) {
            *slot = pick(*field);
        }
        shows
    }
}

impl Actor {
    /// The one place where it is decided how somebody sees the personal fields of a thing: of the posts that give the permission and reach the
    /// thing, the one that shows most counts for each class. Where none reaches it as far as is known here, the one that shows least does.
    pub fn shows(&self, permission: Permission, seen: Seen<'_>, phase: Phase) -> Shows {
        let usual = Shows::each(PersonalField::usual);
        if self.is_system() {
            return usual;
        }
        let giving = self.posts.iter().filter_map(|post| {
            let scope = self.scope_of(post, permission)?;
            Some((&post.sight, scope))
        });
        let all: Vec<_> = giving.collect();
        if !self.may(permission) || all.is_empty() {
            return Shows::NOTHING;
        }
        if all.iter().all(|(sight, _)| sight.is_usual()) {
            return usual;
        }
        let reaching = || all.iter().filter(|(_, scope)| scope.covers(seen));
        let of = |field: PersonalField| {
            let most = reaching().map(|(sight, _)| sight.of(field, phase)).max();
            let least = || all.iter().map(|(sight, _)| sight.of(field, phase)).min();
            most.or_else(least).unwrap_or(Shown::Hidden)
        };
        let shows = Shows::each(of);
        // What stands in the clear for people does not leave by a program.
        if matches!(self.who, Who::Partner { .. }) {
            Shows::each(|field| shows.of(field).min(field.usual()))
        } else {
            shows
        }
    }

    /// Whether a class is shown in the clear in every phase by all posts that give the permission, or, where not everywhere is asked for, in one phase by one of them.
    pub fn shows_clear(
        &self,
        permission: Permission,
        field: PersonalField,
        everywhere: bool,
    ) -> bool {
        // What stands in the clear for people does not leave by a program.
        if self.is_system() || matches!(self.who, Who::Partner { .. }) || !self.may(permission) {
            return false;
        }
        let giving = self.posts.iter();
        let giving = giving.filter(|post| post.grants.of(permission).is_some());
        let shown = giving.flat_map(|post| {
            let phases = Phase::ALL.iter();
            phases.map(|phase| post.sight.of(field, *phase) == Shown::Clear)
        });
        let shown: Vec<bool> = shown.collect();
        if everywhere {
            !shown.is_empty() && shown.iter().all(|is_clear| *is_clear)
        } else {
            shown.contains(&true)
        }
    }

    /// How a class is shown where it is not known of which thing: what the posts that give the permission show in both phases, the one that shows most.
    pub fn shows_anywhere(&self, permission: Permission, field: PersonalField) -> Shown {
        if self.is_system() {
            return field.usual();
        }
        let giving = self.posts.iter();
        let giving = giving.filter(|post| post.grants.of(permission).is_some());
        let least = |sight: &Sight| {
            sight
                .of(field, Phase::Open)
                .min(sight.of(field, Phase::Closed))
        };
        let most = giving.map(|post| least(&post.sight)).max();
        most.unwrap_or(Shown::Hidden).min(field.usual())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Place, Post, Role};
    use crate::ids::UserId;

    fn sight(text: &str) -> Sight {
        Sight::parse(text).expect("a text of field rights")
    }

    #[test]
    fn what_is_usual_is_not_written_and_the_rest_is_read_back() {
        let text = "name:open:clear phone:closed:hidden words:open:masked";
        assert_eq!(sight(text).text(), text);
        assert_eq!(Sight::read(text), sight(text));
        assert!(sight("phone:open:masked words:closed:clear").is_usual());
        for bad in [
            "phone",
            "phone:open",
            "phone:open:clear:x",
            "fax:open:clear",
            "words:open:hidden",
        ] {
            assert_eq!(Sight::parse(bad), Err(bad));
        }
        let later = Sight::read("phone:open:blurred fax:open:clear");
        assert_eq!(later, sight("phone:open:hidden phone:closed:hidden"));
    }

    #[test]
    fn the_post_that_reaches_a_thing_and_shows_most_counts() {
        let place = |unit: &str| Place {
            unit: unit.to_owned(),
            path: format!("P/{unit}/"),
            region: "320100".to_owned(),
            team: Vec::new(),
        };
        let post = |no: i32, role: Role, unit: &str, text: &str| Post {
            sight: sight(text),
            ..Post::shipped(no, role, place(unit))
        };
        let actor = |posts: Vec<Post>| Actor {
            who: Who::Person(UserId(uuid::Uuid::from_u128(7))),
            posts,
            ..Actor::visitor()
        };
        let units = [("A", "P/A/")];
        let seen = |region| Seen {
            by: None,
            region,
            units: &units,
            accused: None,
        };
        let see = Permission::CitizenView;
        let both = actor(vec![
            post(1, Role::Handler, "A", "phone:open:hidden"),
            post(2, Role::Dispatcher, "C", "phone:open:clear"),
        ]);
        let phone = |actor: &Actor, region, phase| {
            actor
                .shows(see, seen(region), phase)
                .of(PersonalField::Phone)
        };
        assert_eq!(phone(&both, "320106", Phase::Open), Shown::Clear);
        assert_eq!(phone(&both, "320500", Phase::Open), Shown::Hidden);
        assert_eq!(phone(&both, "320500", Phase::Closed), Shown::Masked);
        let elsewhere = actor(vec![post(1, Role::Handler, "B", "phone:open:hidden")]);
        assert_eq!(
            phone(&elsewhere, "320106", Phase::Open),
            Shown::Hidden,
            "not known to reach it"
        );
        let usual = actor(vec![post(1, Role::Handler, "A", "")]);
        assert_eq!(phone(&usual, "320106", Phase::Open), Shown::Masked);
        assert_eq!(
            phone(&actor(Vec::new()), "320106", Phase::Open),
            Shown::Hidden
        );
        assert_eq!(
            both.shows_anywhere(see, PersonalField::Phone),
            Shown::Masked
        );
    }
}
