//! Notifications to citizens and applicants, sealed; sent by a job after the commit.
//! Not here: sealing (`trail::outbox`).

use shared::calendar::Instant;
use shared::ids::{TicketId, UserId};
use shared::notification::{About, Remedy, Trouble};

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
    pub failed_at: Col<Option<Instant>>,
    pub sent_at: Col<Option<Instant>>,
    pub delivered_at: Col<Option<Instant>>,
    pub area: Option<String>,
    pub about: Col<Option<About>>,
    pub urgent: bool,
    pub gateway_no: Option<String>,
    pub parts: i64,
    pub fee: i64,
    pub why: Col<Option<Trouble>>,
    pub settled_at: Col<Option<Instant>>,
    pub settled_by: Col<Option<UserId>>,
    pub settled_how: Col<Option<Remedy>>,
}

impl ActiveModelBehavior for ActiveModel {}
