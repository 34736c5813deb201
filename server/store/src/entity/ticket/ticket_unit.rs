//! Which tickets a unit, or a unit above it, has or had an assignment in; drives the lists of units.

use shared::calendar::Instant;
use shared::ids::TicketId;

use crate::entity::prelude::*;

entity! {
    /// A ticket of a unit.
    #[sea_orm(table_name = "ticket_units")]
    pub struct TicketUnit {
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub ticket_id: TicketId,
        /// The unit itself, and not one below it.
        pub direct: bool,
        /// When the ticket was last changed; the database keeps it as the ticket has it.
        pub updated_at: Instant,
    }
}
