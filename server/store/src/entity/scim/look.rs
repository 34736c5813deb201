//! The last look at each platform.

use shared::calendar::Instant;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "platform_looks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub platform: String,
    pub at: Col<Instant>,
    pub users: i64,
    pub said: String,
}

impl ActiveModelBehavior for ActiveModel {}
