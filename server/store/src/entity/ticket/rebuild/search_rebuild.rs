//! Where making the search rows anew stands; no row when nothing is to do.

use shared::ids::TicketId;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_rebuild")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The newest ticket that is done.
    pub upto: Col<Option<TicketId>>,
}

impl ActiveModelBehavior for ActiveModel {}
