//! Tries to reach the citizen by whoever handles an assignment (联系记录); they only grow.
//! Not here: follow-up calls of the centre (`follow_up`), by when the first try must be (`assignment`).

use shared::calendar::Instant;
use shared::ids::{AssignmentId, TicketId, UserId};
use shared::ticket::ContactWay;

use crate::entity::prelude::*;

entity! {
    /// A try to reach the citizen.
    #[sea_orm(table_name = "contacts")]
    pub struct Contact {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub ticket_id: TicketId,
        pub assignment_id: AssignmentId,
        pub cycle_no: i32,
        /// When it was entered.
        pub at: Instant,
        /// When it was made, where it was entered later than that.
        pub done_at: Option<Instant>,
        #[sea_orm(column_name = "by_user")]
        pub by: Option<UserId>,
        pub by_name: Option<String>,
        pub way: ContactWay,
        pub reached: bool,
        pub note: Option<String>,
        /// Where it was, in degrees (GCJ-02).
        pub lon: Option<f64>,
        pub lat: Option<f64>,
        /// Ids of files of the ticket that prove it.
        pub files: Vec<String>,
    }
}
