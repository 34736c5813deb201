//! What a rung of the escalation ladder gives the centre to do about a unit's part: to urge it by telephone, or to issue the directive that is prepared.
//! A row is there until it is done, or the part's clock runs no more.

use shared::calendar::Instant;
use shared::ids::{AssignmentId, TicketId};

use crate::entity::prelude::*;

entity! {
    /// Something that the centre has to do because a clock has reached a rung.
    #[sea_orm(table_name = "ladder_duties")]
    #[derive(Eq)]
    pub struct LadderDuty {
        #[sea_orm(primary_key, auto_increment = false)]
        pub assignment_id: AssignmentId,
        /// The kind of alarm under which it is listed.
        #[sea_orm(primary_key, auto_increment = false)]
        pub act: String,
    }
    moves {
        pub case_id: TicketId,
        /// The place of the part in its ticket, so that two of one moment have an order.
        pub task_no: i64,
        pub rung: String,
        pub unit: String,
        /// When the rung was reached: in this order they are listed.
        pub due_key: i64,
        pub opened_at: Instant,
    }
}
