//! The follow-up pool (回访池) as it is shown: tickets that wait for their call, on shelves, with counts beside.
//! Not here: the call itself (`verbs::FollowUp`), when a citizen counts as not to be reached (`rules::follow_up`).
//! Nothing personal is in it.

use serde::{Deserialize, Serialize};

use super::view::{DeadlineView, Named};
use super::{RequestKind, Satisfaction, TicketNo, Urgency};
use crate::calendar::Instant;
use crate::ids::TicketId;

codes! {
    /// How tickets of the pool stand.
    PoolShelf {
        Ready = "ready", "ready", "现在可回访", "To call now";
        Later = "later", "later", "稍后再回访", "Later";
        Mine = "mine", "mine", "我已领取", "In my hands";
        Held = "held", "held", "已被领取", "Taken";
        Upset = "upset", "upset", "差评待处理", "Bad ratings";
        All = "all", "all", "全部", "All";
    }
}

/// A ticket of the pool.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PoolRow {
    /// The ticket.
    pub ticket: TicketId,
    /// Its number.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub ticket_no: TicketNo,
    /// What it is.
    pub kind: RequestKind,
    /// How urgent it is.
    pub urgency: Urgency,
    /// The division.
    pub region: Named,
    /// What the citizen said last, by text message, on the web or before a redo.
    pub satisfaction: Option<Satisfaction>,
    /// By when it is called.
    pub due: DeadlineView,
    /// Calls of this round.
    pub tries: i32,
    /// The last of them.
    pub last_try_at: Option<Instant>,
    /// From when on it is called again: the time that the citizen asked for, or when the pause after the last try is over.
    pub next_at: Option<Instant>,
    /// Whether the citizen asked for that time.
    pub is_appointed: bool,
    /// Who has taken it.
    pub held_by: Option<String>,
    /// Until when.
    pub held_until: Option<Instant>,
    /// The reader has it.
    pub is_mine: bool,
}

/// A page of the pool, those that are due first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PoolPage {
    /// The tickets.
    pub items: Vec<PoolRow>,
    /// The next page.
    pub next_cursor: Option<String>,
    /// How many stand on each shelf.
    pub counts: Vec<PoolCount>,
}

/// How many stand on a shelf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PoolCount {
    /// The shelf.
    pub shelf: PoolShelf,
    /// How many.
    pub count: i64,
}

/// Who has taken a ticket to call the citizen, where that is somebody else than the reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldView {
    /// The name.
    pub by: String,
    /// Until when.
    pub until: Instant,
}

/// What was taken out of the pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PoolTaken {
    /// The ticket; absent where none is to be called now.
    pub ticket: Option<TicketId>,
    /// Until when it is nobody else's.
    pub until: Option<Instant>,
}
