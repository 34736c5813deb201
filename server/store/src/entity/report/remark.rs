//! A remark on a kept report.
//! Not here: the report (`kept`).

use shared::calendar::Instant;
use shared::ids::UserId;

use crate::entity::prelude::*;

entity! {
    /// A remark.
    #[sea_orm(table_name = "report_comments")]
    #[derive(Eq)]
    pub struct ReportComment {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        /// Number of the report.
        pub report: String,
        pub author: UserId,
        pub author_name: String,
        pub said_at: Instant,
        pub words: String,
    }
}
