//! Quality findings: a rule that a case breaks, and what became of it.
//! Not here: looking (services), lists in a scope (`crate::quality`).

use std::collections::BTreeMap;

use shared::calendar::Instant;
use shared::ids::UserId;
use shared::process::CaseKind;
use shared::quality::{FindingState, QualityRule, Severity};

use crate::entity::prelude::*;

entity! {
    /// A finding.
    #[sea_orm(table_name = "quality_findings")]
    #[derive(Eq)]
    pub struct QualityFinding {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub rule: QualityRule,
        pub case_kind: CaseKind,
        pub case_id: Uuid,
        pub first_seen: Instant,
    }
    moves {
        /// Version of the rule that found it last.
        pub rule_version: i32,
        /// Division of the case.
        pub region: String,
        /// The unit that sees to it; without one the centre of the place.
        pub unit: Option<String>,
        pub unit_path: Option<String>,
        pub severity: Severity,
        pub state: FindingState,
        /// Codes and numbers.
        pub facts: BTreeMap<String, String>,
        pub last_seen: Instant,
        pub due_at: Instant,
        /// Who asked to dismiss it.
        pub asked_by: Option<UserId>,
        pub asked_by_name: Option<String>,
        pub reason: Option<String>,
        pub closed_at: Option<Instant>,
        /// Nobody where the next look no longer found it.
        pub closed_by: Option<UserId>,
        pub closed_by_name: Option<String>,
        pub note: Option<String>,
    }
}
