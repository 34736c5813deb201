//! Audit rows with their own digest; they grow only. Values that may be erased stand beside their salted hashes.
//! Not here: digests (`trail::audit::row`).

pub(crate) mod alarm;
pub(crate) mod chain;
pub(crate) mod checkpoint;
pub(crate) mod outside;
pub(crate) mod pending;
pub(crate) mod question;
pub(crate) mod read;
pub(crate) mod report;

use shared::calendar::Instant;
use shared::ids::UserId;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub n: i64,
    pub id: Uuid,
    pub at: Col<Instant>,
    pub actor: Col<Option<UserId>>,
    pub actor_name: String,
    pub action: String,
    pub object: String,
    pub outcome: String,
    pub facts: String,
    pub salt: Vec<u8>,
    pub hashes: String,
    pub erasable: Option<String>,
    pub digest: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
