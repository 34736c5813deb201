//! Devices (as HMAC) that have proved a subject before.

use shared::calendar::Instant;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "known_devices")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: Kept<Vec<u8>>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub device: Kept<Vec<u8>>,
    pub last_at: Kept<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}
