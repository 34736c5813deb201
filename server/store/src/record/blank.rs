//! A ticket of which nothing is known yet: whoever makes one says what differs.
//! Not here: what is asked for and judged when somebody registers one (services).

use std::collections::BTreeMap;

use shared::calendar::Instant;
use shared::ids::TicketId;
use shared::ticket::{
    Channel, RequestKind, Satisfaction, SubjectType, TicketNo, TicketState, Urgency,
};

use super::Ticket;

impl Ticket {
    /// A ticket of which nothing is known but its id, its number and its moment.
    pub fn blank(id: TicketId, ticket_no: TicketNo, accepted_at: Instant) -> Self {
        Self {
            id,
            ticket_no,
            query_code_hash: Vec::new(),
            version: 1,
            cycle_no: 0,
            kind: RequestKind::Other,
            channel: Channel::Other,
            source_system: None,
            external_no: None,
            batch: None,
            title: String::new(),
            content: String::new(),
            category: None,
            region: String::new(),
            street: None,
            address: None,
            lon: None,
            lat: None,
            occurred_at: None,
            urgency: Urgency::Normal,
            subject_type: SubjectType::Person,
            anonymous: false,
            confidential: false,
            reply_required: true,
            citizen: None,
            state: TicketState::Draft,
            accepted_at,
            accepted_by: None,
            updated_at: accepted_at,
            first_dispatched_at: None,
            replied_at: None,
            reviewed_at: None,
            closed_at: None,
            due_at: None,
            warn_at: None,
            provisional: false,
            limit_rule: None,
            limit_value: None,
            limit_unit: None,
            lead_unit: None,
            accused_unit: None,
            urge_count: 0,
            last_urged_on: None,
            repeat_of: None,
            paper_no: None,
            mandate: None,
            accused_words: None,
            first_satisfaction: Satisfaction::Unrated,
            latest_satisfaction: Satisfaction::Unrated,
            solved: None,
            answer: None,
            decline_reason: None,
            decline_explanation: None,
            decline_proposed: false,
            proposal: None,
            exempt_reason: None,
            hold: None,
            held_since: None,
            held_until: None,
            hold_words: None,
            hold_told: false,
            paused_minutes: 0,
            not_counted: false,
            unreasonable: false,
            difficult_at: None,
            three_way_at: None,
            source_words: BTreeMap::new(),
            tags: Vec::new(),
            own: BTreeMap::new(),
        }
    }
}
