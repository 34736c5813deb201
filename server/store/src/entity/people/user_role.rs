//! Shipped roles that a person holds without end or condition at the own unit, for the release before this one: made of the posts, and read by
//! nothing of this release.

use shared::access::Role;
use shared::ids::UserId;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_roles")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Col<UserId>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub role: Col<Role>,
}

impl ActiveModelBehavior for ActiveModel {}
