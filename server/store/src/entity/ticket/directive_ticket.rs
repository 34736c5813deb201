//! The tickets that a directive is about beside its own, by ticket.

use shared::ids::{ApplicationId, TicketId};

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "directive_tickets")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub ticket_id: Col<TicketId>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub application_id: Col<ApplicationId>,
}

impl ActiveModelBehavior for ActiveModel {}
