//! People as verbs and processes name them: by sign-in name, looked up in the verb's transaction.
//! Not here: accounts (`users`), who may do what (`rights`).
//! A closed account cannot be named.

use std::collections::BTreeMap;

use shared::fault::{Code, Fault};
use shared::ids::UserId;
use store::Conn;

use crate::fault::Failure;

/// Somebody who can be given a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    pub user: UserId,
    pub username: String,
    pub name: String,
    pub unit: String,
}

/// The people named by a verb.
#[derive(Debug, Clone, Default)]
pub(crate) struct People(BTreeMap<String, Person>);

impl People {
    /// Looks names up; those that are unknown or closed are simply not there.
    pub(crate) async fn find(conn: &dyn Conn, names: &[String]) -> Result<Self, Failure> {
        let mut wanted: Vec<String> = names.iter().map(|name| normal(name)).collect();
        wanted.sort_unstable();
        wanted.dedup();
        if wanted.is_empty() {
            return Ok(Self::default());
        }
        let mut people = BTreeMap::new();
        for chunk in wanted.chunks(200) {
            for user in store::users::named(conn, chunk).await? {
                if user.active {
                    let person = Person {
                        user: user.id,
                        username: user.username.clone(),
                        name: user.name,
                        unit: user.unit,
                    };
                    people.insert(user.username, person);
                }
            }
        }
        Ok(Self(people))
    }

    /// Somebody by name.
    pub(crate) fn get(&self, name: &str) -> Option<&Person> {
        self.0.get(&normal(name))
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
