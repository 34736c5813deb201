//! Roles of the installation, shipped ones among them.
//! Not here: the record with what it gives (`people::roles`).

use shared::access::{RoleCode, RoleOrigin};
use shared::calendar::Instant;
use shared::ids::UserId;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roles")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: Col<RoleCode>,
    pub origin: Col<RoleOrigin>,
    pub copied_from: Col<Option<RoleCode>>,
    pub name: String,
    pub name_en: String,
    /// Codes of shipped roles, with blanks between.
    pub tasks: String,
    /// 1: its posts sleep.
    pub stopped: i64,
    /// Field rights, only what is not as usual.
    pub sight: String,
    pub version: Col<i32>,
    pub updated_at: Col<Instant>,
    pub updated_by: Col<Option<UserId>>,
    pub updated_by_name: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
