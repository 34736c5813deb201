//! Ticket numbers, unique over all time (I8), with the hash of number and query code for the public lookup.

use shared::ids::TicketId;

use crate::entity::prelude::*;

entity! {
    /// The key of a ticket.
    #[sea_orm(table_name = "ticket_keys")]
    pub struct TicketKey {
        #[sea_orm(primary_key, auto_increment = false)]
        pub ticket_no: String,
        pub ticket_id: TicketId,
        pub query_code_hash: Vec<u8>,
    }
}
