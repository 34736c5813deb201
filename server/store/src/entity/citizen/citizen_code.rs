//! Codes that are open, one a number.

use shared::calendar::Instant;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "citizen_codes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub phone_hmac: Col<Vec<u8>>,
    pub code_hmac: Vec<u8>,
    pub made_at: Col<Instant>,
    pub ends_at: Col<Instant>,
    pub tries: Col<i32>,
    pub used_at: Col<Option<Instant>>,
}

impl ActiveModelBehavior for ActiveModel {}
