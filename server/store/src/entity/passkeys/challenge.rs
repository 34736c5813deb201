//! What a passkey is asked to sign, one for a session and purpose.

use shared::calendar::Instant;
use shared::ids::{SessionId, UserId};

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "passkey_challenges")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub session_id: Col<SessionId>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub purpose: String,
    pub user_id: Col<UserId>,
    pub challenge: Vec<u8>,
    pub expires_at: Col<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}
