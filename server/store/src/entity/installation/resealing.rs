//! Where sealing anew stands; no row when nothing is to do.

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "resealing")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The data key that everything is to be sealed with.
    pub key_id: String,
    /// The kind of rows that is being done.
    pub part: String,
    /// The newest of them that is done.
    pub upto: Option<Uuid>,
    /// So many are.
    pub done: i64,
    /// Rows that there were when it began.
    pub total: i64,
    /// Rows that did not open.
    pub unopened: i64,
}

impl ActiveModelBehavior for ActiveModel {}
