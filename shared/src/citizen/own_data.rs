//! What is kept about a citizen who has signed in, as the citizen reads it: the account with its consent, the requests with what stands in them,
//! and who looked at it.
//! Not here: the requests as they are followed (`OwnPage`), mandates (`mandate`).
//! Staff stand here by role and unit, never by name. Numbers of documents stay masked: the number that signs in may come into other hands.

use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::approval::ApprovalStatus;
use crate::calendar::Instant;
use crate::citizen::wish::WishView;
use crate::personal::looks::LookKind;
use crate::ticket::{TicketNo, TicketState};

/// That somebody of staff looked at a citizen's data in the clear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnLook {
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
    /// What was done.
    pub kind: LookKind,
    /// In which role, where it is a shipped one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// The unit's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// What a request holds about the citizen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnHeld {
    /// Name as given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Another way to reach the citizen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backup_contact: Option<String>,
    /// E-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Number of an identity document, masked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_number: Option<String>,
    /// The organisation that speaks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What was said.
    pub content: String,
}

/// An approval that a request started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnApproval {
    /// Its number.
    pub approval_no: String,
    /// How it stands.
    pub status: ApprovalStatus,
    /// When it was begun.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub started_at: Instant,
    /// When the people in it were erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub erased_at: Option<Instant>,
}

/// A request with what it holds. Of a confidential one or a tip-off number and state alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnDataRow {
    /// Its number.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub ticket_no: TicketNo,
    /// How it stands.
    pub state: TicketState,
    /// When it was registered.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub accepted_at: Instant,
    /// What it holds; absent of a discreet one, and of one that somebody else filed for an organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<OwnHeld>,
    /// Who looked at it in the clear, the newest first.
    pub looks: Vec<OwnLook>,
    /// Approvals that it started, the newest first. An erasure that is agreed erases the citizen from those that are over as well.
    #[serde(default)]
    pub approvals: Vec<OwnApproval>,
    /// Whether a correction can be asked for now.
    #[serde(default)]
    pub may_correct: bool,
    /// Whether an erasure can be asked for now.
    #[serde(default)]
    pub may_erase: bool,
}

/// What is kept about a citizen, a page of requests at a time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnData {
    /// The number of the account.
    pub phone: String,
    /// What the forms begin with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Since when there is an account.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub since: Instant,
    /// The last sign-in.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub seen_at: Instant,
    /// When the privacy statement was agreed to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub agreed_at: Option<Instant>,
    /// Whether the statement reads today as it did then.
    pub agreed_is_current: bool,
    /// Who looked the number up, or looked for its tickets, the newest first.
    #[serde(default)]
    pub looked_up: Vec<OwnLook>,
    /// What was asked for about the data, the newest first.
    #[serde(default)]
    pub wishes: Vec<WishView>,
    /// The requests, the newest first.
    pub items: Vec<OwnDataRow>,
    /// The next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}
