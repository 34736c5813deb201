//! The limit table: (stage, channel, kind, category, urgency, region, valid from) → limit; the most specific row wins.
//! The row used is stored on the ticket, so that later edits never move old deadlines (`domain.md` 3.4).
//! Not here: turning a limit into an instant (`calendar`).

use serde::{Deserialize, Serialize};

use crate::ticket::{Channel, LimitUnit, RequestKind, Urgency};

codes! {
    /// What a limit is for.
    Stage {
        Ticket = "ticket", "ticket", "工单办理", "Whole ticket";
        Dispatch = "dispatch", "dispatch", "派单", "Dispatch";
        Sign = "sign", "sign", "签收", "Sign for";
        Handle = "handle", "handle", "办理", "Handle";
        Review = "review", "review", "办结审核", "Closing review";
        Visit = "visit", "visit", "回访", "Follow-up";
        Rule = "rule", "rule", "裁定", "Ruling";
    }
}

/// A time limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// How many units.
    pub value: i32,
    /// Of what.
    pub unit: LimitUnit,
}

/// One row of the table; `None` means "any".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitRule {
    /// Row id, stored on the ticket.
    pub id: i64,
    /// Profile name, for example `JS-DEFAULT`.
    pub profile: String,
    pub stage: Stage,
    pub channel: Option<Channel>,
    pub kind: Option<RequestKind>,
    /// Category code or prefix.
    pub category: Option<String>,
    pub urgency: Option<Urgency>,
    /// Division prefix (`place::prefix`).
    pub region: Option<String>,
    /// UTC milliseconds from which the row holds.
    pub valid_from: i64,
    pub limit: Limit,
}
