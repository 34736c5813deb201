//! Synonyms (同义词): groups of words that mean the same, by which a search is widened, visibly and only while its reader wants it.
//! Not here: searching (services), names of categories at a place (`aliases`).
//! The search of the list is widened by them alike, with its number, its export and its figures, unless only the words themselves are wanted.

use super::{cell, maybe};
use crate::fault::{Check, Code};
use crate::register::{Cells, Column, Kind, List, ListCode};
use crate::text::text;

/// The list.
pub(super) static LIST: List = List {
    code: ListCode::Synonyms,
    columns: &[
        Column::new("code", text("编号", "Code"), Kind::Code(20))
            .key()
            .needed()
            .help(text("定下后不再改", "Permanent")),
        Column::new("words", text("同义的词", "Words"), Kind::Line(200))
            .needed()
            .help(text(
                "两个以上，用顿号或逗号分开，每个两个字以上，如：路灯、街灯、照明灯",
                "Two or more, divided by commas, each of two characters or more",
            ))
            .heads(&["同义词", "词"]),
    ],
    has_supplements: true,
    is_nearest: true,
    needs_second: false,
    removable: true,
    check,
};

fn check(cells: &Cells, check: &mut Check) {
    let said = cell(cells, "words");
    let words = words_of(said);
    let is_short = words.iter().any(|word| word.chars().count() < 2);
    if is_short {
        check.add_with("words", Code::InputTooShort, &[("min", &2)]);
    } else if !said.is_empty() && words.len() < 2 {
        check.add("words", Code::InputTooShort);
    }
}

/// The words of a group.
fn words_of(text: &str) -> Vec<String> {
    let words = text.split(['、', '，', ',', '；', ';']);
    let words = words.map(|word| word.trim().to_lowercase());
    words.filter(|word| !word.is_empty()).collect()
}

/// A group of words that mean the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SynonymRow {
    /// The words, in small letters.
    pub words: Vec<String>,
}

impl SynonymRow {
    /// The row of cells that were read; `None` for others.
    pub fn of(cells: &Cells) -> Option<Self> {
        let words = words_of(&maybe(cells, "words")?);
        (words.len() > 1).then_some(Self { words })
    }

    /// What somebody typed, once with each other word in the place of the first of the group that stands in it.
    pub fn others(&self, typed: &str) -> Vec<String> {
        let typed = typed.to_lowercase();
        let Some(own) = self.words.iter().find(|word| typed.contains(*word)) else {
            return Vec::new();
        };
        let others = self.words.iter().filter(|word| *word != own);
        others.map(|word| typed.replace(own, word)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_stands_for_each_other_of_its_group() {
        let cells: Cells = [("code", "LAMP"), ("words", "路灯、街灯，照明灯")]
            .map(|(column, value)| (column.to_owned(), value.to_owned()))
            .into();
        let row = SynonymRow::of(&cells).expect("a group");
        assert_eq!(row.others("中山路街灯"), ["中山路路灯", "中山路照明灯"]);
        assert!(row.others("漏水").is_empty());
        let mut found = Check::default();
        check(&cells, &mut found);
        assert!(found.finish().is_ok());
    }
}
