//! The approval's row.
//! Not here: sealing and opening what is inside (`approvals::row`), what hangs on it (`case`).

use std::collections::BTreeMap;

use shared::approval::ApprovalStatus;
use shared::calendar::Instant;
use shared::ids::{ApprovalId, CaseId, UserId};

use crate::entity::prelude::*;
use crate::record::Inside;

entity! {
    /// An approval (办件).
    #[sea_orm(table_name = "approvals")]
    pub struct Approval {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ApprovalId,
        /// Area, definition, day and sequence; unique.
        pub approval_no: String,
        /// Key of the definition.
        pub definition: String,
        pub started_at: Instant,
        pub started_by: UserId,
        pub started_by_name: String,
        /// Unit of the initiator.
        pub unit: String,
        pub unit_path: String,
        pub region: String,
        /// The case whose message or signal started this one.
        pub caused_by: Option<CaseId>,
        /// Whether a person filed it; false for what a clock began in somebody's name.
        pub filed: bool,
    }
    moves {
        pub title: String,
        /// Raised with every change.
        pub version: i32,
        pub definition_version: i32,
        /// Version of every other definition that may be called, by key.
        pub pins: BTreeMap<String, i32>,
        pub status: ApprovalStatus,
        /// The end event that was reached.
        pub outcome: Option<String>,
        /// Since when its clocks stand.
        pub paused_at: Option<Instant>,
        /// What the initiator was asked to correct.
        pub paused_for: Option<String>,
        pub ended_at: Option<Instant>,
        pub updated_at: Instant,
        /// Number of the newest event.
        pub last_seq: i32,
        /// When the people in it were erased.
        pub erased_at: Option<Instant>,
    }
    row {
        /// Four digits of the region, by which lists of cities are walked.
        pub city: String,
        /// Open elements as JSON.
        pub steps: String,
        pub key_id: String,
        pub sealed: Vec<u8>,
    }
    record {
        pub inside: Inside,
    }
}
