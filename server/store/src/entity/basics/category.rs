//! The category tree: three levels, codes of 2, 4 and 6 digits.

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "categories")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub parent: Option<String>,
    pub level: i64,
    pub name_zh: String,
    pub name_en: String,
    pub active: bool,
}

impl ActiveModelBehavior for ActiveModel {}
