//! Staff from a table: its columns, what it came to, and the people that are new with the link that each gets.
//! Not here: reading files and writing accounts (services), words of the page (`text::account::staff`).
//! A file holds no password: each new person chooses one by the link.

use serde::{Deserialize, Serialize};

use crate::calendar::Instant;
use crate::fault::{Check, Code};
use crate::register::{Cells, Column, Kind, LineReport};
use crate::text::text;

/// Lines of one file at most.
pub const MOST_PEOPLE: usize = 10_000;

/// The columns.
pub static COLUMNS: &[Column] = &[
    Column::new("username", text("用户名", "User name"), Kind::Line(64))
        .key()
        .needed()
        .heads(&["登录名", "账号", "帐号", "工号", "login", "account", "user"]),
    Column::new("name", text("姓名", "Name"), Kind::Line(64))
        .needed()
        .heads(&["名字", "人员姓名"]),
    Column::new("unit", text("单位", "Unit"), Kind::Line(120))
        .needed()
        .heads(&["单位编号", "单位名称", "部门", "所在单位", "unitcode"]),
    Column::new("roles", text("角色", "Roles"), Kind::Line(300))
        .heads(&["岗位", "职务", "role", "posts"]),
    Column::new("until", text("有效期至", "Until"), Kind::Day).heads(&[
        "截止日期",
        "到期日",
        "有效期",
        "expires",
    ]),
];

/// What holds of a row alone: words that a spreadsheet would run are no name of anybody.
pub fn check(cells: &Cells, check: &mut Check) {
    for name in ["username", "name", "unit", "roles"] {
        let first = cells.get(name).and_then(|value| value.chars().next());
        if first.is_some_and(|c| matches!(c, '=' | '+' | '-' | '@' | '#')) {
            check.add(name, Code::InputCharacters);
        }
    }
}

/// A table of people.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TakeStaff {
    /// The CSV text with its heads; empty where a file is sent.
    #[serde(default)]
    pub text: String,
    /// A file instead of the text, in base64: CSV in UTF-8, UTF-16 or GBK, or a workbook (XLSX), of which the first sheet counts.
    #[serde(default)]
    pub file: Option<String>,
    /// Nothing is written; only what would come of it is told.
    #[serde(default)]
    pub only_look: bool,
}

/// Somebody who got an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewPerson {
    /// Sign-in name.
    pub username: String,
    /// Name.
    pub name: String,
    /// Name of the unit.
    pub unit_name: String,
    /// The link by which the person chooses a password, once; it is said this once.
    pub link: String,
}

/// What a table of people came to, or would.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffReport {
    /// How it was read, such as `GBK (GB18030)` or `XLSX`.
    pub encoding: String,
    /// Lines with something in them.
    pub lines: u64,
    /// People that are new.
    pub new: u64,
    /// People that are there already, just so.
    pub same: u64,
    /// What cannot be taken: the first hundred.
    pub wrong: Vec<LineReport>,
    /// How many lines cannot be taken.
    pub refused: u64,
    /// Whether the accounts are made.
    pub is_taken: bool,
    /// How many requests for posts now wait for the security administrator.
    pub requests: u64,
    /// The people that are new, once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<NewPerson>,
    /// Until when their links can be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub links_until: Option<Instant>,
}
