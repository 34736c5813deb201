//! Why a number that was typed finds nothing, for whoever may know.
//! Not here: who that is (services). For everybody else a ticket outside the scope is one that does not exist.

use serde::{Deserialize, Serialize};

use crate::ids::TicketId;

/// Why a ticket is not listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unseen {
    /// It is in the reader's scope, and another filter leaves it out.
    Filtered(TicketId),
    /// It is outside the scope, and the reader may know who can see it: the lead unit's name, where there is one and the ticket is not discreet.
    Elsewhere(Option<String>),
}

codes! {
    /// The same as a word.
    UnseenWhy {
        Filtered = "filtered", "filtered", "其他筛选条件排除", "Left out by another filter";
        Elsewhere = "elsewhere", "elsewhere", "不在查看范围", "Outside the scope";
    }
}

/// The same for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WhyUnseen {
    /// Why.
    pub why: UnseenWhy,
    /// The ticket, where it is in the scope.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<TicketId>,
    /// Name of the unit that leads it, where it is outside and not discreet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

impl From<Unseen> for WhyUnseen {
    fn from(found: Unseen) -> Self {
        match found {
            Unseen::Filtered(id) => Self {
                why: UnseenWhy::Filtered,
                id: Some(id),
                unit: None,
            },
            Unseen::Elsewhere(unit) => Self {
                why: UnseenWhy::Elsewhere,
                id: None,
                unit,
            },
        }
    }
}
