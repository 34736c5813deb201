//! Papers that were missing when an approval was accepted.

use shared::calendar::Instant;
use shared::ids::ApprovalId;

use crate::entity::prelude::*;

entity! {
    /// A paper that was missing.
    #[sea_orm(table_name = "approval_papers")]
    #[derive(Eq)]
    pub struct ApprovalPaper {
        #[sea_orm(primary_key, auto_increment = false)]
        pub n: i32,
        pub name: String,
        pub asked_at: Instant,
    }
    moves {
        pub due_at: Option<Instant>,
        pub supplied_at: Option<Instant>,
        pub note: Option<String>,
    }
    row {
        #[sea_orm(primary_key, auto_increment = false)]
        pub approval_id: ApprovalId,
    }
}
