//! Links between tickets (关联): each stands once, at the ticket whose verb made it, and is loaded with both.
//! Not here: merging, after which one ticket leads (`merged_ticket`).

use shared::calendar::Instant;
use shared::ids::{TicketId, UserId};
use shared::ticket::TicketNo;
use shared::ticket::together::LinkKind;

use crate::entity::prelude::*;

entity! {
    /// A link from a ticket to another one.
    #[sea_orm(table_name = "ticket_links")]
    #[derive(Eq)]
    pub struct TicketLink {
        #[sea_orm(primary_key, auto_increment = false)]
        pub ticket_id: TicketId,
        /// From 1.
        #[sea_orm(primary_key, auto_increment = false)]
        pub n: i32,
        pub ticket_no: TicketNo,
        pub other_id: TicketId,
        pub other_no: TicketNo,
        pub kind: LinkKind,
        pub note: Option<String>,
        pub at: Instant,
        #[sea_orm(column_name = "by_user")]
        pub by: Option<UserId>,
        pub by_name: Option<String>,
    }
    moves {
        /// When it was undone.
        pub ended_at: Option<Instant>,
        pub ended_by: Option<UserId>,
        pub ended_by_name: Option<String>,
        pub end_reason: Option<String>,
    }
}
