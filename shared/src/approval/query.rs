//! The filters and orders of lists of approvals: one form for the page's address and the interface.
//! Not here: SQL (store), who may see what (scope, added by who reads), the shelves.
//! What is searched of a title: pairs of characters that stand together, but never two digits, since numbers of people are masked there.

use std::collections::BTreeSet;

use super::ApprovalStatus;
use crate::fault::Fault;
use crate::query::pairs::{
    bounded, code, flag, from, joined, list_of, one, print_from, print_to, to, unknown, words,
    wrong,
};
use crate::ticket::Light;

codes! {
    /// Orders of lists of approvals; each has an index.
    ApprovalSort {
        StartedDesc = "-started_at", "-started_at", "最新发起", "Newest first";
        StartedAsc = "started_at", "started_at", "最早发起", "Oldest first";
        UpdatedDesc = "-updated_at", "-updated_at", "最近更新", "Last changed first";
    }
}

impl ApprovalSort {
    /// The usual one.
    pub const USUAL: Self = Self::StartedDesc;
}

/// Filters of a list of approvals. Times are RFC 3339 or dates (+08:00), `from` inclusive, `to` exclusive (a date's `to` means the end of that day).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApprovalFilter {
    /// Any of these.
    pub status: Vec<ApprovalStatus>,
    /// Key of the definition.
    pub definition: Option<String>,
    /// Unit of whoever filed it; includes units below it.
    pub unit: Option<String>,
    /// Division of whoever filed it, or what its code begins with; includes everything below it.
    pub region: Option<String>,
    /// What the name of whoever filed it begins with.
    pub by: Option<String>,
    /// The number, or what it begins with.
    pub no: Option<String>,
    /// Id of an element at which it stands.
    pub step: Option<String>,
    /// The worst light of its open tasks now.
    pub light: Option<Light>,
    /// Whether an open task is past its deadline now.
    pub overdue: Option<bool>,
    /// Milliseconds since 1970 UTC, inclusive.
    pub started_from: Option<i64>,
    /// Milliseconds since 1970 UTC, exclusive.
    pub started_to: Option<i64>,
    /// Milliseconds since 1970 UTC, inclusive.
    pub ended_from: Option<i64>,
    /// Milliseconds since 1970 UTC, exclusive.
    pub ended_to: Option<i64>,
    /// Milliseconds since 1970 UTC, inclusive.
    pub due_from: Option<i64>,
    /// Milliseconds since 1970 UTC, exclusive.
    pub due_to: Option<i64>,
    /// Words of the title, or the beginning of a number.
    pub q: Option<String>,
}

impl ApprovalFilter {
    /// Their names in a query string.
    pub const NAMES: [&'static str; 16] = [
        "status",
        "definition",
        "unit",
        "region",
        "by",
        "no",
        "step",
        "light",
        "overdue",
        "started_from",
        "started_to",
        "ended_from",
        "ended_to",
        "due_from",
        "due_to",
        "q",
    ];

    /// Reads the filters; later pairs of a single-valued filter win.
    ///
    /// # Errors
    /// `input.query` naming the first unknown name or the first value that cannot be read.
    pub fn from_pairs(pairs: &[(String, String)]) -> Result<Self, Fault> {
        bounded(pairs)?;
        let mut filter = Self::default();
        for (name, value) in pairs {
            if !filter.take(name, value.trim())? {
                return Err(unknown(name, value));
            }
        }
        Ok(filter)
    }

    /// Whether nothing is filtered.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Prints the filters; `from_pairs` of it gives the same filter again.
    pub fn to_pairs(&self) -> Vec<(String, String)> {
        let all = [
            ("status", joined(&self.status)),
            ("definition", self.definition.clone()),
            ("unit", self.unit.clone()),
            ("region", self.region.clone()),
            ("by", self.by.clone()),
            ("no", self.no.clone()),
            ("step", self.step.clone()),
            ("light", self.light.map(|light| light.to_string())),
            ("overdue", self.overdue.map(|overdue| overdue.to_string())),
            ("started_from", self.started_from.map(print_from)),
            ("started_to", self.started_to.map(print_to)),
            ("ended_from", self.ended_from.map(print_from)),
            ("ended_to", self.ended_to.map(print_to)),
            ("due_from", self.due_from.map(print_from)),
            ("due_to", self.due_to.map(print_to)),
            ("q", self.q.clone()),
        ];
        let said = all.into_iter();
        said.filter_map(|(name, value)| Some((name.to_owned(), value?)))
            .collect()
    }

    /// Takes one pair; `false` when the name is not one of the filters.
    fn take(&mut self, name: &str, value: &str) -> Result<bool, Fault> {
        const LONGEST: usize = 100;
        if value.chars().count() > LONGEST {
            return Err(wrong(name, value));
        }
        match name {
            "status" => list_of(name, value, &mut self.status)?,
            "definition" => self.definition = typed(name, value)?,
            "unit" => self.unit = code(name, value)?,
            "region" => self.region = digits(name, value)?,
            "by" => self.by = typed(name, value)?,
            "no" => self.no = typed(name, value)?,
            "step" => self.step = typed(name, value)?,
            "light" => self.light = one(name, value)?,
            "overdue" => self.overdue = flag(name, value)?,
            "started_from" => self.started_from = from(name, value)?,
            "started_to" => self.started_to = to(name, value)?,
            "ended_from" => self.ended_from = from(name, value)?,
            "ended_to" => self.ended_to = to(name, value)?,
            "due_from" => self.due_from = from(name, value)?,
            "due_to" => self.due_to = to(name, value)?,
            "q" => {
                self.q = typed(name, value)?;
                let is_nothing = self.q.as_deref().is_some_and(|q| Sought::of(q).is_none());
                if is_nothing {
                    return Err(wrong(name, value));
                }
            }
            _ => return Ok(false),
        }
        Ok(true)
    }
}

fn typed(name: &str, value: &str) -> Result<Option<String>, Fault> {
    Ok(Some(words(name, value)?).filter(|words| !words.is_empty()))
}

fn digits(name: &str, value: &str) -> Result<Option<String>, Fault> {
    let code = code(name, value)?;
    let is_code =
        |code: &String| matches!(code.len(), 2 | 4 | 6) && code.bytes().all(|b| b.is_ascii_digit());
    match code {
        Some(code) if !is_code(&code) => Err(wrong(name, value)),
        other => Ok(other),
    }
}

/// What approvals are looked for by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sought {
    /// What the number begins with.
    Number(String),
    /// Terms that all stand in the title.
    Terms(BTreeSet<String>),
    /// One character, with which a term of the title begins.
    Beginning(String),
}

/// Fewest characters of what is taken for the beginning of a number.
const FEWEST_OF_NUMBER: usize = 4;

impl Sought {
    /// What typed words look for; nothing for signs, and for digits that may be part of somebody's number.
    pub fn of(q: &str) -> Option<Self> {
        let q = q.trim();
        let is_plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        let begins_so = q.bytes().take_while(u8::is_ascii_digit).count() >= FEWEST_OF_NUMBER;
        if begins_so && q.bytes().all(is_plain) {
            return Some(Self::Number(q.to_owned()));
        }
        let terms: BTreeSet<String> = q.split(char::is_whitespace).flat_map(pairs).collect();
        if !terms.is_empty() {
            return Some(Self::Terms(terms));
        }
        let mut chars = q.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if c.is_alphanumeric() && !is_digit(c) => {
                Some(Self::Beginning(c.to_ascii_lowercase().to_string()))
            }
            _ => None,
        }
    }
}

/// The terms by which a title is found: its pairs, and the last character of each word, so that a single one is found as well.
pub fn terms_of(title: &str) -> BTreeSet<String> {
    let mut terms = BTreeSet::new();
    for word in title.split(char::is_whitespace) {
        terms.extend(pairs(word));
        let last = word.chars().next_back().filter(|c| !is_digit(*c));
        terms.extend(last.map(|c| c.to_ascii_lowercase().to_string()));
    }
    terms
}

/// Two and two characters of a word, in small letters; never two digits.
fn pairs(word: &str) -> Vec<String> {
    let chars: Vec<char> = word.chars().map(|c| c.to_ascii_lowercase()).collect();
    let pairs = chars.windows(2);
    let pairs = pairs.filter(|pair| !pair.iter().all(|c| is_digit(*c)));
    pairs.map(|pair| pair.iter().collect()).collect()
}

/// A digit as titles are masked by, of either width.
fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<ApprovalFilter, Fault> {
        ApprovalFilter::from_pairs(&crate::query::pairs_of(query))
    }

    #[test]
    fn filters_come_back_as_they_were_said() {
        let said = "status=running,ended&definition=permit-sample&unit=3201-ZJJ&region=3201&by=李&no=3201&step=intake&light=red&overdue=true\
                    &started_from=2026-03-01&started_to=2026-03-02&ended_from=2026-03-01&due_to=2026-03-09&q=占道";
        let filter = read(said).expect("read");
        assert_eq!(
            filter.status,
            [ApprovalStatus::Running, ApprovalStatus::Ended]
        );
        assert_eq!(ApprovalFilter::from_pairs(&filter.to_pairs()), Ok(filter));
        let empty = read("q=&status=&light=").expect("fields of an empty form");
        assert!(empty.is_empty() && empty.to_pairs().is_empty());
        for wrong in [
            "status=x",
            "region=32a",
            "light=blue",
            "q=。",
            "q=12",
            "nothing=1",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn numbers_of_people_are_no_terms() {
        let terms = terms_of("电话13812345678 中山路A1");
        for term in ["电话", "中山", "路a", "a1", "话1"] {
            assert!(terms.contains(term), "{term}");
        }
        assert!(!terms.contains("13") && !terms.contains("8"));
        let long = |term: &String| term.chars().filter(|c| is_digit(*c)).count() > 1;
        assert!(!terms.iter().any(long), "{terms:?}");
    }

    #[test]
    fn what_is_typed_is_a_number_or_words() {
        assert_eq!(
            Sought::of("3201-LEAVE"),
            Some(Sought::Number("3201-LEAVE".to_owned()))
        );
        let terms = ["中山", "山路"].map(str::to_owned).into_iter().collect();
        assert_eq!(Sought::of(" 中山路 "), Some(Sought::Terms(terms)));
        assert_eq!(Sought::of("路"), Some(Sought::Beginning("路".to_owned())));
        for nothing in ["", "。", "12", "７"] {
            assert_eq!(Sought::of(nothing), None, "{nothing}");
        }
    }
}
