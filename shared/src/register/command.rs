//! What programs send to the register.
//! Not here: what it answers (`view`).
//! A save names the version of the draft that it saw.

use serde::{Deserialize, Serialize};

use super::Cells;

/// Begins a draft.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BeginDraft {
    /// Number of a published revision whose state the draft brings back.
    pub restore: Option<i32>,
}

/// Puts a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PutRow {
    /// The version of the draft that was seen.
    pub version: i32,
    /// The key of the row in whose place it stands; absent for a new one.
    #[serde(default)]
    pub was: Option<String>,
    /// The cells by column, as texts.
    pub cells: Cells,
}

/// Names a row of the draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NameRow {
    /// The version of the draft that was seen.
    pub version: i32,
    /// Its key.
    pub key: String,
}

/// Names the draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NameDraft {
    /// The version of the draft that was seen.
    pub version: i32,
    /// Why, for people.
    #[serde(default)]
    pub note: Option<String>,
}

/// Reads a table into the draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TakeTable {
    /// The version of the draft that was seen.
    pub version: i32,
    /// The CSV text with its heads; empty where a file is sent.
    #[serde(default)]
    pub text: String,
    /// A file instead of the text, in base64: CSV in UTF-8, UTF-16 or GBK, or a workbook (XLSX), of which the first sheet counts.
    #[serde(default)]
    pub file: Option<String>,
    /// Rows that it does not have go.
    #[serde(default)]
    pub replaces: bool,
    /// Nothing is written; only what would come of it is told.
    #[serde(default)]
    pub only_look: bool,
}

/// Publishes the draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublishDraft {
    /// The version of the draft that was seen.
    pub version: i32,
    /// From the beginning of this day, as `2027-01-01`; from now on when it is absent or today.
    #[serde(default)]
    pub from: Option<String>,
    /// Open tickets follow new limits as well.
    #[serde(default)]
    pub open_too: bool,
    /// Why, for people.
    #[serde(default)]
    pub note: Option<String>,
    /// Whoever works in the area is asked to read it; the note then says what is new.
    #[serde(default)]
    pub ask_reading: bool,
    /// The last day for it, as `2027-01-01`.
    #[serde(default)]
    pub read_by: Option<String>,
}

/// Takes a revision back that waits for its day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TakeBack {
    /// Its number.
    pub revision: i32,
}
