//! The to-do centre (待办中心): what somebody has to do with a case beside the tasks that wait for him, and the lists of it.
//! Not here: to-dos themselves (`ticket::view::TaskPage`), acts on many at once (`ticket::bulk`).
//! Tickets and approvals stand in one list, the latest first.

use serde::{Deserialize, Serialize};

use crate::approval::view::ApprovalRow;
use crate::calendar::Instant;
use crate::ticket::view::TicketRow;

codes! {
    /// Why a case stands in somebody's list.
    Mark {
        Did = "D", "did", "已办", "Done by me";
        Followed = "F", "followed", "关注", "Followed";
        Copied = "C", "copied", "抄送", "Copied to me";
    }
}

codes! {
    /// The lists of the to-do centre beside the to-dos.
    Shelf {
        Done = "done", "done", "已办", "Done by me";
        Running = "running", "running", "在办", "Under way";
        Followed = "followed", "followed", "关注", "Followed";
        Copied = "copied", "copied", "抄送", "Copied to me";
    }
}

impl Shelf {
    /// Whose mark a case has that stands in it.
    pub const fn mark(self) -> Mark {
        match self {
            Self::Done | Self::Running => Mark::Did,
            Self::Followed => Mark::Followed,
            Self::Copied => Mark::Copied,
        }
    }

    /// Whether only what is under way stands in it.
    pub const fn is_of_open(self) -> bool {
        matches!(self, Self::Running)
    }
}

/// A case of such a list: a ticket, or an approval.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShelfRow {
    /// When the mark was made: the last act, the star, the note.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
    /// The ticket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<TicketRow>,
    /// The approval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<ApprovalRow>,
}

/// A page of such a list, the latest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShelfPage {
    /// The cases.
    pub items: Vec<ShelfRow>,
    /// The next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}
