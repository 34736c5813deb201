//! Accounts that changed and of which no platform was told yet.

use shared::calendar::Instant;
use shared::ids::UserId;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "platform_marks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Col<UserId>,
    pub at: Col<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}
