//! Reviews of who has an account in a unit.
//! Not here: the people in one (`account_review_row`).

use shared::calendar::Instant;
use shared::ids::ReviewId;

use crate::entity::prelude::*;

entity! {
    /// A review of one unit in one quarter.
    #[sea_orm(table_name = "account_reviews")]
    #[derive(Eq)]
    pub struct Review {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ReviewId,
        pub unit: String,
        /// The quarter, as `2026Q1`.
        pub term: String,
        pub made_at: Instant,
        pub due_at: Instant,
    }
    moves {
        pub closed_at: Option<Instant>,
    }
}
