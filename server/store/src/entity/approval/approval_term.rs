//! What the titles of approvals are found by.

use shared::ids::ApprovalId;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_terms")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub term: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub approval_id: Col<ApprovalId>,
}

impl ActiveModelBehavior for ActiveModel {}
