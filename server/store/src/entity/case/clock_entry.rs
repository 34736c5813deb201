//! The clock ledger: what happened to the clocks of a case and its assignments; grows only.
//! Not here: computing deadlines (`shared::calendar`).

use shared::calendar::Instant;
use shared::ids::{AssignmentId, CaseId};

use crate::entity::prelude::*;
use crate::record::ClockKind;

entity! {
    /// One entry of the clock ledger.
    #[sea_orm(table_name = "clock_entries")]
    pub struct ClockEntry {
        pub case_id: CaseId,
        /// `None` for the case's own clock.
        pub assignment_id: Option<AssignmentId>,
        pub at: Instant,
        pub kind: ClockKind,
        pub due_at: Option<Instant>,
        pub limit_rule: Option<i64>,
        pub provisional: bool,
    }
    serial n
}
