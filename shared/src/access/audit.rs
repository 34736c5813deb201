//! The audit as it is shown: rows, and the questions that come with the product.
//! Not here: which rows a question means (`services::audit::search`), the chain (`store::audit`), the page's words (`text::account::audit`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::KeptAuditQuestion;
use crate::calendar::Instant;
use crate::command;
use crate::command::{Together, Words};

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
    /// In which request: its number stands in the answer and in the log as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    /// Through which session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// By which job, also where it acts for somebody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job: Option<String>,
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
    /// Questions that the reader keeps, then those that other auditors share; with the first page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<KeptAuditQuestion>,
    /// The next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

codes! {
    /// A rule about what stands in the audit; how much of it is told is a row of the settings.
    AuditRule {
        NightReads = "night_reads", "night_reads", "非工作时间大量查看", "Many looks outside working time";
        Lookups = "lookups", "lookups", "短时间大量查看", "Many looks in a short time";
        MassExports = "mass_exports", "mass_exports", "大量导出", "Many exports";
        ManyRows = "many_rows", "many_rows", "一次导出大量数据", "An export of very many rows";
        RightsJump = "rights_jump", "rights_jump", "权限突增", "A jump of rights";
        FarSignIn = "far_sign_in", "far_sign_in", "异地登录", "Signed in from elsewhere";
        OutsideReads = "outside_reads", "outside_reads", "大量打开任务以外的工单", "Many tickets outside the own queue";
        SameText = "same_text", "same_text", "同文办结", "The same text on many tickets";
    }
}

codes! {
    /// What somebody looks at, as far as it is counted.
    AuditLook {
        Outside = "outside", "outside", "任务以外的工单", "Tickets outside the own queue";
        Discreet = "discreet", "discreet", "保密和举报工单", "Confidential tickets and tip-offs";
        People = "people", "people", "按号码查人、查看明文", "People looked up or shown in clear";
    }
}

/// How much one person looked at within a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditLookCount {
    /// At what.
    pub look: AuditLook,
    /// Sign-in name.
    pub who: String,
    /// How often; a ticket counts once in ten minutes.
    pub counted: i64,
}

/// Something that a rule found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditAlarmView {
    /// Its id.
    pub id: Uuid,
    /// The rule.
    pub rule: AuditRule,
    /// Sign-in name.
    pub who: String,
    /// When it was found.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
    /// How many were counted.
    pub counted: i64,
    /// Number of the first row that was counted; 0 where what was counted stands in no row.
    pub first_row: i64,
    /// Number of the last one.
    pub last_row: i64,
    /// When it was dismissed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub dismissed_at: Option<Instant>,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dismissed_by: Option<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A page of what the rules found, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditAlarms {
    /// The alarms.
    pub items: Vec<AuditAlarmView>,
    /// Whoever looked at most within a day, with the first page of those that wait.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub looks: Vec<AuditLookCount>,
    /// The next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

command! {
    /// DismissAuditAlarm
    ///
    /// It was looked into.
    DismissAuditAlarm {
        /// What it was, 5 to 500 characters.
        reason: Words<5, 500>,
    }
}

impl Together for DismissAuditAlarm {}

/// How often an act was done in a month, and how often it was refused or failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditActCount {
    /// Code of the act.
    pub action: String,
    /// Rows.
    pub counted: i64,
    /// Of these, what did not come to pass.
    pub failed: i64,
}

/// The month's report about the audit, as it is signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditReport {
    /// `2026-03`.
    pub month: String,
    /// Number of the last row that it counts, 0 where there was none.
    pub last_row: i64,
    /// Rows by question, named by its code.
    pub questions: BTreeMap<String, i64>,
    /// Alarms that the rules raised, by rule.
    pub alarms: BTreeMap<String, i64>,
    /// Every act of the month.
    pub acts: Vec<AuditActCount>,
}

/// A report as it is kept, and whether it still is what was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditReportView {
    /// What it says.
    pub report: AuditReport,
    /// When it was made.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub made_at: Instant,
    /// SHA-256 of its content.
    pub hash: String,
    /// Whether the signature of the installation's key holds.
    pub holds: bool,
}

/// Reports, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditReports {
    /// The reports.
    pub items: Vec<AuditReportView>,
}
