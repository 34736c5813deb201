//! A session that an identity opened, with the provider's name for its own.

use shared::calendar::Instant;
use shared::ids::SessionId;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "provider_sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub session_id: Col<SessionId>,
    pub issuer: String,
    pub subject: String,
    pub sid: Option<String>,
    pub key_id: String,
    pub sealed: Vec<u8>,
    pub expires_at: Col<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}
