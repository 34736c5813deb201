//! The hash chain in the order of sealing; `seq` is gapless from 1.

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_chain")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    pub n: i64,
    pub link: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
