//! The second net on PostgreSQL: reads on behalf of a person run as a role of the database that sees only what the person's scope reaches, even
//! where a statement forgot its condition. The first net is the condition (`scope`), and says the same.
//! Not here: what the policies say (`protect.sql`), making roles (`roles`), where such a read begins and ends (`database::read`).
//! Nothing typed by people gets into the words: scopes stand in them as hexadecimal digits.

mod roles;

use std::sync::Arc;

use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, DbErr, Statement};
use shared::access::Scope;
use tokio::sync::OnceCell;

pub use roles::{Guarded, Login, Standing, grants, make_roles, script};

use crate::scope::root_of;
use crate::sql::only;

/// Whether the database has the role and the policy, and whether who is signed in may become that role: since version 16 a membership says so
/// apart.
const IS_THERE: &str = "select count(*) from pg_roles r join pg_policies p on p.schemaname = current_schema() and p.tablename = 'tickets'
     and p.policyname = 'minsheng_person_1' where r.rolname = 'minsheng_person' and pg_has_role(current_user, r.oid,
       case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end)";

/// Under what a reader reads.
#[derive(Clone, Default)]
pub(crate) struct Under {
    /// Found out once a process.
    is_there: Arc<OnceCell<bool>>,
    /// What each of its reads begins with; none where nothing is held back.
    words: Option<Arc<str>>,
}

impl Under {
    /// The same for a scope.
    pub(crate) fn of(&self, scope: &Scope) -> Self {
        Self {
            is_there: Arc::clone(&self.is_there),
            words: opening(scope).map(Arc::from),
        }
    }

    /// The words that a read begins with, on a database that knows them.
    pub(crate) async fn words(&self, conn: &DatabaseConnection) -> Result<Option<&str>, DbErr> {
        let Some(words) = &self.words else {
            return Ok(None);
        };
        if conn.get_database_backend() != DbBackend::Postgres {
            return Ok(None);
        }
        let is_there = self.is_there.get_or_try_init(|| is_there(conn)).await?;
        Ok(is_there.then_some(&**words))
    }
}

/// Whether reads of people run under the net here.
async fn is_there(conn: &DatabaseConnection) -> Result<bool, DbErr> {
    let sql = Statement::from_string(DbBackend::Postgres, IS_THERE);
    let row = conn.query_one_raw(sql).await?;
    Ok(row.as_ref().map_or(Ok(0), only::<i64>)? > 0)
}

/// The beginning of a transaction in which only a scope's rows are seen; `None` for everything, of which nothing is held back.
pub fn opening(scope: &Scope) -> Option<String> {
    let mut reach = Reach::default();
    reach.add(scope);
    if reach.everything {
        return None;
    }
    let mut words = "begin read only; set local role minsheng_person".to_owned();
    let lists = [
        ("people", &reach.people),
        ("areas", &reach.areas),
        ("trees", &reach.trees),
        ("units", &reach.units),
    ];
    for (name, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
        words.push_str("; select set_config('minsheng.");
        words.push_str(name);
        words.push_str("', convert_from('\\x");
        words.push_str(&hex(&array(list)));
        words.push_str("'::bytea, 'UTF8'), true)");
    }
    Some(words)
}

/// What the parts of a scope name.
#[derive(Default)]
struct Reach {
    everything: bool,
    /// Who took tickets in.
    people: Vec<String>,
    /// Patterns of division codes.
    areas: Vec<String>,
    /// Units with all below them.
    trees: Vec<String>,
    /// Units by themselves.
    units: Vec<String>,
}

impl Reach {
    fn add(&mut self, scope: &Scope) {
        match scope {
            Scope::Own(user) => self.people.push(user.to_string()),
            Scope::Team(people) => self.people.extend(people.iter().map(ToString::to_string)),
            Scope::Unit(code) => self.units.push(code.clone()),
            Scope::UnitTree(path) => self.trees.push(root_of(path).to_owned()),
            Scope::Region(prefix) => self.areas.push(pattern(prefix)),
            Scope::Any(parts) => {
                for part in parts {
                    self.add(part);
                }
            }
            Scope::All => self.everything = true,
        }
    }
}

/// The codes that begin so; with a hyphen behind it, the division itself.
fn pattern(prefix: &str) -> String {
    let itself = prefix.strip_suffix('-');
    let mut pattern = String::with_capacity(prefix.len() + 1);
    for c in itself.unwrap_or(prefix).chars() {
        if matches!(c, '\\' | '%' | '_') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    if itself.is_none() {
        pattern.push('%');
    }
    pattern
}

/// A list as PostgreSQL reads one, each word in quotes.
fn array(words: &[String]) -> String {
    let mut out = "{".to_owned();
    for (index, word) in words.iter().enumerate() {
        out.push_str(if index > 0 { ",\"" } else { "\"" });
        for c in word.chars() {
            if matches!(c, '\\' | '"') {
                out.push('\\');
            }
            out.push(c);
        }
        out.push('"');
    }
    out.push('}');
    out
}

fn hex(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_needs_no_net() {
        assert_eq!(opening(&Scope::All), None);
        let one = Scope::Unit("320100-ZJJ".to_owned());
        assert_eq!(opening(&Scope::Any(vec![one, Scope::All])), None);
    }

    #[test]
    fn nothing_typed_stands_in_the_words() {
        let unit = Scope::Unit("'; drop table tickets; --".to_owned());
        let words = opening(&unit).expect("a net");
        assert!(!words.contains("drop"), "{words}");
        assert!(words.starts_with("begin read only; set local role minsheng_person; select"));
    }

    #[test]
    fn nobody_has_no_list_at_all() {
        let words = opening(&Scope::Any(Vec::new())).expect("a net");
        assert_eq!(words, "begin read only; set local role minsheng_person");
    }

    #[test]
    fn areas_are_patterns_and_lists_are_quoted() {
        assert_eq!(pattern("3201"), "3201%");
        assert_eq!(pattern("320100-"), "320100");
        assert_eq!(pattern("3_%\\"), "3\\_\\%\\\\%");
        let list = ["a\"b".to_owned(), "c\\d".to_owned()];
        assert_eq!(array(&list), "{\"a\\\"b\",\"c\\\\d\"}");
    }
}
