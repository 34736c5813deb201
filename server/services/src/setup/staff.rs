//! People of an office's file as a table beside it: sign-in name, name, unit, posts.
//! Not here: people in the file itself (`file`), tables of the lists (`register`).
//! Posts stand in one cell, by their words or as they are called in either language.

use std::collections::BTreeMap;

use shared::access::Role;
use shared::fault::{Code, Fault, FieldFault};
use shared::setup::{Trouble, What};

use super::file::PersonSaid;
use super::source::{Place, Said};
use crate::sheet;

/// Columns with their heads.
const COLUMNS: [(&str, &[&str]); 4] = [
    ("username", &["username", "用户名", "登录名", "账号"]),
    ("name", &["name", "姓名"]),
    ("unit", &["unit", "单位编号", "单位"]),
    ("roles", &["roles", "岗位", "角色"]),
];
/// What stands between two posts.
const BETWEEN: [char; 7] = [',', '，', '、', ';', '；', '/', '|'];

/// Reads a table.
///
/// # Errors
/// `import.mapping` for what is no table of people; `input.encoding`. What is wrong in a line is among the troubles.
pub(super) fn read(name: &str, text: String) -> Result<(Vec<PersonSaid>, Vec<Trouble>), Fault> {
    let known = |heads: &[String]| columns(heads).iter().flatten().count();
    let enough = |heads: &[String]| {
        let found = known(heads);
        if found > 1 { found } else { 0 }
    };
    let (heads, mut rows) =
        sheet::text::open(text, &enough).map_err(|fault| fault.fact("why", "list_heads"))?;
    let columns = columns(&heads);
    let (mut people, mut troubles) = (Vec::new(), Vec::new());
    while let Some(row) = rows.read().map_err(|_| Fault::new(Code::InputEncoding))? {
        if row.is_blank() {
            continue;
        }
        let line = usize::try_from(row.line).unwrap_or(0);
        let at = |path: &str| Place {
            file: name.to_owned(),
            line,
            path: path.to_owned(),
        };
        if let Some(trouble) = row.trouble {
            let why = BTreeMap::from([("why".to_owned(), trouble.doubt().to_string())]);
            troubles.push(at("").tell(What::Field(FieldFault {
                field: String::new(),
                code: Code::ImportDoubtful,
                facts: why,
            })));
            continue;
        }
        let mut cells: BTreeMap<&str, String> = BTreeMap::new();
        for (column, cell) in columns.iter().zip(&row.cells) {
            if let Some(column) = column {
                cells.insert(column, shared::input::line(cell));
            }
        }
        let said = |column: &str| {
            let text = cells.get(column).filter(|cell| !cell.is_empty())?;
            Some(Said {
                text: text.clone(),
                place: at(column),
            })
        };
        let (roles, unknown) = posts(cells.get("roles").map_or("", String::as_str));
        for word in unknown {
            let facts = BTreeMap::from([("value".to_owned(), word)]);
            troubles.push(at("roles").tell(What::Field(FieldFault {
                field: "roles".to_owned(),
                code: Code::InputCode,
                facts,
            })));
        }
        let empty = |column: &str| Said {
            text: String::new(),
            place: at(column),
        };
        people.push(PersonSaid {
            username: said("username").unwrap_or_else(|| empty("username")),
            name: said("name").unwrap_or_else(|| empty("name")),
            unit: said("unit"),
            roles: roles.into_iter().map(|role| (role, at("roles"))).collect(),
            place: at(""),
        });
    }
    Ok((people, troubles))
}

/// Which column each head means.
fn columns(heads: &[String]) -> Vec<Option<&'static str>> {
    let one = |head: &String| {
        let plain = sheet::plain_head(head);
        let is = |(_, names): &&(&str, &[&str])| {
            names.iter().any(|name| sheet::plain_head(name) == plain)
        };
        COLUMNS.iter().find(is).map(|(column, _)| *column)
    };
    heads.iter().map(one).collect()
}

/// The posts of a cell, and what is none.
fn posts(cell: &str) -> (Vec<Role>, Vec<String>) {
    let (mut roles, mut unknown) = (Vec::new(), Vec::new());
    for word in cell
        .split(BETWEEN)
        .map(str::trim)
        .filter(|word| !word.is_empty())
    {
        let called = |role: &&Role| {
            let text = role.text();
            text.zh == word || text.en.eq_ignore_ascii_case(word)
        };
        let role = Role::parse(word).or_else(|| Role::ALL.iter().find(called).copied());
        match role {
            Some(role) => roles.push(role),
            None => unknown.push(word.chars().take(40).collect()),
        }
    }
    (roles, unknown)
}
