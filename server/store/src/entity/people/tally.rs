//! How often something happened since the beginning of its window; the key is an HMAC.

use shared::calendar::Instant;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tallies")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: Col<Vec<u8>>,
    pub n: i64,
    pub since: Col<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}
