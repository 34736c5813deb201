//! Where the change feed stands; one row.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "feed_head")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The newest number.
    pub seq: i64,
    /// The newest number that was trimmed away.
    pub trimmed: i64,
    /// Rows that were trimmed away before somebody had read them.
    pub lost: i64,
}

impl ActiveModelBehavior for ActiveModel {}
