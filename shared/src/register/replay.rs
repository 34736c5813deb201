//! A replay (规则回放): what a draft of limits would have made of the tickets that came in lately, before it counts.
//! Not here: reckoning (services), the words (`text::register::replay`).
//! Numbers and numbers of tickets, nothing personal.

use serde::{Deserialize, Serialize};

use crate::calendar::Instant;
use crate::ids::{JobId, TicketId};
use crate::job::JobPhase;

/// Clocks that are named one by one.
pub const NAMED: usize = 50;

/// What a replay came to, and while it runs what it has seen so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Replay {
    /// Clocks of tickets and assignments.
    pub clocks: i64,
    /// Clocks that would have had another deadline.
    pub changed: i64,
    /// Those with an earlier one.
    pub earlier: i64,
    /// Those with a later one.
    pub later: i64,
    /// Missed under the rules of now.
    pub late: i64,
    /// Missed under the draft, and not under the rules of now.
    pub newly_late: i64,
    /// Missed under the rules of now, and not under the draft.
    pub no_longer_late: i64,
    /// For which the draft has no limit.
    pub without: i64,
    /// The first that differ.
    pub first: Vec<Replayed>,
}

/// A clock that would have had another deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Replayed {
    /// The ticket.
    pub ticket: TicketId,
    /// Its number.
    pub no: String,
    /// The unit of an assignment; absent for the ticket's own clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// By the rules of now.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub was: Instant,
    /// By the draft.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub would_be: Instant,
    /// Whether it was missed by the rules of now.
    pub was_late: bool,
    /// Whether it would have been by the draft.
    pub would_be_late: bool,
}

/// The newest replay of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReplayView {
    /// The job.
    pub job: JobId,
    /// How it stands.
    pub phase: JobPhase,
    /// Whether the draft is still as it was then.
    pub is_current: bool,
    /// When it was asked for.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub asked_at: Instant,
    /// The first day of the tickets that it looks at.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub from: Instant,
    /// Whether there is a file of all that differs for the reader.
    #[serde(default)]
    pub has_file: bool,
    /// What it came to, of a draft of limits, days or working hours; absent before its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<Replay>,
    /// The same of a draft of categories.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub categories: Option<super::CategoryReplay>,
    /// The same of a draft of the ladder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ladder: Option<super::LadderReplay>,
}

impl ReplayView {
    /// Whether it came to its end.
    pub const fn is_through(&self) -> bool {
        self.report.is_some() || self.categories.is_some() || self.ladder.is_some()
    }
}
