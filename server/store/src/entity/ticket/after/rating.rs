//! Ratings; all are kept and stay as they were given; a bad one is settled.
//! Not here: follow-up calls (`follow_up`).

use shared::calendar::Instant;
use shared::ids::TicketId;
use shared::ticket::{RatingSource, Satisfaction, Solved};

use crate::entity::prelude::*;

entity! {
    /// One rating; all are kept, the ticket shows the first and the latest.
    #[sea_orm(table_name = "ratings")]
    pub struct Rating {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub ticket_id: TicketId,
        pub cycle_no: i32,
        pub at: Instant,
        pub source: RatingSource,
        pub satisfaction: Satisfaction,
        pub solved: Option<Solved>,
        pub words: Option<String>,
    }
    moves {
        /// Of a bad one that came after the closing: when it was settled.
        pub settled_at: Option<Instant>,
    }
}
