//! Timers that run, or are held: without a time the case is paused, or an incident says why.
//! Not here: which are due (`host::due`).

use shared::calendar::Instant;
use shared::ids::{AssignmentId, CaseId};
use shared::process::limit::Stage;

use crate::entity::prelude::*;
use crate::record::CaseKind;

entity! {
    /// A timer that runs or is held.
    #[sea_orm(table_name = "timers")]
    #[derive(Eq)]
    pub struct Timer {
        #[sea_orm(primary_key, auto_increment = false)]
        pub timer_no: i64,
    }
    moves {
        pub element: String,
        /// Absent while it is held.
        pub due_at: Option<Instant>,
        /// When it would have rung, of a held one.
        pub held_at: Option<Instant>,
        /// The limit at whose end it rings, where its time is a deadline of the case: it moves with that.
        pub stage: Option<Stage>,
        /// The assignment whose deadline it is.
        pub assignment_id: Option<AssignmentId>,
    }
    row {
        #[sea_orm(primary_key, auto_increment = false)]
        pub case_id: CaseId,
        pub case_kind: CaseKind,
    }
}
