//! The last sequence drawn per region, day and channel; gaps are allowed, re-use is not.

use shared::ticket::Channel;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_counters")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub region: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel: Col<Channel>,
    pub last: i64,
}

impl ActiveModelBehavior for ActiveModel {}
