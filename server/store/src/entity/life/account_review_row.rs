//! People of a review, with the answer about each.
//! Not here: the review (`account_review`).

use shared::account::review::ReviewAnswer;
use shared::calendar::Instant;
use shared::ids::{ReviewId, UserId};

use crate::entity::prelude::*;

entity! {
    /// Somebody of a review.
    #[sea_orm(table_name = "account_review_rows")]
    #[derive(Eq)]
    pub struct ReviewRow {
        #[sea_orm(primary_key, auto_increment = false)]
        pub review_id: ReviewId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: UserId,
        pub username: String,
        pub name: String,
        /// Words of the roles, as they were then.
        pub roles: String,
    }
    moves {
        pub answer: Option<ReviewAnswer>,
        pub answered_at: Option<Instant>,
        pub answered_by: Option<UserId>,
        pub answered_by_name: Option<String>,
    }
}
