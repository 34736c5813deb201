//! The tickets by what was answered to the office's own fields.

use shared::ids::TicketId;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_own")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub field: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub value: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub ticket_id: Col<TicketId>,
}

impl ActiveModelBehavior for ActiveModel {}
