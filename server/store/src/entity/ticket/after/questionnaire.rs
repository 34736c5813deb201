//! Questionnaires by text message (短信评价): an address that is good once; only the hash of what stands in it is kept.
//! Not here: the answers (`follow_up`, `rating`).

use shared::calendar::Instant;
use shared::ids::TicketId;

use crate::entity::prelude::*;

entity! {
    /// A questionnaire that was sent.
    #[sea_orm(table_name = "questionnaires")]
    #[derive(Eq)]
    pub struct Questionnaire {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub ticket_id: TicketId,
        pub cycle_no: i32,
        pub token_hash: Vec<u8>,
        pub made_at: Instant,
        pub ends_at: Instant,
    }
    moves {
        pub used_at: Option<Instant>,
    }
}
