//! People of a review, as the release before kept them; kept for it, and read by nobody here.
//! Not here: posts of a review (`account_review_post`), which took its place.

use shared::account::review::ReviewAnswer;
use shared::calendar::Instant;
use shared::ids::{ReviewId, UserId};

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account_review_rows")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub review_id: Col<ReviewId>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Col<UserId>,
    pub username: String,
    pub name: String,
    pub roles: String,
    pub answer: Col<Option<ReviewAnswer>>,
    pub answered_at: Col<Option<Instant>>,
    pub answered_by: Col<Option<UserId>>,
    pub answered_by_name: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
