//! Numbers of other systems, unique over all time (I8), with a hash of the text, so that a changed text under the same key is noticed.

use shared::ids::TicketId;

use crate::entity::prelude::*;

entity! {
    /// The number of a ticket in the system that it came from.
    #[sea_orm(table_name = "external_keys")]
    pub struct ExternalKey {
        #[sea_orm(primary_key, auto_increment = false)]
        pub source_system: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub external_no: String,
        pub ticket_id: TicketId,
        pub text_hash: Vec<u8>,
    }
}
