//! Aliases of categories (事项别名): what a city calls a category of the tree, with the code that its own systems have for it.
//! Not here: the tree (`categories`), where a name or a code is understood (services).
//! Tickets carry the tree's code alone, so that counts agree between cities; an alias that goes is understood no more.

use super::{cell, maybe};
use crate::fault::{Check, Code};
use crate::register::{Cells, Column, Kind, List, ListCode};
use crate::text::text;

/// The list.
pub(super) static LIST: List = List {
    code: ListCode::Aliases,
    columns: &[
        Column::new("code", text("本地编号", "Own code"), Kind::Code(20))
            .key()
            .needed()
            .help(text(
                "本地系统里的编号，不能与统一的事项编号相同",
                "As the own systems have it; none of the tree's codes",
            ))
            .heads(&["编号"]),
        Column::new("name", text("本地名称", "Own name"), Kind::Line(40))
            .needed()
            .heads(&["名称"]),
        Column::new(
            "category",
            text("事项编号", "Category code"),
            Kind::Of(ListCode::Categories),
        )
        .needed()
        .heads(&["事项", "统一编号"]),
    ],
    has_supplements: true,
    is_nearest: false,
    needs_second: false,
    removable: true,
    check,
};

fn check(cells: &Cells, check: &mut Check) {
    let code = cell(cells, "code");
    if !code.is_empty() && code == cell(cells, "category") {
        check.add("code", Code::InputTaken);
    }
}

/// A row of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AliasRow {
    /// The city's code.
    pub code: String,
    /// The city's name.
    pub name: String,
    /// The category of the tree.
    pub category: String,
}

impl AliasRow {
    /// The row of cells that were read; `None` for others.
    pub fn of(cells: &Cells) -> Option<Self> {
        Some(Self {
            code: maybe(cells, "code")?,
            name: maybe(cells, "name")?,
            category: maybe(cells, "category")?,
        })
    }

    /// Whether somebody who writes this means it.
    pub fn is(&self, word: &str) -> bool {
        self.code.eq_ignore_ascii_case(word) || self.name == word
    }
}
