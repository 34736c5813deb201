//! The tickets of an act on many, and what became of each.
//! Not here: the act (`bulk_act`).

use shared::ids::{AssignmentId, TicketId};
use shared::ticket::TicketNo;
use shared::ticket::bulk::BulkOutcome;

use crate::entity::prelude::*;

entity! {
    /// One of them.
    #[sea_orm(table_name = "bulk_items")]
    #[derive(Eq)]
    pub struct BulkRow {
        #[sea_orm(primary_key, auto_increment = false)]
        pub bulk_id: Uuid,
        /// Its place among those that were sent, from 1.
        #[sea_orm(primary_key, auto_increment = false)]
        pub item_no: i32,
        pub ticket_id: TicketId,
        pub assignment_id: Option<AssignmentId>,
        /// The version that was seen.
        pub version: i32,
    }
    moves {
        /// Absent until the ticket was looked at, and where it was out of reach.
        pub ticket_no: Option<TicketNo>,
        pub outcome: BulkOutcome,
        /// Code and facts as JSON.
        pub fault: Option<String>,
    }
}
