//! One search over everything that somebody works with: tickets, approvals and people, a few of each.
//! Not here: searching (services), the tokeniser of ticket search (`crate::search`).

use serde::{Deserialize, Serialize};

use crate::approval::view::ApprovalRow;
use crate::ids::TicketId;
use crate::search::Shred;
use crate::ticket::view::TicketRow;

/// Longest search, in characters.
pub const MOST_CHARS: usize = 100;
/// Searches beside the one that was typed, at most.
pub const MOST_ALSO: usize = 4;
/// Rows of a group.
pub const MOST_ROWS: usize = 5;

codes! {
    /// Where in a ticket something was found.
    FoundField {
        Title = "title", "title", "标题", "Title";
        Content = "content", "content", "诉求内容", "Content";
        Address = "address", "address", "地址", "Address";
        Answer = "answer", "answer", "答复", "Answer";
        Unit = "unit", "unit", "主办单位", "Lead unit";
        Number = "number", "number", "工单编号", "Ticket number";
        External = "external", "external", "来源系统编号", "Number in the other system";
        Paper = "paper", "paper", "纸质单编号", "Number of the paper form";
    }
}

/// What was found in a ticket, as its reader sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundIn {
    /// The ticket.
    pub id: TicketId,
    /// Its title, in parts.
    pub title: Vec<Shred>,
    /// Where else it stands, when it does not stand in the title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<FoundField>,
    /// What stands there, in parts, with some words around.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excerpt: Vec<Shred>,
}

/// Some rows of one kind, the latest first, or people by name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundTickets {
    /// At most five.
    pub items: Vec<TicketRow>,
    /// There are more.
    pub more: bool,
}

/// The same of approvals, by their titles and the beginnings of their numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundApprovals {
    /// At most five.
    pub items: Vec<ApprovalRow>,
    /// There are more.
    pub more: bool,
}

/// The same of people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundPeople {
    /// At most five.
    pub items: Vec<FoundPerson>,
    /// There are more.
    pub more: bool,
}

/// Somebody of the house.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundPerson {
    /// Sign-in name.
    pub username: String,
    /// Name.
    pub name: String,
    /// Name of the unit.
    pub unit: String,
}

/// What a search came to. A group that is not the reader's to see is not there.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SearchPage {
    /// What was searched for; empty before anything was.
    pub q: String,
    /// What tickets were searched for with as well: synonyms of the office's list, and names whose initials were typed; none where that was switched off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// Tickets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tickets: Option<FoundTickets>,
    /// Approvals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approvals: Option<FoundApprovals>,
    /// People of the reader's city, or of the province for its people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<FoundPeople>,
}
