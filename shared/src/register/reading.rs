//! Reading a published revision (阅知): who is asked to read what is new, and when each said that he has.
//! Not here: asking and reminding (services), the words (`text::register::reading`).
//! What is new is said by whoever asks; the rows themselves stand in the list.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Keep, ListCode};
use crate::calendar::Instant;
use crate::text::text;

impl Keep {
    /// After how long somebody is told again who has not read what he is asked to.
    pub const READ_AGAIN: Self = Self {
        key: "reading.again_days",
        name: text(
            "规则没有阅知的，每几天再提醒一次",
            "Who has not read a new rule is reminded after so many days",
        ),
        bounds: (1, 14),
        usual: 3,
    };
}

/// Asks people to read a published revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AskReading {
    /// Number of the revision.
    pub revision: i32,
    /// What is new, for those who read it.
    pub note: String,
    /// The last day for it, as `2027-01-01`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_by: Option<String>,
}

/// A revision that somebody is asked to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleToRead {
    /// The id under which it is asked.
    pub id: Uuid,
    /// The list.
    pub list: ListCode,
    /// Name of the area whose list it is.
    pub area_name: String,
    /// Number of the revision.
    pub number: i32,
    /// What is new.
    pub note: String,
    /// From when it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub valid_from: Option<Instant>,
    /// When it was asked.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub asked_at: Instant,
    /// By whom.
    pub asked_by: String,
    /// Until when it is to be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub due_at: Option<Instant>,
    /// That is past, and the reader has not read it.
    #[serde(default)]
    pub is_late: bool,
    /// When the reader said that he has read and understood it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub read_at: Option<Instant>,
}

/// How far it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleAsked {
    /// What is asked.
    pub rule: RuleToRead,
    /// How many people are asked.
    pub people: i64,
    /// How many of them have read it.
    pub read: i64,
}

/// What one is asked to read, the latest first; and for who looks after the lists, how far that is read which was asked last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RulesToRead {
    /// One's own.
    pub items: Vec<RuleToRead>,
    /// The next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
    /// Those that were asked last, in the reader's reach.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<RuleAsked>,
}

/// Somebody who is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleReader {
    /// Sign-in name.
    pub username: String,
    /// Name.
    pub name: String,
    /// Name of the unit.
    pub unit_name: String,
    /// When it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub read_at: Option<Instant>,
}

/// Those who are asked, by sign-in name, a page at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleReaders {
    /// What is asked, and how far it is read.
    pub asked: RuleAsked,
    /// The people.
    pub items: Vec<RuleReader>,
    /// The next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}
