//! Applications (申请单) to send an assignment back.
//! Not here: the assignment (`assignment`), who decides (services).

use shared::calendar::Instant;
use shared::ids::{AssignmentId, TicketId, UserId};
use shared::ticket::{ApplicationStatus, ReturnReason};

use crate::entity::prelude::*;

entity! {
    /// A unit's application to send an assignment back.
    #[sea_orm(table_name = "applications")]
    pub struct Application {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub ticket_id: TicketId,
        pub assignment_id: AssignmentId,
        pub reason: ReturnReason,
        pub explanation: String,
        pub suggested_unit: Option<String>,
        pub asked_at: Instant,
        pub asked_by: Option<UserId>,
    }
    moves {
        pub status: ApplicationStatus,
        pub decided_at: Option<Instant>,
        pub decided_by: Option<UserId>,
        pub opinion: Option<String>,
    }
}
