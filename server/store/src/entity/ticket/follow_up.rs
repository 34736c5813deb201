//! Follow-up calls (回访); they only grow.
//! Not here: ratings of citizens themselves (`rating`).

use shared::calendar::Instant;
use shared::ids::{TicketId, UserId};
use shared::ticket::{Satisfaction, Solved, VisitChannel};

use crate::entity::prelude::*;

entity! {
    /// A follow-up call (回访).
    #[sea_orm(table_name = "follow_ups")]
    pub struct FollowUp {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub ticket_id: TicketId,
        pub cycle_no: i32,
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
    }
}
