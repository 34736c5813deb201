//! Assignments (承办件): one unit's share of a ticket.
//! Not here: the ticket (`ticket`), applications to send one back (`application`).
//! An assignment belongs to a slot of the process; a redispatch puts a new assignment into the same slot.

use shared::calendar::Instant;
use shared::ids::{AssignmentId, TicketId, UserId};
use shared::ticket::plan::DayPart;
use shared::ticket::{AssignmentStatus, LimitUnit, SlotRole};

use crate::entity::prelude::*;
use crate::record::Reply;

entity! {
    /// One unit's share of a ticket with its own status and clock.
    #[sea_orm(table_name = "assignments")]
    pub struct Assignment {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AssignmentId,
        pub ticket_id: TicketId,
        pub cycle_no: i32,
        /// Slot id inside the process: `lead`, `assist-1`, …
        pub slot: String,
        pub role: SlotRole,
        pub unit: String,
        pub unit_path: String,
        pub dispatched_at: Instant,
        /// The assignment from which it was given on to a unit below; absent for what a centre dispatched.
        pub parent_id: Option<AssignmentId>,
    }
    moves {
        pub version: i32,
        pub status: AssignmentStatus,
        pub dispatched_by: Option<UserId>,
        pub advice: Option<String>,
        pub sign_due_at: Option<Instant>,
        pub due_at: Option<Instant>,
        pub warn_at: Option<Instant>,
        pub provisional: bool,
        pub limit_rule: Option<i64>,
        pub limit_value: Option<i32>,
        pub limit_unit: Option<LimitUnit>,
        /// Working days by which it was extended beyond its limit.
        pub extended_days: i32,
        /// Minutes for which it stood still, in the unit of its limit: worked ones, or all where the limit runs day and night.
        pub paused_minutes: i32,
        /// The end of the day that was promised to the citizen, which the deadline is not before.
        pub promised_at: Option<Instant>,
        /// By when the citizen is first called, of a lead's.
        pub contact_due_at: Option<Instant>,
        /// When the citizen was first reached, or tried for the third time.
        pub contacted_at: Option<Instant>,
        pub signed_at: Option<Instant>,
        pub signed_by: Option<UserId>,
        /// The one person of the unit who answers for it (责任人); somebody from the signing on.
        pub responsible: Option<UserId>,
        pub responsible_name: Option<String>,
        /// Who does it by the plan of the unit.
        pub planned_for: Option<UserId>,
        pub planned_name: Option<String>,
        /// The day, `yyyy-mm-dd`; empty where nothing is planned, so that the list of a unit is one walk.
        pub planned_day: String,
        pub planned_part: Option<DayPart>,
        pub planned_hours: Option<i32>,
        pub planned_note: Option<String>,
        pub replied_at: Option<Instant>,
        pub replied_by: Option<UserId>,
        pub return_count: i32,
        /// May not be sent back again.
        pub final_ruling: bool,
        pub reply: Option<Reply>,
        pub reply_passed: bool,
        /// When it ended by reply, return or recall.
        pub ended_at: Option<Instant>,
        pub updated_at: Instant,
    }
}
