//! Where a platform differs from our accounts.

use shared::account::platform::DriftKind;
use shared::calendar::Instant;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "platform_drifts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub platform: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub username: String,
    pub kind: Col<DriftKind>,
    pub found_at: Col<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}
