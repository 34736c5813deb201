//! People as verbs and processes name them: by sign-in name or id, looked up in the verb's transaction, with the rights that they hold.
//! Not here: accounts (`users`), who may be given what (`rights`).
//! A closed account cannot be named, and nobody names people out of his reach: those of his own city, and of the province above it.

use std::collections::BTreeMap;

use shared::access::Actor;
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::UserId;
use store::Conn;
use store::users::User;

use crate::approvals::rights::in_area;
use crate::fault::Failure;
use crate::reference::Reference;
use crate::sessions::actor_of;

/// Somebody who can be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    pub user: UserId,
    pub username: String,
    pub name: String,
    /// The same with unit, area and the posts that hold now.
    pub actor: Actor,
}

/// The people named by a verb.
#[derive(Debug, Clone, Default)]
pub(crate) struct People(BTreeMap<String, Person>);

impl People {
    /// Looks names up; those that are unknown or closed are simply not there.
    pub(crate) async fn find(
        conn: &dyn Conn,
        then: (&Reference, Instant),
        names: &[String],
    ) -> Result<Self, Failure> {
        let mut wanted: Vec<String> = names.iter().map(|name| normal(name)).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut people = Self::default();
        for chunk in wanted.chunks(200) {
            for user in store::users::named(conn, chunk).await? {
                people.add(then, user);
            }
        }
        Ok(people)
    }

    /// Looks up people who are known by their ids as well.
    pub(crate) async fn and_users(
        mut self,
        conn: &dyn Conn,
        then: (&Reference, Instant),
        users: &[UserId],
    ) -> Result<Self, Failure> {
        for id in users {
            if let Some(user) = store::users::find(conn, *id).await? {
                self.add(then, user);
            }
        }
        Ok(self)
    }

    fn add(&mut self, (reference, now): (&Reference, Instant), user: User) {
        if user.active {
            let person = Person {
                user: user.id,
                actor: actor_of(reference, &user, now),
                username: user.username.clone(),
                name: user.name,
            };
            self.0.insert(user.username, person);
        }
    }

    /// Only those whom somebody may name; the others do not exist for him.
    pub(crate) fn in_reach_of(mut self, actor: &Actor) -> Self {
        let area = |of: &Actor, other: &Actor| {
            let region = other.region.as_deref();
            region.is_some_and(|region| in_area(of, region))
        };
        self.0.retain(|_, person| {
            actor.is_system() || area(actor, &person.actor) || area(&person.actor, actor)
        });
        self
    }

    /// Somebody by name.
    pub(crate) fn get(&self, name: &str) -> Option<&Person> {
        self.0.get(&normal(name))
    }

    /// Somebody by id.
    pub(crate) fn by_id(&self, user: UserId) -> Option<&Person> {
        self.0.values().find(|person| person.user == user)
    }

    /// Somebody by name, or the fault at the field that named nobody.
    pub(crate) fn must(&self, field: &str, name: &str) -> Result<Person, Fault> {
        if name.trim().is_empty() {
            return Err(Fault::field(field, Code::InputRequired));
        }
        self.get(name)
            .cloned()
            .ok_or_else(|| Fault::field(field, Code::InputPerson))
    }
}

/// Sign-in names are lower case.
fn normal(name: &str) -> String {
    name.trim().to_lowercase()
}
