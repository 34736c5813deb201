//! Statements of the database that took too long.
//! Not here: values, which are never kept; what a process has just met (`slow`).

use shared::calendar::Instant;

use crate::entity::prelude::*;

entity! {
    /// A statement of one caller that took too long.
    #[sea_orm(table_name = "slow_statements")]
    #[derive(Eq)]
    pub struct SlowStatement {
        /// Its text with marks.
        #[sea_orm(primary_key, auto_increment = false)]
        pub statement: String,
        /// The name of the call or the job; empty where it is not known.
        #[sea_orm(primary_key, auto_increment = false)]
        pub caller: String,
        pub first_at: Instant,
    }
    moves {
        /// How often.
        pub times: i64,
        pub last_ms: i64,
        pub most_ms: i64,
        pub total_ms: i64,
        pub last_at: Instant,
        /// The steps of its plan, one a line.
        pub plan: Option<String>,
    }
}
