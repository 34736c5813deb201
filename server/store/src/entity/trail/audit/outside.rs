//! Tickets outside the own queue that people opened lately.
//! Not here: how much was looked at in ten minutes and of what kind (`read`).

use shared::calendar::Instant;
use shared::ids::{TicketId, UserId};

use crate::entity::prelude::*;

entity! {
    /// A ticket on which neither the person nor unit or team has a task, and when the person opened it last.
    #[sea_orm(table_name = "outside_looks")]
    #[derive(Eq)]
    pub struct OutsideLook {
        #[sea_orm(primary_key, auto_increment = false)]
        pub person: UserId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub ticket_id: TicketId,
        /// Sign-in name.
        pub who: String,
        pub at: Instant,
    }
}
