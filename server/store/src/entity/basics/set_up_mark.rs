//! What of setting an office up leaves no other trace.

use shared::calendar::Instant;
use shared::ids::UserId;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "set_up_marks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub mark: String,
    /// Absent: the machine's owner.
    pub set_by: Col<Option<UserId>>,
    pub set_by_name: String,
    pub set_at: Col<Instant>,
    pub note: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
