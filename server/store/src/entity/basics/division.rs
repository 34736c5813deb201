//! Administrative divisions (GB/T 2260), 6 digits down to the county, 9 for streets.

use shared::place::DivisionLevel;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "divisions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub name: String,
    pub level: Col<DivisionLevel>,
    pub parent: Option<String>,
    pub ended: bool,
    pub successor: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
