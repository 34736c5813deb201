//! Where making the digests of persons anew stands; no row when nothing is to do.

use shared::ids::TicketId;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_rebuild")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The newest ticket that is done.
    pub upto: Col<Option<TicketId>>,
    /// So many are.
    pub done: i64,
    /// Tickets that there were when it began.
    pub total: i64,
}

impl ActiveModelBehavior for ActiveModel {}
