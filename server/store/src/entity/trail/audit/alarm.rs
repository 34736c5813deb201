//! What the rules about the audit found.
//! Not here: the rules (services).

use shared::calendar::Instant;
use shared::ids::UserId;

use crate::entity::prelude::*;

entity! {
    /// An alarm: one a rule, person and stretch of time.
    #[sea_orm(table_name = "audit_alarms")]
    #[derive(Eq)]
    pub struct AuditAlarm {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        /// Code of the rule.
        pub rule: String,
        /// Sign-in name.
        pub who: String,
        /// Number of the stretch in which it was counted.
        pub stretch: i64,
        pub at: Instant,
        /// Number of the first row that was counted.
        pub first_row: i64,
        /// Number of the last one.
        pub last_row: i64,
        pub counted: i64,
    }
    moves {
        pub dismissed_at: Option<Instant>,
        pub dismissed_by: Option<UserId>,
        pub dismissed_name: Option<String>,
        pub reason: Option<String>,
    }
}
