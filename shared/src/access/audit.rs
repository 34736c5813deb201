//! The audit as it is shown: rows, and the questions that come with the product.
//! Not here: which rows a question means (`services::audit::search`), the chain (`store::audit`), the page's words (`text::account::audit`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::calendar::Instant;

codes! {
    /// A question that auditors ask again and again.
    AuditQuestion {
        Rights = "rights", "rights", "权限变动", "Changes of rights";
        OffHours = "off_hours", "off_hours", "非工作时间查看", "Looks outside working time";
        Mass = "mass", "mass", "大量查看告警", "Alarms about many looks";
        Exports = "exports", "exports", "导出", "Exports";
        Failures = "failures", "failures", "失败与拒绝", "Failures and refusals";
        Dormant = "dormant", "dormant", "休眠账号", "Dormant accounts";
        Auditors = "auditors", "auditors", "审计查阅", "Looks at the audit";
    }
}

/// A row of the audit, as the auditor reads it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditRowView {
    /// Number of the row.
    pub n: i64,
    /// Its id.
    pub id: Uuid,
    /// When it was written.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
    /// Whether that was outside the working time of the state's calendar.
    pub off_hours: bool,
    /// Sign-in name, or `system`, `visitor`, `process`, `job:…`, `partner:…`.
    pub who: String,
    /// What was done: the code of a verb or a right.
    pub action: String,
    /// On what, such as `ticket:` and an id.
    pub object: String,
    /// `ok`, or the code of the refusal.
    pub outcome: String,
    /// From which address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ip: Option<String>,
    /// Why, as the person said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// What else is known, as codes and numbers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, String>,
}

/// A page of rows, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditRows {
    /// The rows; with `off_hours` there can be fewer than asked for, and still a next page.
    pub items: Vec<AuditRowView>,
    /// The next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}
