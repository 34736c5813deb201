//! Paper forms. None is deleted; each moves once, from open to entered or voided.
//! Not here: drawing the numbers (`paper_counter`).

use shared::calendar::Instant;
use shared::ids::{PaperBlockId, TicketId, UserId};
use shared::ticket::TicketNo;
use shared::ticket::paper::PaperState;

use crate::entity::prelude::*;

entity! {
    /// A paper form.
    #[sea_orm(table_name = "paper_forms")]
    #[derive(Eq)]
    pub struct PaperForm {
        #[sea_orm(primary_key, auto_increment = false)]
        pub paper_no: String,
        /// Those that were drawn together.
        #[sea_orm(column_name = "block_id")]
        pub block: PaperBlockId,
        /// Code of the centre's area.
        pub region: String,
        /// For which day it was drawn, in +08:00, `yyyy-mm-dd`.
        pub day: String,
        pub reserved_at: Instant,
        pub reserved_by: UserId,
        pub reserved_name: Option<String>,
    }
    moves {
        pub state: PaperState,
        /// The ticket that it became.
        pub ticket_id: Option<TicketId>,
        pub ticket_no: Option<TicketNo>,
        /// When it was entered or voided.
        pub settled_at: Option<Instant>,
        pub settled_by: Option<UserId>,
        pub settled_name: Option<String>,
        /// Why it was voided.
        pub reason: Option<String>,
    }
}
