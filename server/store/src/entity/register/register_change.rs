//! What a revision changes of the one before, row by row.

use shared::register::ListCode;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "register_changes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub list: Col<ListCode>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub area: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: Col<i32>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// The row as it becomes, as JSON; absent for one that goes.
    pub body: Option<String>,
    /// What people find it by.
    pub words: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
