//! Reviews: once a quarter each unit's leader says of each holder of an account whether he still needs it.
//! Not here: making and closing them (services).
//! Who is not answered about in time is frozen.

use serde::{Deserialize, Serialize};

use crate::calendar::Instant;
use crate::ids::ReviewId;

codes! {
    /// What is answered about somebody.
    ReviewAnswer {
        Kept = "kept", "kept", "继续使用", "Keeps it";
        Ended = "ended", "ended", "收回角色", "Loses the roles";
        Frozen = "frozen", "frozen", "逾期未复核，已冻结", "Not answered in time, frozen";
    }
}

/// A review in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewHead {
    /// Its id.
    pub id: ReviewId,
    /// The quarter, as `2026Q1`.
    pub term: String,
    /// Name of the unit.
    pub unit_name: String,
    /// Until when it is answered.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub due_at: Instant,
    /// When it was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub closed_at: Option<Instant>,
    /// How many people are in it.
    pub people: i64,
    /// How many of them are not answered about.
    pub open: i64,
}

/// Somebody of a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewPerson {
    /// Sign-in name.
    pub username: String,
    /// Name.
    pub name: String,
    /// Words of the roles, as they were when the review was made.
    pub roles: String,
    /// What was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<ReviewAnswer>,
    /// Who answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Whether the reader may answer.
    pub may_answer: bool,
}

/// A review with its people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewSheet {
    /// The review.
    pub head: ReviewHead,
    /// Its people, by sign-in name.
    pub people: Vec<ReviewPerson>,
}
