//! One row by which a writer proves that what it commits is kept; it means nothing else.
//! Read and written by `database::probe` and `proof` alone, in texts of their own, on connections that are not trusted yet.

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "writer_probe")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub n: i64,
}

impl ActiveModelBehavior for ActiveModel {}
