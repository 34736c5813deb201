//! Working hours beyond the installation's usual ones: one period of days of an area or a unit.

use shared::access::Role;
use shared::calendar::HourDay;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "work_hours")]
pub struct Model {
    /// Of the part of the list that it came from.
    #[sea_orm(primary_key, auto_increment = false)]
    pub area: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    /// Of whose tasks alone it is; everybody's without one.
    pub post: Col<Option<Role>>,
    pub region: Option<String>,
    pub unit: Option<String>,
    pub day: Col<HourDay>,
    pub season_from: Option<String>,
    pub season_to: Option<String>,
    pub from_minute: Col<i32>,
    pub to_minute: Col<i32>,
}

impl ActiveModelBehavior for ActiveModel {}
