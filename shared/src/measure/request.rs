//! Data-service requests (数据服务申请): somebody asks for a special cut of figures, a second person agrees, and the cut is taken once.
//! Not here: counting it (`services::reports::requests`).
//! The cut is a cube in the scope of whoever agrees.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::calendar::Instant;
use crate::command;
use crate::command::{Together, Words};

codes! {
    /// How it stands with a request.
    DataState {
        Asked = "asked", "asked", "待审批", "Waits for a decision";
        Ready = "ready", "ready", "待领取", "Can be taken";
        Refused = "refused", "refused", "不同意", "Refused";
        Withdrawn = "withdrawn", "withdrawn", "已撤回", "Withdrawn";
        Taken = "taken", "taken", "已领取", "Taken";
        Expired = "expired", "expired", "已过期", "Expired";
    }
}

command! {
    /// AskData
    ///
    /// A second person decides.
    AskData {
        /// What for, 5 to 500 characters.
        purpose: Words<5, 500>,
        /// The cut as a cube is asked for: `show`, `by`, `from`, `to` and filters, as in an address.
        query: Words<1, 2000>,
        /// Last day on which it can be taken, within ninety days.
        until: NaiveDate,
    }
}

impl Together for AskData {}

command! {
    /// DecideData
    ///
    /// The second person's word. The cut is counted at once when it is agreed.
    DecideData {
        /// Whether it is agreed.
        agreed: bool,
        /// Why not, 2 to 500 characters; needed for a refusal.
        reason: Option<Words<2, 500>>,
    }
}

impl Together for DecideData {}

/// A request as it is read. The cut itself is in none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DataRequestView {
    /// Its id.
    pub id: Uuid,
    /// Who asked.
    pub asked_by: String,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub asked_at: Instant,
    /// What for.
    pub purpose: String,
    /// The cut as a cube is asked for.
    pub query: String,
    /// Until when it can be taken.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub ends_at: Instant,
    /// How it stands.
    pub state: DataState,
    /// Who decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub decided_at: Option<Instant>,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// SHA-256 of the cut.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// When it was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub taken_at: Option<Instant>,
    /// The reader may decide: it waits, and somebody else asked.
    pub may_decide: bool,
    /// The reader asked for it.
    pub is_own: bool,
}

/// A page of requests, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DataRequestPage {
    /// The requests.
    pub items: Vec<DataRequestView>,
    /// The next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// A request that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DataAsked {
    /// Its id.
    pub id: Uuid,
}

/// A cut that was taken; it is gone from the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DataCut {
    /// The cut as CSV.
    pub csv: String,
    /// Its SHA-256.
    pub digest: String,
}
