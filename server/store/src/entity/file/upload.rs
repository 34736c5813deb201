//! Files on their way.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "uploads")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub owner: Uuid,
    pub owner_name: String,
    /// Where it is to hang, as JSON.
    pub hook: String,
    pub size: i64,
    /// Bytes on the disk.
    pub received: i64,
    pub key_id: String,
    /// Name and staging key, sealed.
    pub inside: Vec<u8>,
    pub file: Option<Uuid>,
    pub made_at: i64,
    pub expires_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
