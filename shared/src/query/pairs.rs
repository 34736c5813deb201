//! Reading filters from the pairs of a query string and printing them again; one form for page, REST, export and report cells.
//! Lists come repeated or joined with commas; empty values count as absent, since forms send empty fields.
//! Not here: what the filters mean (`TicketFilter`), SQL (store).

use std::fmt::Display;
use std::str::FromStr;

use chrono::{Days, NaiveTime};

use super::language::{Expr, WHERE};
use super::{Sort, TicketFilter, TicketQuery};
use crate::calendar::{self, Instant};
use crate::fault::{Code, Fault, FieldFault};

/// Rows of a page when the query says nothing.
pub const DEFAULT_LIMIT: u32 = 50;
/// Most rows of a page.
pub const MAX_LIMIT: u32 = 200;
/// Longest value in characters.
const MAX_VALUE: usize = 200;
/// What stands before the code of an own field.
const OWN: &str = "own.";
/// Most own fields that are shown beside the rest, and most that are filtered by.
const MOST_COLUMNS: usize = 20;
/// Most pairs of a query; a form sends some forty.
const MOST_PAIRS: usize = 200;

/// The pairs of a query string, with or without its question mark; what is not readable at all gives none.
pub fn pairs_of(query: &str) -> Vec<(String, String)> {
    serde_urlencoded::from_str(query.trim_start_matches('?')).unwrap_or_default()
}

/// A text as it stands behind `name=` in a query string.
pub fn encoded(text: &str) -> String {
    let pair = serde_urlencoded::to_string([("v", text)]).unwrap_or_default();
    pair.trim_start_matches("v=").to_owned()
}

/// The first value of a name among pairs, without surrounding spaces; empty values count as absent.
pub fn value_of<'p>(pairs: &'p [(String, String)], name: &str) -> Option<&'p str> {
    let found = pairs.iter().find(|(other, _)| other == name);
    found
        .map(|(_, value)| value.trim())
        .filter(|value| !value.is_empty())
}

impl TicketFilter {
    /// Reads the filters; later pairs of a single-valued filter win.
    ///
    /// # Errors
    /// `input.query` naming the first unknown name or the first value that cannot be read.
    pub fn from_pairs(pairs: &[(String, String)]) -> Result<Self, Fault> {
        bounded(pairs)?;
        let mut filter = Self::default();
        for (name, value) in pairs {
            if !filter.take(name, value)? {
                return Err(unknown(name, value));
            }
        }
        Ok(filter)
    }

    /// Prints the filters; `from_pairs` of it gives the same filter again.
    pub fn to_pairs(&self) -> Vec<(String, String)> {
        let mut out: Vec<(String, String)> = Vec::new();
        let mut put = |name: &str, value: Option<String>| {
            out.extend(value.map(|value| (name.to_owned(), value)));
        };
        put("state", joined(&self.state));
        put("kind", joined(&self.kind));
        put("category", self.category.clone());
        put("region", self.region.clone());
        put("unit", self.unit.clone());
        put("lead_unit", self.lead_unit.clone());
        put("channel", joined(&self.channel));
        put("tag", self.tag.clone());
        put("mine", self.mine.map(|mine| mine.to_string()));
        put("ruling", self.ruling.map(|ruling| ruling.to_string()));
        for (field, value) in &self.own {
            put(&format!("{OWN}{field}"), Some(value.clone()));
        }
        put("light", self.light.map(|light| light.to_string()));
        put("overdue", self.overdue.map(|overdue| overdue.to_string()));
        put("accepted_from", self.accepted_from.map(print_from));
        put("accepted_to", self.accepted_to.map(print_to));
        put("due_from", self.due_from.map(print_from));
        put("due_to", self.due_to.map(print_to));
        put("closed_from", self.closed_from.map(print_from));
        put("closed_to", self.closed_to.map(print_to));
        put("measure", self.measure.map(|measure| measure.to_string()));
        put("cell", self.cell.as_ref().map(ToString::to_string));
        put("q", self.q.clone());
        put("exact", self.exact.then(|| true.to_string()));
        put(WHERE, self.expr.as_ref().map(ToString::to_string));
        out
    }

    /// The filters as a query string without the question mark; empty without filters.
    pub fn to_query(&self) -> String {
        serde_urlencoded::to_string(self.to_pairs()).unwrap_or_default()
    }

    /// Whether nothing is filtered.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Takes one pair; `false` when the name is not one of the filters.
    fn take(&mut self, name: &str, value: &str) -> Result<bool, Fault> {
        let value = value.trim();
        if name == WHERE {
            return self.take_where(value).map(|()| true);
        }
        if value.chars().count() > MAX_VALUE
            && !matches!(name, "state" | "channel" | "columns" | "cell")
        {
            return Err(wrong(name, value));
        }
        match name {
            "state" => list_of(name, value, &mut self.state)?,
            "kind" => list_of(name, value, &mut self.kind)?,
            "channel" => list_of(name, value, &mut self.channel)?,
            "category" => self.category = code(name, value)?,
            "region" => self.region = code(name, value)?,
            "unit" => self.unit = code(name, value)?,
            "lead_unit" => self.lead_unit = code(name, value)?,
            "tag" => self.tag = code(name, value)?,
            "mine" => self.mine = flag(name, value)?.filter(|mine| *mine),
            "ruling" => self.ruling = one(name, value)?,
            "light" => self.light = one(name, value)?,
            "overdue" => self.overdue = flag(name, value)?,
            "accepted_from" => self.accepted_from = from(name, value)?,
            "accepted_to" => self.accepted_to = to(name, value)?,
            "due_from" => self.due_from = from(name, value)?,
            "due_to" => self.due_to = to(name, value)?,
            "closed_from" => self.closed_from = from(name, value)?,
            "closed_to" => self.closed_to = to(name, value)?,
            "measure" => self.measure = one(name, value)?,
            "cell" => self.cell = one(name, value)?,
            "q" => self.q = Some(words(name, value)?).filter(|words| !words.is_empty()),
            "exact" => self.exact = flag(name, value)?.unwrap_or_default(),
            _ => return self.answer(name, value),
        }
        Ok(true)
    }
}

impl TicketFilter {
    /// Takes an expression; an empty one is none.
    fn take_where(&mut self, value: &str) -> Result<(), Fault> {
        self.expr = None;
        if !value.is_empty() {
            let read = Expr::parse(value).map_err(|mistake| mistake.fault())?;
            self.expr = Some(read);
        }
        Ok(())
    }

    /// Takes an answer to an own field; `false` for another name.
    fn answer(&mut self, name: &str, value: &str) -> Result<bool, Fault> {
        let Some(field) = name.strip_prefix(OWN) else {
            return Ok(false);
        };
        let field = own_field(field).ok_or_else(|| wrong(name, value))?;
        let value = words(name, value)?;
        if !value.is_empty() {
            self.own.insert(field, value);
        }
        if self.own.len() > MOST_COLUMNS {
            return Err(many(name, MOST_COLUMNS));
        }
        Ok(true)
    }
}

impl Default for TicketQuery {
    fn default() -> Self {
        Self {
            filter: TicketFilter::default(),
            sort: Sort::AcceptedDesc,
            limit: DEFAULT_LIMIT,
            cursor: None,
            columns: Vec::new(),
        }
    }
}

impl TicketQuery {
    /// Reads filters with `sort`, `limit` (1 to 200) and `cursor`.
    ///
    /// # Errors
    /// `input.query` naming what cannot be read; `input.cursor` is left to the store, which knows its cursors.
    pub fn from_pairs(pairs: &[(String, String)]) -> Result<Self, Fault> {
        bounded(pairs)?;
        let mut query = Self::default();
        for (name, value) in pairs {
            let given = Some(value.trim()).filter(|value| !value.is_empty());
            match name.as_str() {
                "sort" => query.sort = one(name, value)?.unwrap_or(query.sort),
                "limit" => {
                    query.limit = given.map_or(Ok(query.limit), |value| limit(name, value))?;
                }
                "columns" => query.columns(name, value)?,
                "cursor" => query.cursor = given.map(str::to_owned),
                _ => {
                    if !query.filter.take(name, value)? {
                        return Err(unknown(name, value));
                    }
                }
            }
        }
        Ok(query)
    }

    fn columns(&mut self, name: &str, value: &str) -> Result<(), Fault> {
        for part in value.split(',').map(str::trim) {
            if part.is_empty() {
                continue;
            }
            let field = own_field(part).ok_or_else(|| wrong(name, value))?;
            if !self.columns.contains(&field) {
                self.columns.push(field);
            }
            if self.columns.len() > MOST_COLUMNS {
                return Err(many(name, MOST_COLUMNS));
            }
        }
        Ok(())
    }

    /// Reads a whole query string.
    ///
    /// # Errors
    /// As `from_pairs`.
    pub fn from_query(query: &str) -> Result<Self, Fault> {
        Self::from_pairs(&pairs_of(query))
    }

    /// Prints filters, a sort order and a size other than the usual ones, and the cursor.
    pub fn to_pairs(&self) -> Vec<(String, String)> {
        let mut out = self.filter.to_pairs();
        let usual = Self::default();
        let rest = [
            (
                "sort",
                (self.sort != usual.sort).then(|| self.sort.to_string()),
            ),
            (
                "limit",
                (self.limit != usual.limit).then(|| self.limit.to_string()),
            ),
            ("columns", joined(&self.columns)),
            ("cursor", self.cursor.clone()),
        ];
        out.extend(
            rest.into_iter()
                .filter_map(|(name, value)| Some((name.to_owned(), value?))),
        );
        out
    }

    /// The query string without the question mark.
    pub fn to_query(&self) -> String {
        serde_urlencoded::to_string(self.to_pairs()).unwrap_or_default()
    }
}

/// What cannot be read, named.
pub(crate) fn wrong(name: &str, value: &str) -> Fault {
    let short = |text: &str| {
        text.chars()
            .filter(|c| !c.is_control())
            .take(40)
            .collect::<String>()
    };
    let facts = [
        ("field".to_owned(), short(name)),
        ("value".to_owned(), short(value)),
    ];
    Fault {
        fields: vec![FieldFault {
            field: short(name),
            code: Code::InputQuery,
            facts: facts.iter().cloned().collect(),
        }],
        facts: facts.into_iter().collect(),
        ..Fault::new(Code::InputQuery)
    }
}

/// A name that is none of the filters.
pub(crate) fn unknown(name: &str, value: &str) -> Fault {
    because(wrong(name, value), &[("why", "unknown".to_owned())])
}

/// More of something than a query may have.
fn many(name: &str, most: usize) -> Fault {
    let facts = [("why", "pairs".to_owned()), ("max", most.to_string())];
    because(wrong(name, ""), &facts)
}

fn because(mut fault: Fault, why: &[(&str, String)]) -> Fault {
    for (name, value) in why {
        fault.facts.insert((*name).to_owned(), value.clone());
        for field in &mut fault.fields {
            field.facts.insert((*name).to_owned(), value.clone());
        }
    }
    fault
}

/// Refuses a query with more pairs than anybody needs, before any of them is read.
pub(crate) fn bounded(pairs: &[(String, String)]) -> Result<(), Fault> {
    match pairs.get(MOST_PAIRS) {
        Some((name, _)) => Err(many(name, MOST_PAIRS)),
        None => Ok(()),
    }
}

pub(crate) fn joined<T: Display>(list: &[T]) -> Option<String> {
    (!list.is_empty()).then(|| {
        list.iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(",")
    })
}

/// Adds values joined by commas to a list, each once.
pub(crate) fn list_of<T: FromStr + PartialEq>(
    name: &str,
    value: &str,
    into: &mut Vec<T>,
) -> Result<(), Fault> {
    for part in value
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        let item = part.parse().map_err(|_| wrong(name, part))?;
        if !into.contains(&item) {
            into.push(item);
        }
    }
    Ok(())
}

pub(crate) fn one<T: FromStr>(name: &str, value: &str) -> Result<Option<T>, Fault> {
    let value = value.trim();
    if value.is_empty() {
        return Ok(None);
    }
    value.parse().map(Some).map_err(|_| wrong(name, value))
}

pub(crate) fn code(name: &str, value: &str) -> Result<Option<String>, Fault> {
    if value.is_empty() {
        return Ok(None);
    }
    if value.len() > 40
        || !value
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    {
        return Err(wrong(name, value));
    }
    Ok(Some(value.to_owned()))
}

/// The code of an own field.
fn own_field(code: &str) -> Option<String> {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    let fits = !code.is_empty() && code.len() <= 20 && code.bytes().all(is_plain);
    fits.then(|| code.to_owned())
}

pub(crate) fn flag(name: &str, value: &str) -> Result<Option<bool>, Fault> {
    match value {
        "" => Ok(None),
        "true" | "1" | "on" => Ok(Some(true)),
        "false" | "0" => Ok(Some(false)),
        _ => Err(wrong(name, value)),
    }
}

/// The words of a search, cleaned as every line is; what stays refused is named.
pub(crate) fn words(name: &str, value: &str) -> Result<String, Fault> {
    let line = crate::input::line(value);
    if crate::input::refused(&line).is_some() {
        return Err(wrong(name, value));
    }
    Ok(line)
}

pub(crate) fn limit(name: &str, value: &str) -> Result<u32, Fault> {
    value
        .parse()
        .ok()
        .filter(|limit| (1..=MAX_LIMIT).contains(limit))
        .ok_or_else(|| wrong(name, value))
}

pub(crate) fn from(name: &str, value: &str) -> Result<Option<i64>, Fault> {
    time(name, value, 0)
}

/// A date means the end of that day.
pub(crate) fn to(name: &str, value: &str) -> Result<Option<i64>, Fault> {
    time(name, value, 1)
}

fn time(name: &str, value: &str, days: u64) -> Result<Option<i64>, Fault> {
    if value.is_empty() {
        return Ok(None);
    }
    if let Some(date) = calendar::day(value) {
        let date = calendar::days_after(date, days);
        return Ok(Some(calendar::day_start(date).0));
    }
    // A plus sign that was not encoded arrives as a blank.
    let text = value.replacen(' ', "+", usize::from(!value.contains('+')));
    Instant::parse(&text)
        .map(|at| Some(at.0))
        .ok_or_else(|| wrong(name, value))
}

pub(crate) fn print_from(millis: i64) -> String {
    print(millis, 0)
}

pub(crate) fn print_to(millis: i64) -> String {
    print(millis, 1)
}

/// A midnight as its date, other times as RFC 3339 with as many decimals as needed.
fn print(millis: i64, days: u64) -> String {
    let local = Instant(millis).local();
    if local.time() == NaiveTime::MIN
        && let Some(date) = local.date_naive().checked_sub_days(Days::new(days))
    {
        return date.to_string();
    }
    if millis.rem_euclid(1000) == 0 {
        Instant(millis).rfc3339()
    } else {
        local.format("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
    }
}
