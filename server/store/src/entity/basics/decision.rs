//! Decision tables with their versions; a version never changes.

use shared::calendar::Instant;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "decisions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: Col<i32>,
    pub xml: String,
    pub digest: Vec<u8>,
    pub deployed_at: Col<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}
