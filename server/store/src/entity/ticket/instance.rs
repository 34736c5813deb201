//! The running process of a ticket; the row goes when the process ends.
//! Not here: what the engine's state means (`bpmn`).

use shared::ids::TicketId;

use crate::entity::prelude::*;

entity! {
    /// The running process of a ticket.
    #[sea_orm(table_name = "instances")]
    pub struct Instance {
        #[sea_orm(primary_key, auto_increment = false)]
        pub ticket_id: TicketId,
    }
    moves {
        /// Definition key, `ticket-main`.
        pub definition: String,
        /// Version of the definition on which the case stays.
        pub definition_version: i32,
        /// The engine's state as JSON.
        pub state: String,
    }
}
