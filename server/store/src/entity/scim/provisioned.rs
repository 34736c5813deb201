//! Accounts that an identity management looks after, or requests for them.

use shared::calendar::Instant;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "provisioned")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Sign-in name of the program's account.
    pub program: String,
    pub external_id: Option<String>,
    pub made_at: Col<Instant>,
    pub gone_at: Col<Option<Instant>>,
}

impl ActiveModelBehavior for ActiveModel {}
