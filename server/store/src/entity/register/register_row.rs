//! Rows of the lists, each from the revision that brought it until the one that ended it.

use shared::register::ListCode;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "register_rows")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub list: Col<ListCode>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub area: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// Number of the revision that brought it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub since: Col<i32>,
    /// Number of the revision from which it holds no more.
    pub ended: Col<Option<i32>>,
    /// The row as JSON.
    pub body: String,
    /// What people find it by.
    pub words: String,
}

impl ActiveModelBehavior for ActiveModel {}
