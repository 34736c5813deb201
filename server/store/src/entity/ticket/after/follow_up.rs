//! Follow-up calls (回访); they only grow.
//! Not here: ratings of citizens themselves (`rating`).

use shared::calendar::Instant;
use shared::ids::{TicketId, UserId};
use shared::ticket::{CallOutcome, Satisfaction, Solved, VisitChannel};

use crate::entity::prelude::*;

entity! {
    /// A follow-up call (回访).
    #[sea_orm(table_name = "follow_ups")]
    pub struct FollowUp {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub ticket_id: TicketId,
        pub cycle_no: i32,
        /// When it was entered.
        pub at: Instant,
        #[sea_orm(column_name = "by_user")]
        pub by: Option<UserId>,
        pub by_name: Option<String>,
        pub channel: VisitChannel,
        pub connected: bool,
        pub staff_contacted: Option<bool>,
        pub report_true: Option<bool>,
        pub solved: Option<Solved>,
        pub satisfaction: Option<Satisfaction>,
        pub opinion: Option<String>,
        /// What came of it; nothing in rows of earlier releases.
        pub outcome: Option<CallOutcome>,
        /// The time that the citizen asked for.
        pub appointed_at: Option<Instant>,
        /// When it was made, where it was entered later than that.
        pub done_at: Option<Instant>,
    }
}
