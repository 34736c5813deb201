//! Recovery codes, each good once; only an HMAC of each is kept.

use shared::calendar::Instant;
use shared::ids::UserId;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recovery_codes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: Col<Vec<u8>>,
    pub user_id: Col<UserId>,
    pub made_at: Col<Instant>,
    pub used_at: Col<Option<Instant>>,
}

impl ActiveModelBehavior for ActiveModel {}
