//! Accounts of citizens; number and name are sealed.

use shared::calendar::Instant;
use shared::ids::CitizenId;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "citizens")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Col<CitizenId>,
    /// The hash under which tickets keep the contact's number.
    pub phone_hmac: Vec<u8>,
    pub key_id: String,
    pub sealed: Vec<u8>,
    pub made_at: Col<Instant>,
    pub agreed_at: Col<Instant>,
    /// Digest of the words that were agreed to.
    pub agreed_to: Vec<u8>,
    /// The last sign-in.
    pub seen_at: Col<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}
