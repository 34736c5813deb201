//! Templates of exports.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "export_templates")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub owner: Uuid,
    pub owner_name: String,
    /// Code of the owner's unit; empty without one.
    pub unit: String,
    pub name: String,
    /// Keys of the columns, with commas between.
    pub picked: String,
    pub format: String,
    /// Words of the related parts, with commas between.
    pub parts: String,
    pub shared: bool,
    pub kept_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
