//! Devices (as HMAC) that have proved a subject before.

use shared::calendar::Instant;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "known_devices")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: Col<Vec<u8>>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub device: Col<Vec<u8>>,
    pub last_at: Col<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}
