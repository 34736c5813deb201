//! Who looked at citizens' data in the clear, as it is read by those who answer for it.
//! Not here: what a citizen reads of it (`citizen::own_data`).

use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::calendar::Instant;

codes! {
    /// What somebody did.
    LookKind {
        Reveal = "reveal", "reveal", "查看明文", "Looked in the clear";
        Role = "role", "role", "按角色直接看到明文", "Saw it in the clear by role";
        Discreet = "discreet", "discreet", "打开保密诉求或举报", "Opened a confidential request or a tip-off";
        Number = "number", "number", "按号码查找", "Looked a number up";
        Person = "person", "person", "按人查找工单", "Looked for a person's tickets";
        Approval = "approval", "approval", "查看办件明文", "Looked at an approval in the clear";
        Export = "export", "export", "导出明文", "Exported in the clear";
    }
}

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
    /// What was done.
    pub kind: LookKind,
    /// The ticket's number, or the approval's; absent of a look-up and of an export, which are of no single case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket_no: Option<String>,
    /// The reason that was given; absent when it was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// How often somebody looked in a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LookCount {
    /// Sign-in name of who looked.
    pub by: String,
    /// The unit's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What was done.
    pub kind: LookKind,
    /// How often.
    pub count: u64,
}

/// A page of a month's looks, the newest first. A page may have fewer than was asked for, since looks at what lies outside the reader's area are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonalLooks {
    /// The month, as 2026-03.
    #[serde(default)]
    pub month: String,
    /// How often who looked in the month, the most first; on the first page alone.
    #[serde(default)]
    pub counts: Vec<LookCount>,
    /// Whether there were more looks in the month than were counted.
    #[serde(default)]
    pub more: bool,
    /// The looks.
    pub items: Vec<PersonalLook>,
    /// The next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}
