//! What a platform is to be told of an account, or was told, with its receipt.

use shared::account::platform::PushState;
use shared::calendar::Instant;
use shared::ids::UserId;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "platform_pushes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub platform: String,
    pub user_id: Col<UserId>,
    pub state: Col<PushState>,
    pub made_at: Col<Instant>,
    pub tries: Col<i32>,
    pub next_at: Col<Option<Instant>>,
    pub done_at: Col<Option<Instant>>,
    pub said: String,
}

impl ActiveModelBehavior for ActiveModel {}
