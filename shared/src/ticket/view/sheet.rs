//! What the ticket's page shows at one look, and what the dispatch page chooses from.
//! Not here: its parts (`view`).

use serde::{Deserialize, Serialize};

use super::{DeadlineView, HistoryEvent, LadderView, Named, OwnAskView, TagView, TicketDetail};
use crate::access::ActorKind;
use crate::calendar::{ExplainStep, Instant};
use crate::file::FileView;
use crate::organisation::UnitLevel;
use crate::process::limit::Limit;
use crate::ticket::Urgency;
use crate::ticket::together::TogetherView;

/// The whole ticket with its history and the arithmetic behind its deadline, read at one instant. For pages; programs ask in parts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TicketSheet {
    /// The ticket.
    pub detail: TicketDetail,
    /// Oldest first.
    pub history: Vec<HistoryEvent>,
    /// The days from the start of the clock to the deadline; empty when there is no limit.
    pub explained: Vec<ExplainStep>,
    /// Files of the ticket and of its replies, oldest first; none for a unit that only had a part in it.
    pub files: Vec<FileView>,
    /// Whether this person may put files to the ticket's own papers.
    pub may_add_files: bool,
    /// The clocks that run, on their ladders.
    pub ladders: Vec<LadderView>,
    /// What happened to the clocks that this person sees, oldest first.
    pub ledger: Vec<LedgerLine>,
    /// How it stands among those about the same event; absent for one that is handled by itself.
    pub together: Option<TogetherView>,
    /// Whether this person may write an internal note.
    pub may_note: bool,
}

/// An entry of the clock ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerLine {
    /// When.
    pub at: Instant,
    /// What happened, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// The unit of an assignment; absent for the ticket's own clock.
    pub unit: Option<String>,
    /// The deadline since then.
    pub due_at: Option<Instant>,
    /// The deadline until then, where it was another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_before: Option<Instant>,
    /// The limit that the clock runs by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
    /// Why, in Chinese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason_zh: Option<String>,
    /// The same in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason_en: Option<String>,
    /// What kind of actor it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<ActorKind>,
    /// The name of a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// A unit that may get the ticket, with its load and why it stands where it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitChoice {
    /// The unit.
    pub unit: Named,
    /// Pinyin initials of its name, of each way to read it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub initials: String,
    /// Its level.
    pub level: UnitLevel,
    /// Open assignments now.
    pub open_assignments: i64,
    /// Of those: due within two days.
    #[serde(default)]
    pub due_soon: i64,
    /// Of those: overdue.
    #[serde(default)]
    pub overdue: i64,
    /// Matter and place are its area of responsibility.
    pub by_duty: bool,
    /// Tickets of the same category and city that it led in the last 180 days.
    pub led_lately: i64,
    /// It serves the ticket's own street or district.
    pub of_place: bool,
    /// Send-backs of such matters of the city by it that were upheld in the last year.
    pub returned: i64,
    /// Such matters that were ruled to be its own in the last year.
    pub ruled: i64,
}

/// The deadlines that a dispatch with an urgency would set, counted from now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DispatchTerms {
    /// Prefix of the categories that have these deadlines; absent for all others.
    pub category: Option<String>,
    /// The urgency.
    pub urgency: Urgency,
    /// By when the unit signs.
    pub sign_due: DeadlineView,
    /// By when the citizen is to be called.
    pub contact_due: DeadlineView,
    /// By when the unit answers.
    pub due: DeadlineView,
}

/// What a dispatcher chooses from, the likely units first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DispatchSheet {
    /// The units.
    pub units: Vec<UnitChoice>,
    /// What each urgency would set.
    pub terms: Vec<DispatchTerms>,
    /// The tags that the ticket can have.
    pub tags: Vec<TagView>,
    /// The office's own fields, with what is known already.
    pub own: Vec<OwnAskView>,
}
