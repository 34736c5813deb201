//! Tags (工单标签): named marks that the centre puts on tickets when it registers or dispatches them, and by which lists are searched.
//! Not here: which ticket carries one (the ticket's `tags`).
//! A tag that goes is no longer offered; tickets keep its code, which is then shown as it is.

use super::{cell, of_pairs};
use crate::fault::Check;
use crate::register::{Cells, Column, Kind, List, ListCode, column_of};
use crate::text::{Locale, Text, text};

/// The list.
pub(super) static LIST: List = List {
    code: ListCode::Tags,
    columns: &[
        Column::new("code", text("编号", "Code"), Kind::Code(20))
            .key()
            .needed()
            .help(text("定下后不再改", "Permanent")),
        Column::new("zh", text("中文名称", "Chinese name"), Kind::Line(20))
            .needed()
            .heads(&["名称", "标签"]),
        Column::new("en", text("英文名称", "English name"), Kind::Line(40)).needed(),
    ],
    has_supplements: true,
    is_nearest: false,
    needs_second: false,
    removable: true,
    check: |_: &Cells, _: &mut Check| {},
};

/// A row of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagRow {
    pub code: String,
    pub zh: String,
    pub en: String,
}

impl TagRow {
    /// The row of cells that were read; `None` for others.
    pub fn of(cells: &Cells) -> Option<Self> {
        let row = Self {
            code: cell(cells, "code").to_owned(),
            zh: cell(cells, column_of(Locale::Zh)).to_owned(),
            en: cell(cells, column_of(Locale::En)).to_owned(),
        };
        (!row.code.is_empty()).then_some(row)
    }
}

const SHIPPED: [(&str, Text); 5] = [
    ("repeat", text("重复诉求", "Repeated request")),
    ("group", text("群体诉求", "Many citizens")),
    ("media", text("媒体关注", "In the media")),
    ("leader", text("领导批示", "A leader's instruction")),
    ("safety", text("安全隐患", "Danger")),
];

/// The rows that are shipped.
pub(super) fn shipped() -> Vec<Cells> {
    let row = |(code, words): &(&str, Text)| {
        of_pairs([
            ("code", Some((*code).to_owned())),
            ("zh", Some(words.zh.to_owned())),
            ("en", Some(words.en.to_owned())),
        ])
    };
    SHIPPED.iter().map(row).collect()
}
