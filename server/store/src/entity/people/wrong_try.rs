//! Wrong tries under a key (an HMAC of a ticket number or a sign-in name), and until when the key is locked.

use shared::calendar::Instant;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "wrong_tries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: Col<Vec<u8>>,
    pub tries: Col<i32>,
    pub last_at: Col<Instant>,
    pub locked_until: Col<Option<Instant>>,
}

impl ActiveModelBehavior for ActiveModel {}
