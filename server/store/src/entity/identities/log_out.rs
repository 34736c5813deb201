//! A word of signing out that was taken.

use shared::calendar::Instant;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "provider_log_outs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub jti: Col<Vec<u8>>,
    pub expires_at: Col<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}
