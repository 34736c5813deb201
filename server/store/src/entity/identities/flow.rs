//! A way to the provider that a browser is on; good once.

use shared::calendar::Instant;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "provider_flows")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub state: Col<Vec<u8>>,
    pub device: Vec<u8>,
    pub key_id: String,
    pub sealed: Vec<u8>,
    pub expires_at: Col<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}
