//! What a role gives. Permission and scope are texts, so that a word of a later release is passed over and not an error.
//! Not here: reading them (`people::roles`).

use shared::access::RoleCode;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role_permissions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub role: Col<RoleCode>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub permission: String,
    pub scope: String,
}

impl ActiveModelBehavior for ActiveModel {}
