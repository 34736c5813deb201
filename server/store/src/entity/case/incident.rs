//! What stopped a case, until its owner settles it.

use shared::approval::IncidentKind;
use shared::calendar::Instant;
use shared::ids::CaseId;
use shared::process::obstacle::Obstacle;

use crate::entity::prelude::*;
use crate::record::CaseKind;

entity! {
    /// What stopped a case.
    #[sea_orm(table_name = "incidents")]
    #[derive(Eq)]
    pub struct Incident {
        #[sea_orm(primary_key, auto_increment = false)]
        pub n: i32,
        pub kind: IncidentKind,
        pub element: String,
        pub task_no: Option<i64>,
        pub timer_no: Option<i64>,
        pub opened_at: Instant,
    }
    moves {
        pub obstacle: Obstacle,
        pub tries: i32,
        pub settled_at: Option<Instant>,
        pub settled_by: Option<String>,
    }
    row {
        #[sea_orm(primary_key, auto_increment = false)]
        pub case_id: CaseId,
        pub case_kind: CaseKind,
        /// The definition on which it runs.
        pub definition: String,
    }
}
