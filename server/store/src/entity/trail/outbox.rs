//! Messages to citizens, sealed; delivered by a job after the commit.
//! Not here: sealing (`trail::outbox`).

use shared::calendar::Instant;
use shared::ids::TicketId;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub ticket_id: Col<Option<TicketId>>,
    pub channel: String,
    pub key_id: String,
    pub sealed: Vec<u8>,
    pub created_at: Col<Instant>,
    pub tries: Col<i32>,
    pub next_try_at: Col<Instant>,
    pub delivered_at: Col<Option<Instant>>,
    pub failed_at: Col<Option<Instant>>,
}

impl ActiveModelBehavior for ActiveModel {}
