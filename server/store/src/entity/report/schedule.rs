//! A report that makes itself.
//! Not here: what it made (`kept`).

use shared::calendar::Instant;
use shared::ids::UserId;
use shared::report::{ReportName, Rhythm, ScheduleState};

use crate::entity::prelude::*;

entity! {
    /// A schedule.
    #[sea_orm(table_name = "report_schedules")]
    #[derive(Eq)]
    pub struct ReportSchedule {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub owner: UserId,
        pub name: ReportName,
        /// Division code that is asked for.
        pub region: Option<String>,
        pub rhythm: Rhythm,
        /// Hour of Beijing's time.
        pub hour: i32,
        /// Sign-in names of those who are told.
        pub receivers: Vec<String>,
        pub made_at: Instant,
    }
    moves {
        pub state: ScheduleState,
        pub next_at: Instant,
        /// Number of the report that it made last.
        pub last_no: Option<String>,
        /// Code of what the last one failed for.
        pub trouble: Option<String>,
    }
}
