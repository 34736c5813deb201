//! Sessions of citizens; one that has ended stays as a row until it is purged.

use shared::calendar::Instant;
use shared::ids::{CitizenId, SessionId};

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "citizen_sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Col<SessionId>,
    pub citizen_id: Col<CitizenId>,
    pub token_hmac: Vec<u8>,
    pub created_at: Col<Instant>,
    pub used_at: Col<Instant>,
    pub ends_at: Col<Instant>,
    pub revoked_at: Col<Option<Instant>>,
    pub agent: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
