//! Audit rows that are committed but not yet linked into the chain.

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_pending")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub n: i64,
}

impl ActiveModelBehavior for ActiveModel {}
