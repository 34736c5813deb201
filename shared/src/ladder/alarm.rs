//! The overtime alarm (超时报警): what waits too long at the gate of a centre, emergencies that no unit has signed for in time, and what
//! the ladder gives the centre to do.
//! Not here: rungs of running clocks (the module above), reading (`services::tickets::ladder`).
//! An alarm is there as long as what it is about waits.

use serde::{Deserialize, Serialize};

use crate::calendar::Instant;
use crate::ticket::view::{Named, TicketRow};

codes! {
    /// What waits too long.
    Alarm {
        Queue = "queue", "queue", "派单超时", "Not dispatched in time";
        Review = "review", "review", "派单审核超时", "Dispatch not reviewed in time";
        Sign = "sign", "sign", "特急件签收超时", "Emergency not signed for in time";
        Phone = "phone", "phone", "应电话催办", "To be urged by telephone";
        Order = "order", "order", "应发督办单（已预备）", "Directive prepared, to be issued";
    }
}

impl Alarm {
    /// Whether a rung of the ladder gave it to the centre to do; the others are tasks that wait too long.
    pub const fn is_duty(self) -> bool {
        matches!(self, Self::Phone | Self::Order)
    }
}

/// How many of one kind there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AlarmCount {
    /// The kind.
    pub alarm: Alarm,
    /// How many, counted up to 100.
    pub count: i64,
}

/// A ticket that waits too long.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AlarmRow {
    /// The ticket.
    pub ticket: TicketRow,
    /// Since when it waits.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub since: Instant,
    /// Minutes since then.
    pub minutes: i64,
    /// The unit that has not signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Named>,
}

/// A page of one kind, what is due first before the rest, with how many there are of each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AlarmPage {
    /// The kind.
    pub alarm: Alarm,
    /// Minutes that something may wait.
    pub allowed: i32,
    /// Of each kind.
    pub counts: Vec<AlarmCount>,
    /// The tickets.
    pub items: Vec<AlarmRow>,
    /// The next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}
