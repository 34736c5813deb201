//! Signed-in sessions; a revoked or expired one stays as a row until it is purged.

use shared::calendar::Instant;
use shared::ids::{SessionId, UserId};

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Col<SessionId>,
    pub user_id: Col<UserId>,
    /// Hash of the refresh token that is good now.
    pub refresh_hash: Vec<u8>,
    /// Hash of the one before.
    pub previous_hash: Option<Vec<u8>>,
    pub created_at: Col<Instant>,
    pub rotated_at: Col<Instant>,
    pub expires_at: Col<Instant>,
    pub revoked_at: Col<Option<Instant>>,
    pub ip: Option<String>,
    pub agent: Option<String>,
    /// When the person last proved to be himself; absent: at sign-in.
    pub proved_at: Col<Option<Instant>>,
    /// 1: the second factor is still asked; 2: the identity provider has asked for one.
    pub half: i64,
    #[sea_orm(belongs_to, from = "user_id", to = "id")]
    pub user: BelongsTo<super::user::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
