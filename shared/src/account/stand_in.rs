//! Standing in (代办): somebody does another's tasks from a time to a time, when he has agreed to it.
//! Not here: what it lets him do (`access::Actor::stands_for`), keeping it (services).
//! Only tasks that hang on a person by name are meant; tasks of a role are done by whoever else has the role.

use serde::{Deserialize, Serialize};

use crate::calendar::Instant;
use crate::ids::StandInId;

/// Days at most.
pub const MOST_DAYS: i64 = 90;

codes! {
    /// How it stands with a stand-in.
    StandInState {
        Asked = "asked", "asked", "待对方同意", "Waits for consent";
        Agreed = "agreed", "agreed", "已同意", "Agreed";
        Declined = "declined", "declined", "未同意", "Declined";
        Ended = "ended", "ended", "已结束", "Ended";
    }
}

codes! {
    /// What is answered.
    StandInAnswer {
        Agree = "agree", "agree", "同意代办", "Agree";
        Decline = "decline", "decline", "不同意", "Decline";
        End = "end", "end", "结束代办", "End it";
    }
}

/// Asks somebody to stand in for the caller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AskStandIn {
    /// Sign-in name of who stands in.
    pub username: String,
    /// First day, as `2026-03-02`.
    pub from: String,
    /// Last day.
    pub until: String,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}

/// A stand-in as both see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StandInView {
    /// Its id.
    pub id: StandInId,
    /// Name of who is away.
    pub away: String,
    /// Name of who stands in.
    pub stand_in: String,
    /// Whether the reader is who is away.
    pub is_own: bool,
    /// How it stands.
    pub state: StandInState,
    /// It begins.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub from: Instant,
    /// It ends.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub until: Instant,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whether it holds now.
    pub holds: bool,
    /// What the reader may answer.
    pub answers: Vec<StandInAnswer>,
}
