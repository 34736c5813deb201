//! Years whose decree of holidays is known; a missing year makes deadlines provisional.

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_years")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub year: Col<i32>,
    pub source: String,
}

impl ActiveModelBehavior for ActiveModel {}
