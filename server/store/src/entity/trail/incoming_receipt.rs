//! Senders whose message was answered by itself: one answer a sender and day.

use shared::calendar::Instant;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "incoming_receipts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub sender_hmac: Col<Vec<u8>>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: String,
    pub at: Col<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}
