//! Questions to the audit that an auditor keeps under a name.
//! Not here: those that come with the product (`audit`), what can be asked (`services::audit::search`).

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::command;
use crate::command::{Ticked, Together, Words};

command! {
    /// KeepAuditQuestion
    ///
    /// A search under a name.
    KeepAuditQuestion {
        /// What it is called, at most 40 characters.
        name: Words<1, 40>,
        /// What stands behind the question mark of the search's address, at most 900 characters.
        query: Words<1, 900>,
        /// Whether all auditors see it.
        shared: Ticked,
    }
}

impl Together for KeepAuditQuestion {}

/// A question that was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptAuditQuestion {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// What stands behind the question mark of the search's address.
    pub query: String,
    /// Whether all auditors see it.
    pub shared: bool,
    /// Whose it is; nobody for one's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}
