//! Where files hang.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "file_references")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub blob: Uuid,
    pub case_kind: String,
    pub case_id: Uuid,
    pub place: String,
    pub assignment: Option<Uuid>,
    pub slot: Option<String>,
    pub version: i64,
    pub key_id: String,
    /// Sealed.
    pub name: Vec<u8>,
    pub by_user: Option<Uuid>,
    pub by_name: String,
    pub at: i64,
    pub task: Option<i64>,
    pub event: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
