//! What is wrong in an office's file, at its line and path; words are made of it for each reader (`text::setup`).
//! Not here: reading the file (`services::setup`).
//! The first line of a file is 1; 0 stands for the file as a whole.

use crate::fault::FieldFault;
use crate::register::{Finding, ListCode};

/// Something in a file that cannot be taken, or that whoever wrote it should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The file, as it was named.
    pub file: String,
    /// Its line.
    pub line: usize,
    /// Where in the file: `units[3].parent`.
    pub path: String,
    /// What.
    pub what: What,
    /// It is told, and keeps nothing from being done.
    pub is_warning: bool,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// No TOML; the reader's own words.
    Syntax(String),
    /// A key that means nothing there; those that do.
    Unknown(String),
    /// Another kind of value than stands there: `text`, `table`, `tables`, `texts`.
    Wanted(&'static str),
    /// A key that must be there.
    Lacks(&'static str),
    /// A cell or a field, as forms tell it.
    Field(FieldFault),
    /// A row with the key of an earlier one, at this line.
    Twice(usize),
    /// What a check of a whole list finds.
    Finding(ListCode, Finding),
    /// A file that cannot be read; the system's own words.
    Unreadable(String),
    /// An account of that name is there and is left as it is.
    Known,
    /// A list of which somebody has a draft.
    Drafted(ListCode, String),
    /// No division that an office can serve: a province, a city, a county.
    NoArea(String),
    /// Another centre stands on top already.
    OtherCentre(String),
}
