//! What each verb takes. The same structs are decoded from forms, server functions and REST bodies.
//! Limits are checked in `ticket::rules`; texts are counted in characters; `version` is the one the person saw.
//! Not here: what comes back (`view`).

use serde::{Deserialize, Serialize};

use super::{
    Channel, DeclineReason, ExemptReason, HandleResult, RequestKind, ReturnReason, Satisfaction,
    Solved, SubjectType, Urgency, VisitChannel,
};
use crate::ids::DraftId;

macro_rules! commands {
    ($($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident: $ty:ty,)* })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$fmeta])* pub $field: $ty,)* }

        impl crate::input::Tidy for $name {
            fn tidy(&mut self) {
                $(crate::input::Field::tidy(&mut self.$field, stringify!($field));)*
            }
        }
    )+};
}

/// Who speaks and how to reach them. Encrypted in the row; found only by the HMAC of phone, name and ID number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Citizen {
    /// Name as given, at most 60 characters.
    pub name: Option<String>,
    /// Mobile number, landline with area code and extension, service number, or one from abroad with +.
    pub phone: Option<String>,
    /// Another way to reach the citizen.
    pub backup_contact: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Number of an identity document (GB 11643, residence and travel permits, passports), only where needed.
    pub id_number: Option<String>,
    /// Name of the organisation that speaks.
    pub organisation: Option<String>,
    /// Unified social credit code (GB 32100) of the organisation.
    pub credit_code: Option<String>,
}

commands! {
    /// Register (登记) a request.
    Register {
        /// What the citizen wants.
        kind: RequestKind,
        /// How it came in; the web form and the API key decide it for their callers. Defaults to web.
        #[serde(default = "default_channel")]
        channel: Channel,
        /// Short title; made from the content when absent. At most 60 characters.
        #[serde(default)]
        title: Option<String>,
        /// Who, when, where, what, wish: 10 to 4,000 characters.
        content: String,
        /// Division code: 6 digits, or 9 for a street.
        region: String,
        /// Address within the division, at most 200 characters.
        #[serde(default)]
        address: Option<String>,
        /// Longitude in degrees (GCJ-02), with latitude.
        #[serde(default)]
        lon: Option<f64>,
        /// Latitude in degrees (GCJ-02).
        #[serde(default)]
        lat: Option<f64>,
        /// When it happened: RFC 3339, or a date or time in +08:00 such as 2026-11-22 or 2026-11-22 14:05; not in the future.
        #[serde(default)]
        occurred_at: Option<String>,
        /// Leaf of the category tree, when known already.
        #[serde(default)]
        category: Option<String>,
        /// Urgency.
        #[serde(default = "default_urgency")]
        urgency: Urgency,
        /// Who speaks.
        #[serde(default = "default_subject")]
        subject_type: SubjectType,
        /// Name and ways to reach the citizen.
        #[serde(default)]
        citizen: Citizen,
        /// No identity at all: no citizen block is kept.
        #[serde(default)]
        anonymous: bool,
        /// Identity known to the centre, hidden from every unit.
        #[serde(default)]
        confidential: bool,
        /// Whether the citizen wants an answer.
        #[serde(default = "yes")]
        reply_required: bool,
        /// Photos uploaded under this draft.
        #[serde(default)]
        draft: Option<DraftId>,
        /// Number of the caller's earlier ticket on the same matter.
        #[serde(default)]
        repeat_of: Option<String>,
    }

    /// Answer directly (直接答复): closes the ticket at the desk.
    Answer {
        version: i32,
        /// What the citizen was told, 10 to 4,000 characters.
        answer: String,
    }

    /// Decline (不予受理), proposed by the agent.
    Decline {
        version: i32,
        reason: DeclineReason,
        /// Explanation for the citizen, 10 to 1,000 characters; NA01 names the route.
        explanation: String,
    }

    /// The dispatcher confirms or refuses a proposed declining.
    ConfirmDecline {
        version: i32,
        confirm: bool,
        /// Why it is refused; required when `confirm` is false.
        #[serde(default)]
        opinion: Option<String>,
    }

    /// Dispatch (派单) to one lead unit and any number of assisting units.
    Dispatch {
        version: i32,
        /// Unit code.
        lead: String,
        /// Unit codes.
        #[serde(default)]
        assisting: Vec<String>,
        /// Leaf of the category tree; required here at the latest.
        #[serde(default)]
        category: Option<String>,
        /// Advice to the units, at most 500 characters.
        #[serde(default)]
        advice: Option<String>,
        /// Changes the urgency when given.
        #[serde(default)]
        urgency: Option<Urgency>,
    }

    /// Recall (撤派) an assignment and give its slot to another unit.
    Recall {
        version: i32,
        /// The assignment to recall; the lead's when absent.
        #[serde(default)]
        assignment: Option<crate::ids::AssignmentId>,
        /// The unit that gets it now; required for the lead.
        #[serde(default)]
        to: Option<String>,
        /// At most 500 characters.
        reason: String,
    }

    /// Sign for (签收).
    Sign { version: i32, }

    /// Send back (退单).
    SendBack {
        version: i32,
        reason: ReturnReason,
        /// Legal basis and facts, 10 to 1,000 characters.
        explanation: String,
        /// Unit that should have it.
        #[serde(default)]
        suggested_unit: Option<String>,
    }

    /// Rule on a return (裁定): the dispatch stands, or another unit gets it.
    Rule {
        version: i32,
        /// True: the dispatch stands. False: redispatch to `to`.
        uphold: bool,
        /// The unit that gets it now; required unless `uphold`.
        #[serde(default)]
        to: Option<String>,
        /// Reason of the ruling, at most 500 characters.
        opinion: String,
        /// A final ruling cannot be sent back again.
        #[serde(default)]
        final_ruling: bool,
    }

    /// Reply (反馈): the unit's result.
    Reply {
        version: i32,
        /// What was done, at least 20 characters (V16).
        handling: String,
        /// The answer for the citizen, 10 to 4,000 characters.
        public_reply: String,
        /// Whether the facts were true.
        fact_true: HandleResult,
        /// The unit's view whether it is solved.
        solved: Solved,
        /// Whether the citizen was reached.
        contacted: bool,
        /// Tries to reach the citizen; three when not reached.
        #[serde(default)]
        contact_tries: u8,
        /// Why it is not solved; required when `solved` is `no`.
        #[serde(default)]
        unsolved_reason: Option<String>,
        /// Laws or policies relied on, at most 500 characters.
        #[serde(default)]
        basis: Option<String>,
    }

    /// Unit review (单位审核): pass, or back to the handler.
    UnitReview {
        version: i32,
        pass: bool,
        /// Required when `pass` is false.
        #[serde(default)]
        opinion: Option<String>,
    }

    /// Closing review (办结审核): pass, or back to the unit in the same cycle.
    Review {
        version: i32,
        pass: bool,
        /// Required when `pass` is false.
        #[serde(default)]
        opinion: Option<String>,
    }

    /// Follow-up call (回访) with the four separate questions.
    FollowUp {
        version: i32,
        /// How.
        #[serde(default = "default_visit")]
        channel: VisitChannel,
        /// Whether the citizen was reached.
        connected: bool,
        /// Did the staff contact you?
        #[serde(default)]
        staff_contacted: Option<bool>,
        /// Is the handling report true?
        #[serde(default)]
        report_true: Option<bool>,
        /// Is it solved?
        #[serde(default)]
        solved: Option<Solved>,
        /// Are you satisfied?
        #[serde(default)]
        satisfaction: Option<Satisfaction>,
        /// In the citizen's words, at most 1,000 characters.
        #[serde(default)]
        opinion: Option<String>,
    }

    /// Redo (重办): opens the next cycle.
    Redo {
        version: i32,
        /// What has to be done better, 5 to 1,000 characters.
        reason: String,
    }

    /// Close (办结).
    Close {
        version: i32,
        /// Reason for closing without a completed follow-up.
        #[serde(default)]
        exempt: Option<ExemptReason>,
    }

    /// Withdraw (撤回), by the citizen or the agent.
    Withdraw {
        version: i32,
        /// At most 500 characters.
        #[serde(default)]
        reason: Option<String>,
    }

    /// Urge (催办), by the citizen, once per working day.
    Urge {
        /// At most 500 characters.
        #[serde(default)]
        message: Option<String>,
    }

    /// Rate (评价), by the citizen.
    Rate {
        /// Is it solved?
        solved: Solved,
        /// 1 to 5.
        satisfaction: Satisfaction,
        /// At most 1,000 characters.
        #[serde(default)]
        words: Option<String>,
    }

    /// Reveal (查看) the masked citizen block.
    Reveal {
        /// Why, 5 to 200 characters; goes to the audit.
        reason: String,
    }

    /// Public lookup by number and query code.
    Lookup { ticket_no: String, code: String, }
}

fn default_channel() -> Channel {
    Channel::Web
}
fn default_urgency() -> Urgency {
    Urgency::Normal
}
fn default_subject() -> SubjectType {
    SubjectType::Person
}
fn default_visit() -> VisitChannel {
    VisitChannel::Call
}
fn yes() -> bool {
    true
}
