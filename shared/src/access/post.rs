//! Posts (岗位): a role that somebody has at a unit, from a day to a day, some on a condition. A person has several.
//! What an actor may is the sum of the posts that hold now (`in_force`); the others sleep, and `PostState` says why.
//! Not here: what a role gives (`grants`), keeping and giving posts (store, services).

use serde::{Deserialize, Serialize};

use super::grants::Grants;
use super::power::{self, Joined};
use super::role::Role;
use super::sight::Sight;
use crate::calendar::Instant;
use crate::ids::UserId;

codes! {
    /// What a post asks of its holder as long as it is held.
    Condition {
        None = "none", "none", "无", "None";
        Factor = "factor", "factor", "已启用第二因素", "A second factor is set up";
        Certificate = "certificate", "certificate", "证书在有效期内", "A certificate is valid";
    }
}

codes! {
    /// Whether a post holds, or why it sleeps.
    PostState {
        Holds = "holds", "holds", "生效", "Holds";
        Waits = "waits", "waits", "未到生效日期", "Has not begun";
        Over = "over", "over", "已到期", "Has run out";
        NoFactor = "no_factor", "no_factor", "休眠：没有第二因素", "Sleeps: no second factor";
        CertificateOver = "certificate_over", "certificate_over", "休眠：证书已过期", "Sleeps: the certificate has run out";
        RoleStopped = "role_stopped", "role_stopped", "休眠：角色已停用", "Sleeps: the role is stopped";
        Excluded = "excluded", "excluded", "休眠：与其他岗位互斥", "Sleeps: excluded by another post";
        Frozen = "frozen", "frozen", "已冻结", "Frozen";
        Ended = "ended", "ended", "已收回", "Was taken back";
    }
}

/// The code of a role: that of a shipped one, or of one that the installation made. 2 to 40 small letters, digits and low lines.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleCode(String);

impl RoleCode {
    /// The code of a text, when it is one.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        let good = (2..=40).contains(&text.len())
            && text.bytes().all(plain)
            && text.starts_with(|c: char| c.is_ascii_lowercase());
        good.then(|| Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The shipped role of this code.
    pub fn shipped(&self) -> Option<Role> {
        Role::parse(&self.0)
    }
}

impl From<Role> for RoleCode {
    fn from(role: Role) -> Self {
        Self(role.code().to_owned())
    }
}

impl std::fmt::Display for RoleCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}

impl std::str::FromStr for RoleCode {
    type Err = crate::fault::Fault;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text).ok_or_else(|| {
            let shown: String = text.chars().take(40).collect();
            crate::fault::Fault::new(crate::fault::Code::InputCode).fact("value", shown)
        })
    }
}

impl<'de> Deserialize<'de> for RoleCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom(crate::fault::Code::RoleCodeForm))
    }
}

/// Where a post is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Code of the unit.
    pub unit: String,
    /// The unit's path (`organisation::Unit::path`); empty of a unit that is not known.
    pub path: String,
    /// Division code of the unit.
    pub region: String,
    /// Accounts of those who are in a team there with the holder now, and of the holder.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub team: Vec<UserId>,
}

/// A post that holds now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Its number among those of the person.
    pub no: i32,
    /// The role.
    pub role: RoleCode,
    /// What the role is called, in Chinese and in English.
    pub names: (String, String),
    /// The shipped roles whose tasks the holder does: processes name only those.
    pub tasks: Vec<Role>,
    /// Where.
    pub place: Place,
    /// What it gives.
    pub grants: Grants,
    /// How it shows personal fields.
    #[serde(default, skip_serializing_if = "Sight::is_usual")]
    pub sight: Sight,
}

impl Post {
    /// The post of a shipped role at a place.
    pub fn shipped(no: i32, role: Role, place: Place) -> Self {
        let text = role.text();
        Self {
            no,
            role: role.into(),
            names: (text.zh.to_owned(), text.en.to_owned()),
            tasks: vec![role],
            place,
            grants: Grants::of_shipped(role),
            sight: Sight::default(),
        }
    }

    /// What the role is called.
    pub fn name(&self, locale: crate::text::Locale) -> &str {
        match locale {
            crate::text::Locale::Zh => &self.names.0,
            crate::text::Locale::En => &self.names.1,
        }
    }
}

/// From when to when a post is given, and on what condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// It begins.
    pub from: Instant,
    /// It ends by itself; absent: it does not.
    pub until: Option<Instant>,
    /// What it asks of its holder.
    pub condition: Condition,
    /// Until when the certificate is valid, where it asks for one.
    pub certificate_until: Option<Instant>,
    /// Somebody took it back.
    pub ended: bool,
    /// Nobody said in a review that it is still needed.
    pub frozen: bool,
    /// The role was stopped.
    pub stopped: bool,
}

impl Terms {
    /// Whether a post on these terms holds, looked at alone.
    pub fn state(&self, has_factor: bool, now: Instant) -> PostState {
        let is_over = |until: Option<Instant>| until.is_some_and(|until| until <= now);
        if self.ended {
            PostState::Ended
        } else if self.frozen {
            PostState::Frozen
        } else if is_over(self.until) {
            PostState::Over
        } else if self.from > now {
            PostState::Waits
        } else if self.stopped {
            PostState::RoleStopped
        } else {
            match self.condition {
                Condition::Factor if !has_factor => PostState::NoFactor,
                Condition::Certificate
                    if self.certificate_until.is_none() || is_over(self.certificate_until) =>
                {
                    PostState::CertificateOver
                }
                _ => PostState::Holds,
            }
        }
    }
}

/// The states of all posts of one person, in their order. Where those that hold join what is kept apart, none of them does: whatever
/// stands in the tables, nobody has two administrators' rights, or an administrator's and business rights.
pub fn states<'a>(
    posts: impl Iterator<Item = (Terms, &'a Grants)>,
    has_factor: bool,
    now: Instant,
) -> Vec<PostState> {
    let mut joined = Joined::default();
    let mut found: Vec<PostState> = posts
        .map(|(terms, grants)| {
            let state = terms.state(has_factor, now);
            if state == PostState::Holds {
                joined.add(grants);
            }
            state
        })
        .collect();
    if joined.check().is_err() {
        for state in &mut found {
            if *state == PostState::Holds {
                *state = PostState::Excluded;
            }
        }
    }
    found
}

/// Whether roles may be held by one person.
///
/// # Errors
/// The two powers that exclude each other.
pub fn may_join<'a>(
    grants: impl Iterator<Item = &'a Grants>,
) -> Result<(), (power::Power, power::Power)> {
    let mut joined = Joined::default();
    for one in grants {
        joined.add(one);
    }
    joined.check()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = Instant(1_000_000);

    fn terms() -> Terms {
        Terms {
            from: Instant(0),
            until: None,
            condition: Condition::None,
            certificate_until: None,
            ended: false,
            frozen: false,
            stopped: false,
        }
    }

    #[test]
    #[allow(clippy::too_many_lines, reason = "a table of cases")]
    fn a_post_sleeps_before_its_day_after_it_and_while_its_condition_is_not_met() {
        let at = |ms| Some(Instant(ms));
        let cases = [
            (terms(), false, PostState::Holds),
            (
                Terms {
                    from: Instant(1_000_001),
                    ..terms()
                },
                false,
                PostState::Waits,
            ),
            (
                Terms {
                    until: at(1_000_000),
                    ..terms()
                },
                false,
                PostState::Over,
            ),
            (
                Terms {
                    until: at(1_000_001),
                    ..terms()
                },
                false,
                PostState::Holds,
            ),
            (
                Terms {
                    condition: Condition::Factor,
                    ..terms()
                },
                false,
                PostState::NoFactor,
            ),
            (
                Terms {
                    condition: Condition::Factor,
                    ..terms()
                },
                true,
                PostState::Holds,
            ),
            (
                Terms {
                    condition: Condition::Certificate,
                    ..terms()
                },
                true,
                PostState::CertificateOver,
            ),
            (
                Terms {
                    condition: Condition::Certificate,
                    certificate_until: at(1_000_001),
                    ..terms()
                },
                false,
                PostState::Holds,
            ),
            (
                Terms {
                    stopped: true,
                    ..terms()
                },
                false,
                PostState::RoleStopped,
            ),
            (
                Terms {
                    frozen: true,
                    until: at(5),
                    ..terms()
                },
                false,
                PostState::Frozen,
            ),
            (
                Terms {
                    ended: true,
                    until: at(5),
                    ..terms()
                },
                false,
                PostState::Ended,
            ),
        ];
        for (terms, has_factor, state) in cases {
            assert_eq!(terms.state(has_factor, NOW), state, "{terms:?}");
        }
    }

    #[test]
    fn posts_that_join_what_is_kept_apart_all_sleep() {
        let of = Grants::of_shipped;
        let (auditor, agent) = (of(Role::Auditor), of(Role::Agent));
        let both = [(terms(), &auditor), (terms(), &agent)];
        assert_eq!(
            states(both.into_iter(), false, NOW),
            [PostState::Excluded, PostState::Excluded]
        );
        let over = Terms {
            until: Some(NOW),
            ..terms()
        };
        let one = [(terms(), &auditor), (over, &agent)];
        assert_eq!(
            states(one.into_iter(), false, NOW),
            [PostState::Holds, PostState::Over]
        );
    }

    #[test]
    fn a_code_of_a_role_is_plain() {
        for good in ["agent", "night_shift_2", "ab"] {
            assert!(RoleCode::parse(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "a",
            "Agent",
            "2nd",
            "_x",
            "夜班",
            "a-b",
            &"a".repeat(41),
        ] {
            assert!(RoleCode::parse(bad).is_none(), "{bad}");
        }
        for role in Role::ALL {
            assert_eq!(RoleCode::from(*role).shipped(), Some(*role));
        }
    }
}
