//! Monthly reports about the audit, as they were signed.

use shared::calendar::Instant;

use crate::entity::prelude::*;

entity! {
    /// A report.
    #[sea_orm(table_name = "audit_reports")]
    #[derive(Eq)]
    pub struct AuditReport {
        /// `2026-03`.
        #[sea_orm(primary_key, auto_increment = false)]
        pub month: String,
        pub made_at: Instant,
        /// JSON.
        pub content: String,
        pub key_id: String,
        /// Ed25519 over month and digest of the content.
        pub signature: Vec<u8>,
    }
}
