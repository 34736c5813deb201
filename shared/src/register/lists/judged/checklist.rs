//! What a reply is checked for (答复检查项) by the unit that writes it and by the closing reviewer, who ticks what holds.
//! Not here: hints that the program finds itself (`quality::checklist`); an item whose code is a hint's stands beside that.
//! What was ticked stands in the history with its words of then; a row can go.

use super::super::{cell, of_pairs};
use crate::fault::Check;
use crate::register::{Cells, Column, Kind, List, ListCode, column_of};
use crate::text::{Locale, Text, text};

/// The list.
pub(in crate::register::lists) static LIST: List = List {
    code: ListCode::Checklist,
    columns: &[
        Column::new("code", text("编号", "Code"), Kind::Code(20))
            .key()
            .needed()
            .help(text("定下后不再改", "Permanent")),
        Column::new("zh", text("检查项", "Chinese"), Kind::Line(60))
            .needed()
            .heads(&["检查内容", "名称"]),
        Column::new("en", text("英文", "English"), Kind::Line(120)).needed(),
    ],
    has_supplements: true,
    is_nearest: false,
    needs_second: false,
    removable: true,
    check: |_: &Cells, _: &mut Check| {},
};

/// A row of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckRow {
    pub code: String,
    pub zh: String,
    pub en: String,
}

impl CheckRow {
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

const SHIPPED: [(&str, Text); 7] = [
    (
        "answers",
        text("逐项回应了诉求", "Every point of the request is answered"),
    ),
    (
        "basis",
        text("写明政策法规依据", "The law or policy is named"),
    ),
    (
        "contact",
        text("有承办人和联系电话", "Somebody to ask, with a phone number"),
    ),
    (
        "passing",
        text("没有推诿、套话", "Nothing is pushed on to others"),
    ),
    (
        "personal",
        text("没有泄露他人信息", "Nothing about other people"),
    ),
    (
        "safety",
        text(
            "有安全隐患的写明防范措施",
            "Where there is danger, what to do about it",
        ),
    ),
    ("evidence", text("办理情况有佐证", "What was done is shown")),
];

/// The rows that are shipped.
pub(in crate::register::lists) fn shipped() -> Vec<Cells> {
    let row = |(code, words): &(&str, Text)| {
        of_pairs([
            ("code", Some((*code).to_owned())),
            ("zh", Some(words.zh.to_owned())),
            ("en", Some(words.en.to_owned())),
        ])
    };
    SHIPPED.iter().map(row).collect()
}
