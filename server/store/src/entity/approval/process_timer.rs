//! Timers at which new cases start; the row goes in the transaction that starts the case.

use shared::calendar::Instant;
use shared::ids::UserId;

use crate::entity::prelude::*;

entity! {
    /// A timer at which a new case starts.
    #[sea_orm(table_name = "process_timers")]
    #[derive(Eq)]
    pub struct StartTimer {
        #[sea_orm(primary_key, auto_increment = false)]
        pub definition: String,
        #[sea_orm(primary_key, auto_increment = false, column_name = "definition_version")]
        pub version: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub element: String,
        /// `date`, `duration` or `cycle`.
        pub kind: String,
        /// ISO 8601 or working time.
        pub spec: String,
        pub due_at: Instant,
        /// Who activated the version.
        pub initiator: UserId,
    }
}
