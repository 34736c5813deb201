//! Who looked at citizens' data in the clear, as it is read by those who answer for it.
//! Not here: what a citizen reads of it (`citizen::own_data`).

use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::calendar::Instant;

/// One look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonalLook {
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
    /// Sign-in name of who looked.
    pub by: String,
    /// In which role, where it is a shipped one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// The unit's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The ticket's number.
    pub ticket_no: String,
    /// The reason that was given; absent when it was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A page of looks, the newest first. A page may have fewer than was asked for, since looks at what lies outside the reader's area are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonalLooks {
    /// The looks.
    pub items: Vec<PersonalLook>,
    /// The next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}
