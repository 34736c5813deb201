//! Services that are being called. `claimed_until` keeps two servers from calling one twice at a time.
//! Not here: which are due, and claiming one (`host::due`).

use shared::calendar::Instant;
use shared::ids::CaseId;

use crate::entity::prelude::*;
use crate::record::CaseKind;

entity! {
    /// A service that is being called.
    #[sea_orm(table_name = "calls")]
    #[derive(Eq)]
    pub struct Call {
        #[sea_orm(primary_key, auto_increment = false)]
        pub task_no: i64,
    }
    moves {
        pub element: String,
        pub service: String,
        pub tries: i32,
        /// Absent while an incident waits or the case is paused.
        pub next_try_at: Option<Instant>,
    }
    row {
        #[sea_orm(primary_key, auto_increment = false)]
        pub case_id: CaseId,
        pub case_kind: CaseKind,
        /// Until when a server has it; nobody has claimed what has just changed.
        pub claimed_until: Instant,
    }
}
