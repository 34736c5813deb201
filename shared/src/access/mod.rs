//! Rights: permissions, data scopes, the roles that join them and the posts in which people hold roles, `domain.md` section 1.
//! Asked in the services before every write (I6) and compiled into SQL by the store (I7).
//! Not here: which own roles there are and who holds what (data).

use serde::{Deserialize, Serialize};

mod area;
mod audit;
mod grants;
mod held;
mod kept_question;
mod matrix;
mod need;
mod permission;
mod policy;
mod post;
mod power;
mod role;
mod role_spec;
mod scope;
mod sight;
mod who;

pub use area::Area;
pub use audit::{
    AuditActCount, AuditAlarmView, AuditAlarms, AuditLook, AuditLookCount, AuditQuestion,
    AuditReport, AuditReportView, AuditReports, AuditRowView, AuditRows, AuditRule,
    DismissAuditAlarm,
};
pub use grants::Grants;
pub use held::Held;
pub use kept_question::{KeepAuditQuestion, KeptAuditQuestion};
pub use matrix::matrix;
pub use need::{Need, needs};
pub use permission::Permission;
pub use policy::{POLICY, scope_for};
pub use post::{Condition, Place, Post, PostState, RoleCode, Terms, may_join, states};
pub use power::{Joined, Power};
pub use role::Role;
pub use role_spec::{RoleOrigin, RoleSpec};
pub use scope::{Scope, ScopeKind, Seen, lies_in};
pub use sight::{PersonalField, Phase, Shown, Shows, Sight};
pub use who::{ActorKind, PartnerCode, Who};

use crate::ids::{CitizenId, UserId};
use policy::FOR_PARTNERS;

/// Whoever acts, with name, place of work and posts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Which of them.
    pub who: Who,
    /// Sign-in name of the account; empty without one.
    pub username: String,
    /// Display name.
    pub name: String,
    /// Code of the unit that the account belongs to; what the person begins is begun there.
    pub unit: Option<String>,
    /// The unit's path (`organisation::Unit::path`).
    pub unit_path: Option<String>,
    /// Division code of the unit.
    pub region: Option<String>,
    /// Posts that hold now, read from the store for this request (P-25).
    pub posts: Vec<Post>,
    /// Whether the person proved lately to be himself, by password: some acts ask for that (`Need::Fresh`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fresh: bool,
    /// What has to be done before anything else; without roles until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Held>,
    /// Those whose named tasks the actor does for a time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stands_for: Vec<StandsFor>,
    /// The account of a citizen who has signed in by a code; it gives no right of staff, and nobody of staff has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citizen: Option<CitizenId>,
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
            posts: Vec::new(),
            fresh: false,
            held: None,
            stands_for: Vec::new(),
            citizen: None,
        }
    }

    /// A visitor who has signed in by a code.
    pub fn citizen(account: CitizenId) -> Self {
        Self {
            citizen: Some(account),
            ..Self::visitor()
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
        self.posts.clear();
        self.held = Some(held);
        self
    }

    /// The same person with posts of shipped roles, all at the account's own unit.
    #[must_use]
    pub fn with_roles(mut self, roles: &[Role]) -> Self {
        let place = self.place();
        let posts = (1..).zip(roles);
        self.posts = posts
            .map(|(no, role)| Post::shipped(no, *role, place.clone()))
            .collect();
        self
    }

    /// The account's own unit as a place of posts.
    pub fn place(&self) -> Place {
        Place {
            unit: self.unit.clone().unwrap_or_default(),
            path: self.unit_path.clone().unwrap_or_default(),
            region: self.region.clone().unwrap_or_default(),
            team: Vec::new(),
        }
    }

    /// The one place where it is decided what somebody may: the scope in which the posts give the permission together; `None` when not at all.
    pub fn scope(&self, permission: Permission) -> Option<Scope> {
        if self.is_system() {
            return Some(Scope::All);
        }
        // Whatever roles somebody gave its account: some things a program never does.
        if matches!(self.who, Who::Partner { .. }) && !FOR_PARTNERS.contains(&permission) {
            return None;
        }
        let user = self.user()?;
        let bound = self.posts.iter().filter_map(|post| {
            let kind = post.grants.of(permission)?;
            Some((kind.bind(user, &post.place), &post.place))
        });
        Scope::united(bound.collect())
    }

    /// The scope in which one post gives the permission.
    pub fn scope_of(&self, post: &Post, permission: Permission) -> Option<Scope> {
        let kind = post.grants.of(permission)?;
        Some(kind.bind(self.user()?, &post.place))
    }

    /// The shipped roles whose tasks the actor does in the posts that hold, each once.
    pub fn tasks(&self) -> Vec<Role> {
        let all = self.posts.iter().flat_map(|post| &post.tasks);
        let all: std::collections::BTreeSet<Role> = all.copied().collect();
        all.into_iter().collect()
    }

    /// Whether the actor works at a unit: at the account's own, or in a post.
    pub fn is_at(&self, unit: &str) -> bool {
        self.unit.as_deref() == Some(unit) || self.posts.iter().any(|post| post.place.unit == unit)
    }

    /// Whether a unit is one where the actor works, or lies below one.
    pub fn is_above(&self, path: &str) -> bool {
        let above = |own: &str| !own.is_empty() && path.starts_with(own);
        self.unit_path.as_deref().is_some_and(above)
            || self.posts.iter().any(|post| above(&post.place.path))
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
