//! The columns that somebody sees in the list of tickets where its address names none.
//! Not here: which there are (`shared::query::shown`).

use shared::ids::UserId;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "list_columns")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Col<UserId>,
    /// Codes with commas, in their order.
    pub shown: String,
}

impl ActiveModelBehavior for ActiveModel {}
