//! Tickets that were merged into a leading one (并案).
//! Not here: the ticket itself (`ticket`), whose state says the same.
//! The row goes when the ticket is split off again, and stays when it was answered.

use shared::calendar::Instant;
use shared::ids::{TicketId, UserId};
use shared::ticket::TicketNo;

use crate::entity::prelude::*;

entity! {
    /// A ticket that was merged into another one.
    #[sea_orm(table_name = "merged_tickets")]
    pub struct Merged {
        #[sea_orm(primary_key, auto_increment = false)]
        pub ticket_id: TicketId,
        /// The leading ticket.
        pub lead_id: TicketId,
        pub ticket_no: TicketNo,
        pub lead_no: TicketNo,
        pub merged_at: Instant,
        pub merged_by: Option<UserId>,
        pub merged_by_name: Option<String>,
    }
    moves {
        /// What its citizen alone is told beside the answer.
        pub private_words: Option<String>,
        /// Since when the leading ticket is over and this one is to be answered.
        pub due_at: Option<Instant>,
        /// When it was.
        pub answered_at: Option<Instant>,
    }
}
