//! An identity of a provider, linked to one account.

use shared::calendar::Instant;
use shared::ids::UserId;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identities")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub issuer: String,
    pub subject: String,
    pub user_id: Col<UserId>,
    pub linked_at: Col<Instant>,
    /// Who linked it; nobody for the machine's owner.
    pub linked_by: Col<Option<UserId>>,
    pub used_at: Col<Option<Instant>>,
}

impl ActiveModelBehavior for ActiveModel {}
