//! The keys that sign access tokens; private keys are sealed, and gone from keys that only check.

use shared::calendar::Instant;
use uuid::Uuid;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session_keys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Col<Uuid>,
    /// As it stands in the head of tokens.
    pub kid: String,
    pub public: Vec<u8>,
    /// Id of the key that seals the private key.
    pub key_id: Option<String>,
    pub sealed: Option<Vec<u8>>,
    pub made_at: Col<Instant>,
    pub ends_at: Col<Option<Instant>>,
}

impl ActiveModelBehavior for ActiveModel {}
