//! Passkeys, each with its public key.

use shared::calendar::Instant;
use shared::ids::{PasskeyId, UserId};

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "passkeys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Col<PasskeyId>,
    pub user_id: Col<UserId>,
    /// What browsers call it.
    pub credential: Vec<u8>,
    pub name: String,
    pub public_key: Vec<u8>,
    /// The COSE algorithm.
    pub algorithm: Col<i64>,
    /// How often it has signed, where it counts.
    pub signed: Col<i64>,
    pub made_at: Col<Instant>,
    pub used_at: Col<Option<Instant>>,
}

impl ActiveModelBehavior for ActiveModel {}
