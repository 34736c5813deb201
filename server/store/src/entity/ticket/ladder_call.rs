//! Rungs of the escalation ladder that were reached and of which people are still to be told.

use shared::calendar::Instant;
use shared::ids::TicketId;

use crate::entity::prelude::*;

entity! {
    /// A rung that a clock has reached, with whom to tell.
    #[sea_orm(table_name = "ladder_calls")]
    #[derive(Eq)]
    pub struct LadderCall {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub ticket_id: TicketId,
        pub ticket_no: String,
        /// Division of the ticket, whose words count.
        pub region: String,
        pub rung: String,
        /// At the deadline or behind it.
        pub is_late: bool,
        /// Of an urgent ticket: told at night as well.
        pub urgent: bool,
        /// Who is told, as JSON.
        pub audience: String,
        pub at: Instant,
    }
}
