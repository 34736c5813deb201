//! Running clocks on the escalation ladder: what each has reached, and when it reaches the next rung.
//! Not here: which rungs there are (the list of the register), arming and asking (`tickets::ladder`).

use shared::calendar::Instant;
use shared::ids::TicketId;

use crate::entity::prelude::*;

entity! {
    /// A clock that runs.
    #[sea_orm(table_name = "ladder_clocks")]
    #[derive(Eq)]
    pub struct LadderClock {
        #[sea_orm(primary_key, auto_increment = false)]
        pub ticket_id: TicketId,
        /// The assignment; the ticket itself for its own clock.
        #[sea_orm(primary_key, auto_increment = false)]
        pub clock_id: Uuid,
    }
    moves {
        /// What lay before is told to nobody.
        pub since: Instant,
        /// Its deadline, as it was when it was armed.
        pub due_at: Instant,
        /// When it is looked at; nothing when no rung is left.
        pub at: Option<Instant>,
        /// The highest rung that it has reached.
        pub rung: Option<String>,
        pub reached_at: Option<Instant>,
    }
}
