//! The last number of paper forms drawn per area and day; gaps are allowed, re-use is not.

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "paper_counters")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub region: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: String,
    pub last: i64,
}

impl ActiveModelBehavior for ActiveModel {}
