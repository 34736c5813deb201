//! Where somebody's mails and text messages go, sealed.

use shared::ids::UserId;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice_contacts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person: Col<UserId>,
    pub key_id: String,
    pub sealed: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
