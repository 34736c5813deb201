//! Days that differ from the plain week: off, or work at a weekend.

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_days")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: String,
    /// `off` or `work`.
    pub kind: String,
    pub name: String,
    pub year: Col<i32>,
}

impl ActiveModelBehavior for ActiveModel {}
