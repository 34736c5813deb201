//! Lists whose rows are a code with a name in both languages: one shape, one way to read and to ship them.
//! Not here: lists whose rows say more. What is kept elsewhere under a code is said there (each list).

pub(super) mod bodies;
pub(super) mod channels;
pub(super) mod checklist;
pub(super) mod tags;

pub use channels::ChannelRow;

use super::{cell, of_pairs};
use crate::register::{Cells, List, ListCode, column_of};
use crate::text::{Locale, Text};
use crate::ticket::view::TagView;

/// What such lists have in common; code and columns are each one's own.
const PLAIN: List = List {
    code: ListCode::Tags,
    columns: &[],
    has_supplements: true,
    is_nearest: false,
    needs_second: false,
    removable: true,
    check: |_, _| {},
};

/// A row of one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedRow {
    /// Its code.
    pub code: String,
    /// Chinese name.
    pub zh: String,
    /// English name.
    pub en: String,
}

impl NamedRow {
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

impl From<NamedRow> for TagView {
    fn from(row: NamedRow) -> Self {
        let NamedRow { code, zh, en } = row;
        Self { code, zh, en }
    }
}

/// Rows that are shipped, as cells.
pub(super) fn shipped(rows: &[(&str, Text)]) -> Vec<Cells> {
    let row = |(code, words): &(&str, Text)| {
        of_pairs([
            ("code", Some((*code).to_owned())),
            ("zh", Some(words.zh.to_owned())),
            ("en", Some(words.en.to_owned())),
        ])
    };
    rows.iter().map(row).collect()
}
