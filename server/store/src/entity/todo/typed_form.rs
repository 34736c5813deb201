//! What people of the house typed into a form and have not sent, sealed.
//! Not here: which forms (`shared::todo`), photos of forms (`trail::draft`).

use shared::calendar::Instant;
use shared::ids::UserId;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "typed_forms")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Col<UserId>,
    /// Path and mark of the form.
    #[sea_orm(primary_key, auto_increment = false)]
    pub address: String,
    pub saved_at: Col<Instant>,
    pub key_id: String,
    pub sealed: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
