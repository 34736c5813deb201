//! Assignments (承办件) with their reply, and applications (申请单) to send one back.
//! Not here: the ticket (`ticket`).
//! An assignment belongs to a slot of the process; a redispatch puts a new assignment into the same slot.

use serde::{Deserialize, Serialize};
use shared::calendar::Instant;
use shared::ids::{AssignmentId, TicketId, UserId};
use shared::ticket::{
    ApplicationStatus, AssignmentStatus, HandleResult, LimitUnit, ReturnReason, SlotRole, Solved,
};
use uuid::Uuid;

/// One unit's share of a ticket with its own status and clock.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    pub id: AssignmentId,
    pub ticket_id: TicketId,
    pub version: i32,
    pub cycle_no: i32,
    /// Slot id inside the process: `lead`, `assist-1`, …
    pub slot: String,
    pub role: SlotRole,
    pub unit: String,
    pub unit_path: String,
    pub status: AssignmentStatus,
    pub dispatched_at: Instant,
    pub dispatched_by: Option<UserId>,
    pub advice: Option<String>,
    pub sign_due_at: Option<Instant>,
    pub due_at: Option<Instant>,
    pub warn_at: Option<Instant>,
    pub provisional: bool,
    pub limit_rule: Option<i64>,
    pub limit_value: Option<i32>,
    pub limit_unit: Option<LimitUnit>,
    pub signed_at: Option<Instant>,
    pub signed_by: Option<UserId>,
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

/// The unit's result, kept as JSON beside the assignment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    pub handling: String,
    pub public_reply: String,
    pub fact_true: HandleResult,
    pub solved: Solved,
    pub contacted: bool,
    pub contact_tries: u8,
    pub unsolved_reason: Option<String>,
    pub basis: Option<String>,
}

/// A unit's application to send an assignment back.
#[derive(Debug, Clone, PartialEq)]
pub struct Application {
    pub id: Uuid,
    pub ticket_id: TicketId,
    pub assignment_id: AssignmentId,
    pub reason: ReturnReason,
    pub explanation: String,
    pub suggested_unit: Option<String>,
    pub asked_at: Instant,
    pub asked_by: Option<UserId>,
    pub status: ApplicationStatus,
    pub decided_at: Option<Instant>,
    pub decided_by: Option<UserId>,
    pub opinion: Option<String>,
}
