//! The ticket's row. On SQLite it has a row number beside, which it shares with its row of the search index; that one is no column of the entity.
//! Not here: sealing and opening the citizen (`tickets::row`), what hangs on a ticket (beside this and `case`).
//! Field meanings: `domain.md` section 2. Long texts stand last, so that lists and reports do not read them.

use std::collections::BTreeMap;

use shared::calendar::Instant;
use shared::ids::{BatchId, MandateId, TicketId, UserId};
use shared::ticket::proposal::DispatchProposal;
use shared::ticket::{
    Channel, DeclineReason, ExemptReason, Hold, LimitUnit, RequestKind, Satisfaction, Solved,
    SubjectType, TicketNo, TicketState, Urgency, command::Citizen,
};

use crate::entity::prelude::*;

entity! {
    /// A ticket (工单). `citizen` is opened on load inside `store`; it is encrypted in the row and found by HMAC columns only.
    #[sea_orm(table_name = "tickets")]
    pub struct Ticket {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TicketId,
        pub ticket_no: TicketNo,
        /// HMAC of number and query code.
        pub query_code_hash: Vec<u8>,
        pub channel: Channel,
        pub subject_type: SubjectType,
        pub anonymous: bool,
        pub confidential: bool,
        pub reply_required: bool,
        pub source_system: Option<String>,
        pub external_no: Option<String>,
        #[sea_orm(column_name = "batch_id")]
        pub batch: Option<BatchId>,
        pub occurred_at: Option<Instant>,
        pub accepted_at: Instant,
        pub accepted_by: Option<UserId>,
        pub repeat_of: Option<TicketNo>,
        /// Number of the paper form on which it was taken down.
        pub paper_no: Option<String>,
        /// Under which it was filed for an organisation; `None` for whoever files for himself.
        #[sea_orm(column_name = "mandate_id")]
        pub mandate: Option<MandateId>,
        /// Whom it is about, as the citizen calls it.
        pub accused_words: Option<String>,
        pub content: String,
    }
    moves {
        pub version: i32,
        /// 0 first, 1.. redo.
        pub cycle_no: i32,
        pub kind: RequestKind,
        /// Leaf code; `None` = to be completed.
        pub category: Option<String>,
        /// Division code of 6 digits: the most exact county or city known.
        pub region: String,
        /// Division code of 9 digits.
        pub street: Option<String>,
        pub address: Option<String>,
        pub lon: Option<f64>,
        pub lat: Option<f64>,
        pub urgency: Urgency,
        pub title: String,
        pub state: TicketState,
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
        /// The unit that it is about: neither that one nor one below it sees the ticket.
        pub accused_unit: Option<String>,
        pub urge_count: i32,
        /// Day in +08:00 of the last urge, `yyyy-mm-dd`.
        pub last_urged_on: Option<String>,
        pub first_satisfaction: Satisfaction,
        pub latest_satisfaction: Satisfaction,
        pub solved: Option<Solved>,
        /// Text of a direct answer, or the passed public reply.
        pub answer: Option<String>,
        pub decline_reason: Option<DeclineReason>,
        pub decline_explanation: Option<String>,
        /// A declining has been proposed and waits for the dispatcher.
        pub decline_proposed: bool,
        /// A dispatch that waits for a second person, or was refused by one.
        pub proposal: Option<DispatchProposal>,
        pub exempt_reason: Option<ExemptReason>,
        /// Whether it is suspended, or waits for a promised day.
        pub hold: Option<Hold>,
        pub held_since: Option<Instant>,
        /// When it goes on by itself.
        pub held_until: Option<Instant>,
        /// What the citizen reads of it.
        pub hold_words: Option<String>,
        /// The unit was told that the day is near.
        pub hold_told: bool,
        /// Minutes for which its own clock stood still, in the unit of its limit.
        pub paused_minutes: i32,
        /// It was ruled that it is not counted in assessments; what is unreasonable is not.
        pub not_counted: bool,
        /// It was ruled that it is an unreasonable demand.
        pub unreasonable: bool,
        /// Since when it is a hard case.
        pub difficult_at: Option<Instant>,
        /// When the agent last brought the citizen and a unit together on the line.
        pub three_way_at: Option<Instant>,
        /// The source's own words for place, type and category still to be completed: keys `region`, `kind`, `category`.
        pub source_words: BTreeMap<String, String>,
        /// Codes of the office's tags.
        pub tags: Vec<String>,
        /// Answers to the office's own fields, by the field's code.
        pub own: BTreeMap<String, String>,
    }
    row {
        /// Four digits of the region, by which lists of cities are walked.
        pub city: String,
        /// Whether the state is one of those that wait for somebody.
        pub is_open: bool,
        /// Deadline and reply of the lead assignment in force, where reports count them.
        pub lead_due_at: Option<Instant>,
        pub lead_replied_at: Option<Instant>,
        pub phone_hmac: Option<Vec<u8>>,
        pub name_hmac: Option<Vec<u8>>,
        pub id_number_hmac: Option<Vec<u8>>,
        pub contact_hmac: Option<Vec<u8>>,
        pub citizen_key: Option<String>,
        #[sea_orm(column_name = "citizen")]
        pub sealed: Option<Vec<u8>>,
    }
    record {
        /// `None` for anonymous tickets and after erasure.
        pub citizen: Option<Citizen>,
    }
}
