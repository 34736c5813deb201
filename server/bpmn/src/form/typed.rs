//! What was typed into a field to the value of its variable, or why it is none.
//! Not here: whether a person exists and whether a day makes sense (the caller), the words for a problem.
//! Next: `value`.

use chrono::{Datelike as _, NaiveDate};

use super::{FieldKind, FormField};
use crate::value::Value;

/// Most characters of a line, unless the file says otherwise.
const LINE: u32 = 500;
/// Most characters of a text of several lines, unless the file says otherwise.
const LONG: u32 = 4_000;
/// Most people of one field.
const PEOPLE: u32 = 50;

/// Why what was typed is no value of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FieldProblem {
    /// Nothing was given, but something must be.
    #[error("something must be given")]
    Empty,
    /// Too many characters, or too many people.
    #[error("more than {max}")]
    TooLong {
        /// How many there may be.
        max: u32,
    },
    /// No number.
    #[error("no number")]
    NotANumber,
    /// No day of the calendar, written yyyy-mm-dd.
    #[error("no date")]
    NotADate,
    /// None of the values that can be chosen.
    #[error("not one of the options")]
    NotAnOption,
    /// Characters that no text may have, or neither yes nor no.
    #[error("cannot be read")]
    Unreadable,
}

impl FormField {
    /// The value of the variable. Nothing typed into a field that need not be filled is null, for people an empty list, for yes
    /// or no it is no (an unticked box sends nothing). Days stay text (`yyyy-mm-dd`), people are their sign-in names.
    pub fn read(&self, text: &str) -> Result<Value, FieldProblem> {
        let text = text.replace("\r\n", "\n");
        let text = text.trim();
        if text.chars().any(|c| self.refuses(c)) {
            return Err(FieldProblem::Unreadable);
        }
        if text.is_empty() {
            return self.nothing();
        }
        match self.kind {
            FieldKind::Text => self.bounded(text, LINE),
            FieldKind::LongText => self.bounded(text, LONG),
            FieldKind::Number => number(&narrow(text)).ok_or(FieldProblem::NotANumber),
            FieldKind::Date => date(&narrow(text)).ok_or(FieldProblem::NotADate),
            FieldKind::Bool => truth(text).ok_or(FieldProblem::Unreadable),
            FieldKind::Choice => {
                let known = self.options.iter().any(|option| option.value == text);
                known
                    .then(|| Value::from(text))
                    .ok_or(FieldProblem::NotAnOption)
            }
            FieldKind::Person if text.contains(char::is_whitespace) => {
                Err(FieldProblem::Unreadable)
            }
            FieldKind::Person => self.bounded(text, LINE),
            FieldKind::People => self.people(text),
        }
    }

    fn nothing(&self) -> Result<Value, FieldProblem> {
        if self.required {
            return Err(FieldProblem::Empty);
        }
        Ok(match self.kind {
            FieldKind::People => Value::List(Vec::new()),
            FieldKind::Bool => Value::Bool(false),
            _ => Value::Null,
        })
    }

    fn bounded(&self, text: &str, most: u32) -> Result<Value, FieldProblem> {
        let max = self.max.unwrap_or(most);
        if text.chars().count() > max as usize {
            Err(FieldProblem::TooLong { max })
        } else {
            Ok(Value::from(text))
        }
    }

    fn people(&self, text: &str) -> Result<Value, FieldProblem> {
        let mut people: Vec<Value> = Vec::new();
        let divides = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；');
        for name in text.split(divides).filter(|name| !name.is_empty()) {
            let name = self.bounded(name, LINE)?;
            if !people.contains(&name) {
                people.push(name);
            }
            if people.len() > PEOPLE as usize {
                return Err(FieldProblem::TooLong { max: PEOPLE });
            }
        }
        // Commas alone name nobody.
        if people.is_empty() {
            return self.nothing();
        }
        Ok(Value::List(people))
    }

    /// Control characters, and marks that turn the direction of text, so that it reads as something else than it is.
    fn refuses(&self, c: char) -> bool {
        let lines = matches!(self.kind, FieldKind::LongText | FieldKind::People);
        (c.is_control() && !(lines && matches!(c, '\n' | '\t')))
            || matches!(
                c,
                '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}'
            )
    }
}

/// Chinese keyboards write digits, dots and dashes as wide as signs.
fn narrow(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => {
                char::from_u32(u32::from(c) - 0xFF01 + u32::from('!')).unwrap_or(c)
            }
            _ => c,
        })
        .collect()
}

/// Digits with a sign before and a point between; no other way of writing numbers, which would surprise whoever reads them.
fn number(text: &str) -> Option<Value> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return None;
    }
    if let Ok(whole) = text.parse::<i64>() {
        return Some(Value::Int(whole));
    }
    let decimal = text.parse::<f64>().ok().filter(|n| n.is_finite())?;
    // `12.0` is twelve; so it reads the same when it is shown and typed again.
    let whole = decimal.to_string().parse::<i64>().ok();
    Some(whole.map_or(Value::Float(decimal), Value::Int))
}

fn date(text: &str) -> Option<Value> {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    // The same years as everywhere in the product; far outside no arithmetic holds.
    if !(1900..=2100).contains(&date.year()) {
        return None;
    }
    // Written in full, or it would not compare as text.
    (date.to_string() == text).then(|| Value::from(text))
}

fn truth(text: &str) -> Option<Value> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" | "是" => Some(Value::Bool(true)),
        "false" | "0" | "no" | "off" | "否" => Some(Value::Bool(false)),
        _ => None,
    }
}
