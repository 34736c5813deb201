//! Numbers and addresses that want no notifications or cannot have any, by their hash.

use shared::calendar::Instant;
use shared::notification::Trouble;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "unreachable")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub address_hash: Col<Vec<u8>>,
    pub why: Col<Trouble>,
    pub since: Col<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}
