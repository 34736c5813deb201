//! What a unit found on site (现场记录), with who was there; they only grow.
//! Not here: tries to reach the citizen (`contact`), the files themselves (`file`).

use shared::calendar::Instant;
use shared::ids::{AssignmentId, TicketId, UserId};
use shared::ticket::SiteKind;

use crate::entity::prelude::*;

entity! {
    /// A visit on site.
    #[sea_orm(table_name = "site_records")]
    pub struct SiteRecord {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub ticket_id: TicketId,
        pub assignment_id: AssignmentId,
        pub cycle_no: i32,
        /// When it was entered.
        pub at: Instant,
        #[sea_orm(column_name = "by_user")]
        pub by: Option<UserId>,
        pub by_name: Option<String>,
        pub kind: SiteKind,
        pub visited_at: Instant,
        pub address: Option<String>,
        /// Degrees (GCJ-02).
        pub lon: Option<f64>,
        pub lat: Option<f64>,
        /// Name and certificate number of the first officer.
        pub officer: String,
        pub officer_no: Option<String>,
        pub second_officer: Option<String>,
        pub second_officer_no: Option<String>,
        pub found: String,
        /// What was done there and then.
        pub measures: Option<String>,
        /// Ids of files of the ticket.
        pub files: Vec<String>,
    }
}
