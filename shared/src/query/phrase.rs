//! Phrases (常用语): words that somebody keeps to be put into replies, advice, reviews and calls, for oneself or shared with unit or area.
//! Not here: keeping them (services), where they are offered (the pages).
//! What is put in is a text like any other: it can be changed before it is sent.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::view::ViewShare;

/// Longest phrase, in characters.
pub const MAX_WORDS: usize = 1_000;
/// Most phrases of a person, and most that are shown of those who share.
pub const MOST_PHRASES: u64 = 200;

codes! {
    /// Into which forms a phrase goes.
    PhraseUse {
        Any = "A", "any", "通用", "Everywhere";
        Reply = "R", "reply", "答复", "Replies";
        Advice = "C", "advice", "交办意见", "Advice to units below";
        Dispatch = "D", "dispatch", "派单意见", "Dispatch";
        Review = "V", "review", "审核意见", "Reviews and rulings";
        FollowUp = "F", "follow_up", "回访", "Follow-up calls";
    }
}

impl PhraseUse {
    /// Whether one for this use is offered in forms of another.
    pub fn fits(self, form: Self) -> bool {
        self == Self::Any || self == form
    }
}

/// A phrase as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeepPhrase {
    /// What it is called, at most 40 characters.
    pub name: String,
    /// What is put in, at most 1,000 characters.
    pub words: String,
    /// Into which forms.
    pub purpose: PhraseUse,
    /// For whom.
    pub shared: ViewShare,
}

/// A phrase as it is to be from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangePhrase {
    /// The version that was read.
    pub version: i32,
    /// What it is called, at most 40 characters.
    pub name: String,
    /// What is put in, at most 1,000 characters.
    pub words: String,
    /// Into which forms.
    pub purpose: PhraseUse,
    /// For whom.
    pub shared: ViewShare,
}

/// A phrase in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PhraseRow {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// What is put in.
    pub words: String,
    /// Into which forms.
    pub purpose: PhraseUse,
    /// For whom.
    pub shared: ViewShare,
    /// Whose it is; none for one's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Raised with every change.
    pub version: i32,
}
