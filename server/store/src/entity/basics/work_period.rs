//! Working periods of a day in minutes from midnight; the newest row that is valid on a day holds.

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "work_periods")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub valid_from: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    pub from_minute: Col<i32>,
    pub to_minute: Col<i32>,
}

impl ActiveModelBehavior for ActiveModel {}
