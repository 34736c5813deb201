//! The keys that this database needs. A fingerprint is a digest of the key; it opens nothing.

use shared::calendar::Instant;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sealing_keys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub fingerprint: Vec<u8>,
    pub recorded_at: Col<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}
