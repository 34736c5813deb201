//! Columns of lists: name, words, what stands in a cell, and the one way in which it is written.
//! Not here: which columns a list has (`lists`).
//! A choice is read by its code, and by its label in either language, since people fill tables with what they read.

use chrono::{NaiveDate, NaiveTime};

use super::ListCode;
use crate::fault::Code;
use crate::input;
use crate::text::Text;

/// A column of a list.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Name in forms, files and JSON.
    pub name: &'static str,
    /// Head in both languages.
    pub label: Text,
    /// A line below the field.
    pub help: Option<Text>,
    /// Other heads under which files have it, in small letters without decoration.
    pub heads: &'static [&'static str],
    /// What stands in it.
    pub kind: Kind,
    /// Part of the row's key.
    pub is_key: bool,
    /// Never empty.
    pub is_needed: bool,
}

/// What stands in a cell.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Words of one line, at most so many characters.
    Line(usize),
    /// Words of several lines, at most so many characters.
    Text(usize),
    /// A code of letters, digits, hyphens and underscores, at most so many.
    Code(usize),
    /// A whole number between two.
    Number(i32, i32),
    /// One of these.
    Choice(fn() -> Vec<Choice>),
    /// A day.
    Day,
    /// A day of each year.
    MonthDay,
    /// A time of day.
    Time,
    /// Code of a division, six or nine digits.
    Place,
    /// The key of a row of another list.
    Of(ListCode),
}

/// A value that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// As it is kept.
    pub value: String,
    /// As it is read.
    pub text: Text,
}

/// What is wrong with a cell.
#[derive(Debug, PartialEq, Eq)]
pub struct WrongCell {
    /// The code.
    pub code: Code,
    /// Its facts.
    pub facts: Vec<(&'static str, String)>,
}

impl Column {
    /// A column that may be empty.
    pub const fn new(name: &'static str, label: Text, kind: Kind) -> Self {
        Self {
            name,
            label,
            help: None,
            heads: &[],
            kind,
            is_key: false,
            is_needed: false,
        }
    }

    /// Part of the key.
    #[must_use]
    pub const fn key(self) -> Self {
        Self {
            is_key: true,
            ..self
        }
    }

    /// Never empty.
    #[must_use]
    pub const fn needed(self) -> Self {
        Self {
            is_needed: true,
            ..self
        }
    }

    /// With a line that helps.
    #[must_use]
    pub const fn help(self, help: Text) -> Self {
        Self {
            help: Some(help),
            ..self
        }
    }

    /// Known in files by these heads as well.
    #[must_use]
    pub const fn heads(self, heads: &'static [&'static str]) -> Self {
        Self { heads, ..self }
    }
}

impl Kind {
    /// The cell in the one way in which it is written; empty for nothing.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(self, raw: &str) -> Result<String, WrongCell> {
        if let Self::Text(most) = self {
            let text = input::body(raw);
            let text = text.trim().trim_start_matches('\'');
            return line(text.to_owned(), most);
        }
        let text = input::line(raw);
        // What an export of ours put in front so that a spreadsheet takes it for words.
        let text = text.strip_prefix('\'').unwrap_or(&text).to_owned();
        if text.is_empty() {
            return Ok(text);
        }
        match self {
            Self::Line(most) | Self::Text(most) => line(text, most),
            Self::Code(most) => code(&text, most),
            Self::Of(_) => code(&text, 64),
            Self::Number(least, most) => number(&text, least, most),
            Self::Choice(all) => choose(&all(), &text),
            Self::Day => input::moment::day(&text)
                .map(|day| day.to_string())
                .map_err(|_| wrong(Code::InputDate)),
            Self::MonthDay => month_day(&text).ok_or_else(|| wrong(Code::InputDate)),
            Self::Time => time(&text),
            Self::Place => place(&text),
        }
    }

    /// The choice that a value is.
    pub fn choice(self, value: &str) -> Option<Choice> {
        match self {
            Self::Choice(all) => all().into_iter().find(|choice| choice.value == value),
            _ => None,
        }
    }
}

const fn wrong(code: Code) -> WrongCell {
    WrongCell {
        code,
        facts: Vec::new(),
    }
}

fn line(text: String, most: usize) -> Result<String, WrongCell> {
    if input::refused(&text).is_some() {
        return Err(wrong(Code::InputCharacters));
    }
    let length = text.chars().count();
    if length > most {
        return Err(WrongCell {
            code: Code::InputTooLong,
            facts: vec![("max", most.to_string()), ("length", length.to_string())],
        });
    }
    Ok(text)
}

fn code(text: &str, most: usize) -> Result<String, WrongCell> {
    let code = input::code(text);
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if code.len() > most || code.is_empty() || !code.chars().all(is_plain) {
        return Err(WrongCell {
            code: Code::InputCode,
            facts: vec![("value", text.chars().take(40).collect())],
        });
    }
    Ok(code)
}

fn number(text: &str, least: i32, most: i32) -> Result<String, WrongCell> {
    let facts = || {
        vec![
            ("value", text.chars().take(40).collect()),
            ("min", least.to_string()),
            ("max", most.to_string()),
        ]
    };
    let value: Option<i32> = input::code(text).parse().ok();
    match value {
        Some(value) if (least..=most).contains(&value) => Ok(value.to_string()),
        _ => Err(WrongCell {
            code: Code::InputNumber,
            facts: facts(),
        }),
    }
}

fn choose(all: &[Choice], text: &str) -> Result<String, WrongCell> {
    let code = input::code(text);
    let named = |choice: &&Choice| {
        choice.value.eq_ignore_ascii_case(&code)
            || choice.text.zh == text
            || choice.text.en.eq_ignore_ascii_case(text)
    };
    let found = all.iter().find(named);
    found
        .map(|choice| choice.value.clone())
        .ok_or_else(|| WrongCell {
            code: Code::InputCode,
            facts: vec![("value", text.chars().take(40).collect())],
        })
}

/// `05-01`, however it was written: `5-1`, `5/1`, `5.1`, `5月1日`.
fn month_day(text: &str) -> Option<String> {
    let text = input::code(text).replace(['/', '.', '月'], "-");
    let (month, day) = text.trim_end_matches('日').split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    // A leap year has every day.
    let date = NaiveDate::from_ymd_opt(2024, month, day)?;
    Some(date.format("%m-%d").to_string())
}

fn time(text: &str) -> Result<String, WrongCell> {
    let text = input::code(text).replace('：', ":");
    if text == "24:00" {
        return Ok(text);
    }
    NaiveTime::parse_from_str(&text, "%H:%M")
        .map(|time| time.format("%H:%M").to_string())
        .map_err(|_| wrong(Code::InputTime))
}

fn place(text: &str) -> Result<String, WrongCell> {
    let code = input::code(text);
    if matches!(code.len(), 6 | 9) && code.bytes().all(|b| b.is_ascii_digit()) {
        Ok(code)
    } else {
        Err(wrong(Code::InputPlace))
    }
}

/// A value of a code list.
pub fn plain_choice(value: &str, text: Text) -> Choice {
    Choice {
        value: value.to_owned(),
        text,
    }
}

/// Yes and no.
pub fn yes() -> Vec<Choice> {
    vec![
        plain_choice("yes", crate::text::text("是", "Yes")),
        plain_choice("no", crate::text::text("否", "No")),
    ]
}
