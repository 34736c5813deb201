//! Proposals of a dispatch (派单审核): what is risky is proposed by the dispatcher and decided by somebody else before any unit gets it.
//! Not here: the verb that decides (`verbs::life::dispatch_review`), when a dispatch is one (`services`), the office's switches (`register`).
//! A proposal that was refused stays with its words until the ticket is dispatched or leaves the gate by another way.

use serde::{Deserialize, Serialize};

use super::Urgency;
use super::view::{CategoryView, Named};
use crate::calendar::Instant;
use crate::ids::UserId;

codes! {
    /// Why a dispatch is looked at by a second person.
    ReviewCause {
        Asked = "asked", "asked", "派单员送审", "The dispatcher asked for it";
        Urgent = "urgent", "urgent", "加急件", "Urgent";
        Discreet = "discreet", "discreet", "保密件或举报件", "Confidential, or a tip-off";
        Returned = "returned", "returned", "退过单", "Sent back before";
        Difficult = "difficult", "difficult", "疑难件", "Hard case";
        Several = "several", "several", "多个单位承办", "Several units";
        Differs = "differs", "differs", "与权责清单建议不同", "Not a unit whose responsibility it is";
        Category = "category", "category", "敏感类别", "Sensitive category";
    }
}

/// What an office wants to have looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReviewRules {
    /// Causes that are switched on.
    pub causes: Vec<ReviewCause>,
    /// Codes of sensitive categories; what lies below one is as sensitive.
    pub categories: Vec<String>,
}

impl ReviewRules {
    /// Whether a cause counts here.
    pub fn has(&self, cause: ReviewCause) -> bool {
        self.causes.contains(&cause)
    }

    /// Whether a category is sensitive.
    pub fn is_sensitive(&self, category: &str) -> bool {
        let mut all = self.categories.iter();
        all.any(|code| category.starts_with(code.as_str()))
    }
}

/// A dispatch that waits for a second person, or was refused by one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DispatchProposal {
    /// Who proposed it.
    pub by: Option<UserId>,
    /// His name.
    pub by_name: Option<String>,
    /// When.
    pub at: Instant,
    /// Why it is looked at.
    pub causes: Vec<ReviewCause>,
    /// The command as it was sent, JSON.
    pub asked: String,
    /// Who refused it, when and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refusal>,
}

impl DispatchProposal {
    /// Whether nobody has decided yet.
    pub const fn waits(&self) -> bool {
        self.refused.is_none()
    }
}

/// A refused proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refusal {
    /// Who refused it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
    /// Why.
    pub opinion: String,
}

/// A proposal as people of the centre see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProposalView {
    /// Who proposed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
    /// Why it is looked at.
    pub causes: Vec<ReviewCause>,
    /// The unit that would lead.
    pub lead: Named,
    /// Those that would assist.
    pub assisting: Vec<Named>,
    /// The day on which those would have to answer, as it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assist_due: Option<String>,
    /// The category that it would have; absent where it keeps its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<CategoryView>,
    /// The urgency that it would have; absent where it keeps its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgency: Option<Urgency>,
    /// Advice to the units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
    /// Who refused it, when and why; absent while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refusal>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_below_a_sensitive_category_is_sensitive() {
        let rules = ReviewRules {
            causes: vec![ReviewCause::Category],
            categories: vec!["0101".to_owned()],
        };
        assert!(rules.has(ReviewCause::Category) && !rules.has(ReviewCause::Several));
        assert!(rules.is_sensitive("010101") && rules.is_sensitive("0101"));
        assert!(!rules.is_sensitive("01") && !rules.is_sensitive("020101"));
    }
}
