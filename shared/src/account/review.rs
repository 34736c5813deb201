//! Reviews: once a quarter each unit's leader says of each post at the unit whether its holder still needs it.
//! Not here: making and closing them (services).
//! A post that is not answered about in time is frozen, and its holder's other posts are not.

use serde::{Deserialize, Serialize};

use crate::access::{RoleCode, ScopeKind};
use crate::calendar::Instant;
use crate::ids::ReviewId;

codes! {
    /// What is answered about a post.
    ReviewAnswer {
        Kept = "kept", "kept", "继续任职", "Keeps it";
        Shortened = "shortened", "shortened", "缩短期限", "Ends on a day";
        Ended = "ended", "ended", "收回岗位", "Is taken back";
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
    /// How many posts are in it.
    pub posts: i64,
    /// How many of them are not answered about.
    pub open: i64,
}

/// A post of a review, as it was when the review was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewedPost {
    /// Sign-in name of its holder.
    pub username: String,
    /// Name of its holder.
    pub name: String,
    /// Its number among those of the holder.
    pub no: i32,
    /// The role.
    pub role: RoleCode,
    /// No permission of the role reaches farther.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<ScopeKind>,
    /// It ends by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub until: Option<Instant>,
    /// When its holder was last at work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub seen_at: Option<Instant>,
    /// What was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<ReviewAnswer>,
    /// When it ends, where that was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub ends_at: Option<Instant>,
    /// Who answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Whether the reader may answer.
    pub may_answer: bool,
}

/// A review with its posts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewSheet {
    /// The review.
    pub head: ReviewHead,
    /// Its posts, by sign-in name and number.
    pub posts: Vec<ReviewedPost>,
}

/// What is answered about one post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AnswerPost {
    /// Sign-in name of its holder.
    pub username: String,
    /// Its number among those of the holder.
    pub no: i32,
    /// `kept`, `shortened` or `ended`.
    pub answer: ReviewAnswer,
    /// When it ends; for `shortened` alone.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub until: Option<Instant>,
}

impl AnswerPost {
    /// The field that says when it ends, in forms and faults.
    pub fn until_field(&self) -> String {
        format!("until.{}.{}", self.no, self.username)
    }
}
