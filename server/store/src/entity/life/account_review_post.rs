//! Posts of a review, with the answer about each.
//! Not here: the review (`account_review`), the post itself (`people::post`).

use shared::access::{RoleCode, ScopeKind};
use shared::account::review::ReviewAnswer;
use shared::calendar::Instant;
use shared::ids::{ReviewId, UserId};

use crate::entity::prelude::*;

entity! {
    /// A post of a review, as it was when the review was made.
    #[sea_orm(table_name = "account_review_posts")]
    #[derive(Eq)]
    pub struct ReviewPost {
        #[sea_orm(primary_key, auto_increment = false)]
        pub review_id: ReviewId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: UserId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub no: i32,
        pub username: String,
        pub name: String,
        pub role: RoleCode,
        pub scope: Option<ScopeKind>,
        pub valid_until: Option<Instant>,
        /// When its holder was last at work.
        pub seen_at: Option<Instant>,
    }
    moves {
        pub answer: Option<ReviewAnswer>,
        /// When the post ends, where that was answered.
        pub ends_at: Option<Instant>,
        pub answered_at: Option<Instant>,
        pub answered_by: Option<UserId>,
        pub answered_by_name: Option<String>,
    }
}
