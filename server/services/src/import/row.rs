//! One row of the file: values read and judged. A row is rejected for what cannot be kept; what is only unknown is kept in
//! the source's words, to be completed by the dispatcher, and noted.
//! Not here: duplicates (`mod`), making a ticket of it (`build`).

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use shared::calendar::Instant;
use shared::import::Reason;
use shared::input::moment::{self, WrongMoment};
use shared::input::{body, code, line};
use shared::person;
use shared::ticket::RequestKind;
use shared::ticket::command::Citizen;

use super::columns::Columns;
use super::{contacts, places};
use crate::reference::Reference;
use crate::sheet::Row as Cells;

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
/// Longest id in characters.
const ID: usize = 64;
/// Words of places that are remembered.
const REMEMBERED: usize = 10_000;

/// Why a row is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rejected {
    /// The row's own id, when it has one.
    pub id: String,
    /// Our name of the column; empty for the whole row.
    pub column: &'static str,
    /// What stands there.
    pub value: String,
    /// Why.
    pub reason: Reason,
}

/// Something that was taken otherwise than as a value of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Note {
    pub column: &'static str,
    pub value: String,
    pub reason: Reason,
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
    /// Whom it is about, in the source's words.
    pub accused: Option<String>,
    /// Who speaks; `None` when nothing of it is known.
    pub citizen: Option<Citizen>,
    /// Words by our column or by the file's head, of what is not known here.
    pub words: BTreeMap<String, String>,
    pub notes: Vec<Note>,
}

/// Reads rows against the reference data.
pub(super) struct Reader<'a> {
    pub columns: &'a Columns,
    pub reference: &'a Reference,
    pub now: Instant,
    pub places: &'a Places,
}

/// Places that were looked up before, by the source's words.
#[derive(Debug, Default)]
pub(super) struct Places(RefCell<HashMap<String, Option<String>>>);

/// What is kept in the source's words.
#[derive(Default)]
struct Kept {
    words: BTreeMap<String, String>,
    notes: Vec<Note>,
}

impl Kept {
    fn keep(&mut self, column: &'static str, value: String, reason: Reason) {
        self.notes.push(Note {
            column,
            value: value.clone(),
            reason,
        });
        self.words.insert(column.to_owned(), value);
    }
}

impl Reader<'_> {
    /// Reads one row.
    pub fn read(&self, row: &Cells) -> Result<Row, Rejected> {
        let cells = &row.cells;
        let id = self.id(cells)?;
        let reject = |column: &'static str, value: &str, reason: Reason| Rejected {
            id: id.clone(),
            column,
            value: value.to_owned(),
            reason,
        };
        let extra = cells.iter().skip(self.columns.heads.len());
        if let Some(value) = extra.clone().find(|cell| !cell.trim().is_empty()) {
            return Err(reject("", value.trim(), Reason::Columns));
        }
        let value = |name| self.columns.value(cells, name);
        let text = value("text")
            .map(|text| body(&text).trim().to_owned())
            .filter(|text| !text.is_empty())
            .ok_or_else(|| reject("text", "", Reason::Required))?;
        if text.contains('\u{FFFD}') {
            return Err(reject("text", &text, Reason::Encoding));
        }
        let mut kept = Kept::default();
        let time = |column| {
            self.time(cells, column)
                .map_err(|(value, reason)| reject(column, &value, reason))
        };
        let at = time("time")?;
        let reply = value("reply")
            .map(|reply| body(&reply).trim().to_owned())
            .filter(|reply| !reply.is_empty());
        let reply_at = self.reply_time(cells, at, reply.is_some(), &mut kept);
        let kind = self.known(cells, "kind", &mut kept, kind_of);
        let place = value("region").and_then(|word| self.region(&line(&word)));
        let place = place.unwrap_or_default();
        let category = self.known(cells, "category", &mut kept, |word| {
            self.category(word, &place)
        });
        let region = self.known(cells, "region", &mut kept, |word| self.region(word));
        self.others(cells, &mut kept);
        let citizen = self.citizen(cells, &mut kept);
        Ok(Row {
            at,
            title: value("title")
                .map(|title| line(&title))
                .filter(|title| !title.is_empty()),
            text,
            reply,
            reply_at,
            kind,
            category,
            region,
            address: value("address")
                .map(|text| line(&text))
                .filter(|text| !text.is_empty()),
            accused: value("accused")
                .map(|text| line(&text))
                .filter(|text| !text.is_empty()),
            citizen,
            words: kept.words,
            notes: kept.notes,
            id,
        })
    }

    fn id(&self, cells: &[String]) -> Result<String, Rejected> {
        let id = self
            .columns
            .value(cells, "id")
            .map(|id| line(&id).trim_start_matches('\'').to_owned())
            .unwrap_or_default();
        let reject = |reason| Rejected {
            id: id.chars().take(ID).collect(),
            column: "id",
            value: id.clone(),
            reason,
        };
        match id.chars().count() {
            0 => Err(reject(Reason::Required)),
            length if length > ID => Err(reject(Reason::TooLong)),
            _ => Ok(id),
        }
    }

    fn time(
        &self,
        cells: &[String],
        column: &'static str,
    ) -> Result<Option<Instant>, (String, Reason)> {
        let Some(text) = self.columns.value(cells, column) else {
            return Ok(None);
        };
        match moment::read(&text) {
            Ok(read) if read.at.0 <= 0 => Err((text, Reason::Date)),
            Ok(read) if read.at > self.now => Err((text, Reason::FutureDate)),
            Ok(read) => Ok(Some(read.at)),
            Err(why) => Err((text, reason(why))),
        }
    }

    /// The time of the reply never costs the row: what cannot be used is kept in the source's words.
    fn reply_time(
        &self,
        cells: &[String],
        at: Option<Instant>,
        replied: bool,
        kept: &mut Kept,
    ) -> Option<Instant> {
        match self.time(cells, "reply_time") {
            Ok(None) => None,
            Ok(Some(moment)) => {
                let why = if !replied {
                    Some(Reason::WithoutReply)
                } else if at.is_some_and(|at| moment < at) {
                    Some(Reason::Before)
                } else {
                    None
                };
                let Some(why) = why else {
                    return Some(moment);
                };
                let text = self.columns.raw(cells, "reply_time").unwrap_or_default();
                kept.keep("reply_time", line(text), why);
                None
            }
            Err((text, why)) => {
                kept.keep("reply_time", line(&text), why);
                None
            }
        }
    }

    /// A value of an open list, or its words.
    fn known<T>(
        &self,
        cells: &[String],
        column: &'static str,
        kept: &mut Kept,
        find: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let word = line(&self.columns.value(cells, column)?);
        let found = find(&word);
        if found.is_none() && !word.is_empty() {
            kept.keep(column, word, Reason::Kept);
        }
        found
    }

    /// Columns that nothing maps, by their heads.
    fn others(&self, cells: &[String], kept: &mut Kept) {
        for column in self.columns.unmapped.iter().filter(|one| !one.personal) {
            let value = cells.get(column.place).map(|cell| body(cell));
            if let Some(value) = value.map(|text| text.trim().to_owned())
                && !value.is_empty()
            {
                kept.words.insert(column.head.clone(), value);
            }
        }
    }

    fn citizen(&self, cells: &[String], kept: &mut Kept) -> Option<Citizen> {
        let value = |name| {
            let text = line(&self.columns.value(cells, name)?);
            (!text.is_empty()).then_some(text)
        };
        let phones = self
            .columns
            .value(cells, "phone")
            .map(|text| contacts::read(&text))
            .unwrap_or_default();
        let mut other = phones.other;
        if phones.phone.is_none() {
            for given in &other {
                kept.notes.push(Note {
                    column: "phone",
                    value: given.clone(),
                    reason: Reason::KeptContact,
                });
            }
        }
        if let Some(words) = phones.words {
            kept.keep("phone", words, Reason::Kept);
        }
        other.extend(value("contact"));
        let id_number = value("id_number").and_then(|text| {
            if let Some(document) = person::document::check(&text) {
                Some(document.number)
            } else {
                other.push(text);
                None
            }
        });
        let email = value("email").and_then(|text| {
            let address = code(&text);
            if person::email::check(&address) {
                Some(address)
            } else {
                other.push(text);
                None
            }
        });
        for column in self.columns.unmapped.iter().filter(|one| one.personal) {
            if let Some(text) = cells.get(column.place).map(|cell| line(cell))
                && !text.is_empty()
            {
                other.push(format!("{}：{text}", column.head));
            }
        }
        let citizen = Citizen {
            name: value("name"),
            phone: phones.phone,
            backup_contact: (!other.is_empty()).then(|| other.join("；")),
            email,
            id_number,
            organisation: value("organisation"),
            ..Citizen::default()
        };
        (citizen != Citizen::default()).then_some(citizen)
    }

    /// A leaf by its code, by its path as our own export prints it, by a name that only one leaf has, or by what its place calls it.
    fn category(&self, word: &str, place: &str) -> Option<String> {
        if self.reference.is_leaf_category(word) {
            return Some(word.to_owned());
        }
        let name = word.rsplit('/').next().unwrap_or(word).trim();
        let mut named = self
            .reference
            .categories
            .values()
            .filter(|category| category.is_leaf() && category.name_zh == name)
            .filter(|category| name == word || self.is_path(&category.code, word));
        let Some(first) = named.next() else {
            let called = self.reference.lists.category_called(place, word);
            return called.filter(|code| self.reference.is_leaf_category(code));
        };
        named.next().is_none().then(|| first.code.clone())
    }

    fn is_path(&self, code: &str, path: &str) -> bool {
        let path_of = self.reference.category(code);
        let bare = |text: &str| text.replace(' ', "");
        path_of.is_some_and(|view| bare(&view.path_zh) == bare(path))
    }

    fn region(&self, word: &str) -> Option<String> {
        let mut known = self.places.0.borrow_mut();
        if let Some(found) = known.get(word) {
            return found.clone();
        }
        if known.len() >= REMEMBERED {
            known.clear();
        }
        let found = places::find(self.reference, super::PROVINCE, word);
        known.insert(word.to_owned(), found.clone());
        found
    }
}

/// The reason for a time that cannot be read.
fn reason(why: WrongMoment) -> Reason {
    match why {
        WrongMoment::Unreadable => Reason::Date,
        WrongMoment::ShortYear => Reason::ShortYear,
        WrongMoment::DayOrMonth => Reason::DayOrMonth,
        WrongMoment::NoDay => Reason::NoDay,
        WrongMoment::NoSuchDay => Reason::NoSuchDay,
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
