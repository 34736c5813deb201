//! What the ticket's page shows at one look.
//! Not here: its parts (`view`).

use serde::{Deserialize, Serialize};

use super::together::TogetherView;
use super::view::{HistoryEvent, LadderView, TicketDetail};
use crate::calendar::{ExplainStep, Instant};
use crate::file::FileView;

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
}
