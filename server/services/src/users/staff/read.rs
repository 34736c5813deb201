//! The lines of a table of people: whom each means, in which unit, with which posts; what is there already, and what cannot be taken.
//! Not here: writing (`write`).
//! Units are found by code, or by a name that only one has; roles by code or by what they are called in either language.

use std::collections::HashMap;
use std::sync::Arc;

use shared::access::{RoleSpec, Scope, may_join};
use shared::account::posts::GivePost;
use shared::account::staff::{COLUMNS, MOST_PEOPLE, check};
use shared::calendar::{Instant, day_start, days_after};
use shared::fault::{Check, Code, Fault};
use shared::register::{Cells, LineReport, Row, read_row};

use crate::context::Ctx;
use crate::fault::Settle;
use crate::reference::Reference;
use crate::sessions::normal_name;
use crate::sheet::described::{Described, Read};
use crate::users::posts::excluded;
use crate::users::{check_display, check_name};

/// Names that are looked up at once.
const CHUNK: usize = 200;

/// Somebody new.
pub(super) struct Person {
    pub(super) username: String,
    pub(super) name: String,
    /// Code and name of the unit.
    pub(super) unit: (String, String),
    pub(super) posts: Vec<(GivePost, Arc<RoleSpec>)>,
}

/// What a table holds.
pub(super) struct Found {
    pub(super) people: Vec<Person>,
    pub(super) lines: u64,
    pub(super) same: u64,
    pub(super) wrong: Vec<LineReport>,
    pub(super) refused: u64,
}

/// Reads a table for somebody whose rights reach so far.
///
/// # Errors
/// `import.mapping`, `register.too_many`.
pub(super) async fn read(ctx: &Ctx, scope: &Scope, text: String) -> Result<Found, Fault> {
    let described = Described {
        columns: COLUMNS,
        read: &row,
        most: MOST_PEOPLE,
    };
    let mut read = described.rows(text)?;
    let reference = ctx.services.reference().await?;
    let units = Units::of(&reference, scope);
    let roles = Roles::of(ctx).await?;
    let there = there(ctx, read.rows.keys().cloned().collect()).await?;
    let (mut people, mut same) = (Vec::new(), 0);
    for (username, cells) in std::mem::take(&mut read.rows) {
        let line = read.at.get(&username).copied().unwrap_or_default();
        match person(username, &cells, (&units, &roles), ctx.now()) {
            Err(fault) => read.refuse(line, fault.fields),
            Ok(person) => match there.get(&person.username) {
                None => people.push(person),
                Some((name, unit)) if *name == person.name && *unit == person.unit.0 => same += 1,
                Some(_) => {
                    let fault = Fault::field("username", Code::AccountDiffers);
                    read.refuse(line, fault.fields);
                }
            },
        }
    }
    let Read {
        lines,
        mut wrong,
        refused,
        ..
    } = read;
    wrong.sort_by_key(|line| line.line);
    Ok(Found {
        people,
        lines,
        same,
        wrong,
        refused,
    })
}

/// A row alone, by its sign-in name in the one way in which it is kept.
fn row(sent: &Cells) -> Result<Row, Fault> {
    let mut row = read_row(COLUMNS, check, sent)?;
    if let Some(username) = row.cells.get_mut("username") {
        *username = normal_name(username);
        row.key.clone_from(username);
    }
    Ok(row)
}

/// Name and unit of those accounts that are there.
async fn there(ctx: &Ctx, names: Vec<String>) -> Result<HashMap<String, (String, String)>, Fault> {
    let mut there = HashMap::new();
    let db = ctx.services.store().reader();
    for chunk in names.chunks(CHUNK) {
        let users = store::users::named(&db, chunk)
            .await
            .settle(&ctx.services)?;
        there.extend(
            users
                .into_iter()
                .map(|user| (user.username, (user.name, user.unit))),
        );
    }
    Ok(there)
}

/// The units in reach, by code and by name.
struct Units<'r> {
    by_word: HashMap<String, Option<(&'r str, &'r str)>>,
}

impl<'r> Units<'r> {
    fn of(reference: &'r Reference, scope: &Scope) -> Self {
        let mut by_word: HashMap<String, Option<(&str, &str)>> = HashMap::new();
        let reached = reference.units.values().filter(|unit| {
            unit.active
                && (scope.covers_region(&unit.region) || scope.covers_unit(&unit.code, &unit.path))
        });
        for unit in reached {
            let found = Some((unit.code.as_str(), unit.name.as_str()));
            by_word.insert(word(&unit.code), found);
            by_word
                .entry(word(&unit.name))
                // Two of one name are told apart by their codes only.
                .and_modify(|other| {
                    if *other != found {
                        *other = None;
                    }
                })
                .or_insert(found);
        }
        Self { by_word }
    }

    fn find(&self, text: &str) -> Option<(&'r str, &'r str)> {
        self.by_word.get(&word(text)).copied().flatten()
    }
}

/// A word as people may write it.
fn word(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}

fn person(
    username: String,
    cells: &Cells,
    (units, roles): (&Units<'_>, &Roles),
    now: Instant,
) -> Result<Person, Fault> {
    let cell = |name: &str| cells.get(name).map(String::as_str).unwrap_or_default();
    let mut check = Check::default();
    check_name(&mut check, &username);
    let name = cell("name").to_owned();
    check_display(&mut check, &name);
    let unit = units.find(cell("unit"));
    if unit.is_none() {
        check.add("unit", Code::InputUnit);
    }
    let until = until(cell("until"), now).unwrap_or_else(|code| {
        check.add_with("until", code, &[("why", &"order")]);
        None
    });
    let mut held: Vec<Arc<RoleSpec>> = Vec::new();
    let words = cell("roles").split(is_between);
    for text in words.filter(|text| !text.trim().is_empty()) {
        match roles.find(text) {
            Some(role) if held.iter().all(|it| it.code != role.code) => held.push(role),
            Some(_) => {}
            None => check.add_with("roles", Code::InputCode, &[("value", &text)]),
        }
    }
    let joined = may_join(held.iter().map(|role| &role.grants));
    check.finish_with(joined.map_err(|two| excluded("roles", two, None)))?;
    let (code, unit_name) = unit.unwrap_or_default();
    let post = |role: Arc<RoleSpec>| {
        let post = GivePost {
            until,
            ..GivePost::plain(role.code.clone())
        };
        (post, role)
    };
    Ok(Person {
        username,
        name,
        unit: (code.to_owned(), unit_name.to_owned()),
        posts: held.into_iter().map(post).collect(),
    })
}

fn is_between(c: char) -> bool {
    matches!(c, '、' | '，' | ',' | ';' | '；' | '/' | '|' | '+')
}

/// The roles that can be given, by code and by what they are called.
struct Roles {
    by_word: HashMap<String, Arc<RoleSpec>>,
}

impl Roles {
    async fn of(ctx: &Ctx) -> Result<Self, Fault> {
        let db = ctx.services.store().reader();
        let all = store::roles::all(&db).await.settle(&ctx.services)?;
        let mut by_word = HashMap::new();
        for role in all.into_iter().filter(|role| !role.spec.stopped) {
            let spec = Arc::new(role.spec);
            for name in [spec.name.as_str(), &spec.name_en, spec.code.as_str()] {
                by_word.insert(word(name), Arc::clone(&spec));
            }
        }
        Ok(Self { by_word })
    }

    fn find(&self, text: &str) -> Option<Arc<RoleSpec>> {
        self.by_word.get(&word(text)).cloned()
    }
}

/// The end of the last day on which posts hold.
fn until(text: &str, now: Instant) -> Result<Option<Instant>, Code> {
    if text.is_empty() {
        return Ok(None);
    }
    let day = text.parse().map_err(|_| Code::InputDate)?;
    let end = day_start(days_after(day, 1));
    if end <= now {
        return Err(Code::InputPeriod);
    }
    Ok(Some(end))
}
