//! Tickets that wait for their follow-up call, or for somebody to see to a bad rating: the pool (回访池).
//! Not here: the calls (`follow_up`), taking one for a while (`tickets::pool`).

use shared::calendar::Instant;
use shared::ids::{TicketId, UserId};

use crate::entity::prelude::*;

entity! {
    /// A ticket in the pool.
    #[sea_orm(table_name = "follow_up_pool")]
    #[derive(Eq)]
    pub struct Pooled {
        #[sea_orm(primary_key, auto_increment = false)]
        pub ticket_id: TicketId,
    }
    moves {
        pub cycle_no: i32,
        /// By when it is called; the largest number without a limit.
        pub due_at: Instant,
        /// Calls of this cycle.
        pub tries: i32,
        pub last_try_at: Option<Instant>,
        /// The time that the citizen asked for.
        pub appointed_at: Option<Instant>,
        /// Who has taken it, until when.
        pub held_by: Option<UserId>,
        pub held_name: Option<String>,
        pub held_until: Option<Instant>,
        /// Since when a bad rating of the closed ticket waits; none of a ticket that waits for its call.
        pub upset_at: Option<Instant>,
    }
}
