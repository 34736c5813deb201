//! Switches of the settings that say which dispatch a second person looks at (派单审核).
//! Not here: the causes (`ticket::proposal`), the other settings (`settings`), the sensitive categories (`rules`).
//! All are off until an office turns them on.

use super::Switch;
use crate::text::{Text, text};
use crate::ticket::proposal::ReviewCause;

const fn off(key: &'static str, name: Text) -> Switch {
    Switch {
        key,
        name,
        usual: false,
    }
}

impl Switch {
    /// What is urgent.
    pub const REVIEW_URGENT: Self = off(
        "switch.review_urgent",
        text("派单审核：加急件", "Review of dispatches: urgent tickets"),
    );
    /// What units must not learn the citizen of.
    pub const REVIEW_DISCREET: Self = off(
        "switch.review_discreet",
        text(
            "派单审核：保密件和举报件",
            "Review of dispatches: confidential tickets and tip-offs",
        ),
    );
    /// What was sent back.
    pub const REVIEW_RETURNED: Self = off(
        "switch.review_returned",
        text(
            "派单审核：退过单的",
            "Review of dispatches: tickets that were sent back",
        ),
    );
    /// Hard cases.
    pub const REVIEW_DIFFICULT: Self = off(
        "switch.review_difficult",
        text("派单审核：疑难件", "Review of dispatches: hard cases"),
    );
    /// More units than one.
    pub const REVIEW_SEVERAL: Self = off(
        "switch.review_several",
        text(
            "派单审核：派给多个单位",
            "Review of dispatches: to several units",
        ),
    );
    /// A unit whose responsibility it is not.
    pub const REVIEW_DIFFERS: Self = off(
        "switch.review_differs",
        text(
            "派单审核：主办单位不在权责清单建议之内",
            "Review of dispatches: to a unit whose responsibility it is not",
        ),
    );
    /// Each with what it turns on.
    pub const REVIEWS: [(ReviewCause, Self); 6] = [
        (ReviewCause::Urgent, Self::REVIEW_URGENT),
        (ReviewCause::Discreet, Self::REVIEW_DISCREET),
        (ReviewCause::Returned, Self::REVIEW_RETURNED),
        (ReviewCause::Difficult, Self::REVIEW_DIFFICULT),
        (ReviewCause::Several, Self::REVIEW_SEVERAL),
        (ReviewCause::Differs, Self::REVIEW_DIFFERS),
    ];
}
