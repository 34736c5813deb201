//! One row of the file: values read and judged. A row is rejected for what cannot be kept; what is only unknown is kept in
//! the source's words, to be completed by the dispatcher.
//! Not here: duplicates (`mod`), making a ticket of it (`build`).

use shared::calendar::Instant;
use shared::person;
use shared::place::DivisionLevel;
use shared::ticket::{RequestKind, rules};

use super::columns::Columns;
use super::dates;
use crate::reference::Reference;

/// Words of other systems for our types.
const KINDS: [(&str, RequestKind); 8] = [
    ("投诉/求助", RequestKind::Complaint),
    ("投诉求助", RequestKind::Complaint),
    ("建言", RequestKind::Suggestion),
    ("意见", RequestKind::Suggestion),
    ("感谢", RequestKind::Praise),
    ("表扬/感谢", RequestKind::Praise),
    ("求决", RequestKind::Help),
    ("其他/无效", RequestKind::Other),
];

/// Why a row is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rejected {
    /// Our name of the column; empty for the whole row.
    pub column: &'static str,
    /// Code of the reason.
    pub reason: &'static str,
}

fn reject(column: &'static str, reason: &'static str) -> Rejected {
    Rejected { column, reason }
}

/// A row that can become a ticket.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub id: String,
    pub at: Option<Instant>,
    pub title: Option<String>,
    pub text: String,
    pub reply: Option<String>,
    pub reply_at: Option<Instant>,
    pub kind: Option<RequestKind>,
    pub category: Option<String>,
    pub region: Option<String>,
    pub address: Option<String>,
    pub name: Option<String>,
    pub phone: Option<String>,
    /// Column and word of what is not known here.
    pub words: Vec<(&'static str, String)>,
}

/// Reads rows against the reference data.
pub(super) struct Reader<'a> {
    pub columns: &'a Columns,
    pub reference: &'a Reference,
    pub now: Instant,
}

impl Reader<'_> {
    /// Reads one row.
    pub fn read(&self, row: &csv::StringRecord) -> Result<Row, Rejected> {
        if row.len() != self.columns.width {
            return Err(reject("", "columns"));
        }
        let value = |name| self.columns.value(row, name).map(clean);
        let id = value("id")
            .filter(|id| !id.is_empty())
            .ok_or(reject("id", "required"))?;
        if id.chars().count() > 64 {
            return Err(reject("id", "too_long"));
        }
        let text = value("text")
            .filter(|text| !text.trim().is_empty())
            .ok_or(reject("text", "required"))?;
        if text.contains('\u{FFFD}') {
            return Err(reject("text", "encoding"));
        }
        let at = self.time(row, "time")?;
        let reply = value("reply").filter(|reply| !reply.trim().is_empty());
        let reply_at = if reply.is_some() {
            self.time(row, "reply_time")?
        } else {
            None
        };
        let phone = match value("phone") {
            Some(given) => {
                Some(person::phone::check(&given).map_err(|_| reject("phone", "phone"))?)
            }
            None => None,
        };
        let mut words = Vec::new();
        let mut keep = |column: &'static str, word: Option<String>| {
            if let Some(word) = word {
                words.push((column, word));
            }
        };
        let kind = value("kind");
        let known_kind = kind.as_deref().and_then(kind_of);
        keep("kind", kind.filter(|_| known_kind.is_none()));
        let category = value("category");
        let known_category = category.as_deref().and_then(|word| self.category(word));
        keep("category", category.filter(|_| known_category.is_none()));
        let region = value("region");
        let known_region = region.as_deref().and_then(|word| self.region(word));
        keep("region", region.filter(|_| known_region.is_none()));
        Ok(Row {
            id,
            at,
            title: value("title").filter(|title| !title.trim().is_empty()),
            text,
            reply,
            reply_at,
            kind: known_kind,
            category: known_category,
            region: known_region,
            address: value("address"),
            name: value("name"),
            phone,
            words,
        })
    }

    fn time(
        &self,
        row: &csv::StringRecord,
        column: &'static str,
    ) -> Result<Option<Instant>, Rejected> {
        let Some(text) = self.columns.value(row, column) else {
            return Ok(None);
        };
        let at = dates::read(&text)
            .filter(|at| at.0 > 0)
            .ok_or(reject(column, "date"))?;
        if at > self.now {
            Err(reject(column, "future_date"))
        } else {
            Ok(Some(at))
        }
    }

    /// A leaf by its code, or by a name that only one leaf has.
    fn category(&self, word: &str) -> Option<String> {
        if self.reference.is_leaf_category(word) {
            return Some(word.to_owned());
        }
        let mut named = self
            .reference
            .categories
            .values()
            .filter(|category| category.is_leaf() && category.name_zh == word);
        let first = named.next()?;
        named.next().is_none().then(|| first.code.clone())
    }

    /// A division of the province by its code, or by a name that only one city, district or county has.
    fn region(&self, word: &str) -> Option<String> {
        let prefix = &super::PROVINCE[..2];
        if let Some(known) = self.reference.divisions.get(word) {
            return (known.code.starts_with(prefix) && known.level != DivisionLevel::Province)
                .then(|| known.code.clone());
        }
        let mut named = self.reference.divisions.values().filter(|d| {
            d.code.starts_with(prefix)
                && matches!(d.level, DivisionLevel::City | DivisionLevel::County)
                && d.name == word
        });
        let first = named.next()?;
        named.next().is_none().then(|| first.code.clone())
    }
}

fn kind_of(word: &str) -> Option<RequestKind> {
    RequestKind::parse(word)
        .or_else(|| {
            RequestKind::ALL
                .iter()
                .copied()
                .find(|kind| kind.text().zh == word)
        })
        .or_else(|| {
            KINDS
                .iter()
                .find(|(known, _)| *known == word)
                .map(|(_, kind)| *kind)
        })
}

/// Control and direction characters are taken out; everything else is kept as it came.
fn clean(text: String) -> String {
    if text.chars().any(rules::is_forbidden) {
        text.chars().filter(|c| !rules::is_forbidden(*c)).collect()
    } else {
        text
    }
}
