//! Second factors: the secret of an app, sealed.

use shared::calendar::Instant;
use shared::ids::UserId;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "factors")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Col<UserId>,
    pub key_id: String,
    pub sealed: Vec<u8>,
    pub made_at: Col<Instant>,
    pub confirmed_at: Col<Option<Instant>>,
    /// The step of the last code that was taken.
    pub used_step: Col<Option<i64>>,
}

impl ActiveModelBehavior for ActiveModel {}
