//! The ticket's row, its follow-up calls and its ratings.
//! Not here: assignments (`assignment`), what belongs to the process (`case`).
//! Field meanings: `domain.md` section 2.

use std::collections::BTreeMap;

use shared::calendar::Instant;
use shared::ids::{BatchId, TicketId, UserId};
use shared::ticket::{
    Channel, DeclineReason, ExemptReason, LimitUnit, RatingSource, RequestKind, Satisfaction,
    Solved, SubjectType, TicketNo, TicketState, Urgency, VisitChannel, command::Citizen,
};
use uuid::Uuid;

/// A ticket (工单). `citizen` is opened on load inside `store`; it is encrypted in the row and found by HMAC columns only.
#[derive(Debug, Clone, PartialEq)]
pub struct Ticket {
    pub id: TicketId,
    pub ticket_no: TicketNo,
    /// HMAC of number and query code.
    pub query_code_hash: Vec<u8>,
    pub version: i32,
    /// 0 first, 1.. redo.
    pub cycle_no: i32,
    pub kind: RequestKind,
    pub channel: Channel,
    pub source_system: Option<String>,
    pub external_no: Option<String>,
    pub batch: Option<BatchId>,
    pub title: String,
    pub content: String,
    /// Leaf code; `None` = to be completed.
    pub category: Option<String>,
    /// Division code of 6 digits: the most exact county or city known.
    pub region: String,
    /// Division code of 9 digits.
    pub street: Option<String>,
    pub address: Option<String>,
    pub lon: Option<f64>,
    pub lat: Option<f64>,
    pub occurred_at: Option<Instant>,
    pub urgency: Urgency,
    pub subject_type: SubjectType,
    pub anonymous: bool,
    pub confidential: bool,
    pub reply_required: bool,
    /// `None` for anonymous tickets and after erasure.
    pub citizen: Option<Citizen>,
    pub state: TicketState,
    pub accepted_at: Instant,
    pub accepted_by: Option<UserId>,
    pub updated_at: Instant,
    pub first_dispatched_at: Option<Instant>,
    /// When the lead unit's reply passed its unit review.
    pub replied_at: Option<Instant>,
    pub reviewed_at: Option<Instant>,
    pub closed_at: Option<Instant>,
    /// End of the ticket clock.
    pub due_at: Option<Instant>,
    /// When the light turns yellow.
    pub warn_at: Option<Instant>,
    /// The calendar year was missing; weekends only, recomputed once.
    pub provisional: bool,
    pub limit_rule: Option<i64>,
    pub limit_value: Option<i32>,
    pub limit_unit: Option<LimitUnit>,
    pub lead_unit: Option<String>,
    pub urge_count: i32,
    /// Day in +08:00 of the last urge, `yyyy-mm-dd`.
    pub last_urged_on: Option<String>,
    pub repeat_of: Option<TicketNo>,
    pub first_satisfaction: Satisfaction,
    pub latest_satisfaction: Satisfaction,
    pub solved: Option<Solved>,
    /// Text of a direct answer, or the passed public reply.
    pub answer: Option<String>,
    pub decline_reason: Option<DeclineReason>,
    pub decline_explanation: Option<String>,
    /// A declining has been proposed and waits for the dispatcher.
    pub decline_proposed: bool,
    pub exempt_reason: Option<ExemptReason>,
    /// The source's own words for place, type and category still to be completed: keys `region`, `kind`, `category`.
    pub source_words: BTreeMap<String, String>,
}

/// A follow-up call (回访).
#[derive(Debug, Clone, PartialEq)]
pub struct FollowUp {
    pub id: Uuid,
    pub ticket_id: TicketId,
    pub cycle_no: i32,
    pub at: Instant,
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

/// One rating; all are kept, the ticket shows the first and the latest.
#[derive(Debug, Clone, PartialEq)]
pub struct Rating {
    pub id: Uuid,
    pub ticket_id: TicketId,
    pub cycle_no: i32,
    pub at: Instant,
    pub source: RatingSource,
    pub satisfaction: Satisfaction,
    pub solved: Option<Solved>,
    pub words: Option<String>,
}
