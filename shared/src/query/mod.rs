//! The ticket filter: one struct for the page's URL, the REST query string, export and the numbers of a report.
//! A report cell and its list use the same filter, so that they cannot differ (I14).
//! Not here: SQL (store) and who may see what (scope, added by store). Reading and printing query strings: `pairs`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use self::language::Expr;
use crate::access::Scope;
use crate::ids::UserId;
use crate::ticket::{Channel, Light, RequestKind, TicketState};

pub mod facet;
pub mod language;
pub(crate) mod pairs;
pub mod person;
pub mod phrase;
pub mod search;
pub mod shown;
pub mod unseen;
pub mod view;

pub use pairs::{encoded, pairs_of, value_of};
pub(crate) use pairs::{list_of, wrong};

#[cfg(test)]
mod tests;

codes! {
    /// Sort orders of the ticket list; each has an index, but for the best of a search, which is put in order from its newest hits.
    Sort {
        AcceptedDesc = "-accepted_at", "-accepted_at", "最新登记", "Newest first";
        AcceptedAsc = "accepted_at", "accepted_at", "最早登记", "Oldest first";
        DueAsc = "due_at", "due_at", "最先到期", "Due first";
        UpdatedDesc = "-updated_at", "-updated_at", "最近更新", "Last changed first";
        Best = "best", "best", "最相关（查找时，最新 200 件内）", "Best first (of a search's newest 200)";
    }
}

impl Sort {
    /// The order in which tickets are read for it.
    #[must_use]
    pub const fn read_by(self) -> Self {
        match self {
            Self::Best => Self::AcceptedDesc,
            Self::AcceptedDesc | Self::AcceptedAsc | Self::DueAsc | Self::UpdatedDesc => self,
        }
    }
}

/// Filters of a ticket list. Lists are "any of"; times are RFC 3339 or dates (+08:00), `from` inclusive, `to` exclusive (a date's `to` means the end of that day).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TicketFilter {
    /// States.
    pub state: Vec<TicketState>,
    /// Kinds.
    pub kind: Vec<RequestKind>,
    /// Category code or prefix of it; `-` for tickets without one.
    pub category: Option<String>,
    /// Division code; includes everything below it, unless a hyphen follows it.
    pub region: Option<String>,
    /// Unit code; tickets with an assignment of this unit or of a unit below it.
    pub unit: Option<String>,
    /// Unit code of the lead; includes units below it.
    pub lead_unit: Option<String>,
    /// Channels.
    pub channel: Vec<Channel>,
    /// Code of one of the office's tags.
    pub tag: Option<String>,
    /// Ruled to be not counted, or an unreasonable demand.
    pub ruling: Option<crate::application::RulingOn>,
    /// Tickets of which an open part is the reader's own to answer for.
    pub mine: Option<bool>,
    /// Who that is; set by who reads, never by a query string.
    #[serde(skip)]
    pub mine_of: Vec<UserId>,
    /// Answers to the office's own fields, by the field's code, each in its one way of writing.
    pub own: BTreeMap<String, String>,
    /// Only tickets whose answers a handling unit may see; set by who reads for one, never by a query string.
    #[serde(skip)]
    pub own_open: bool,
    /// Conditions with and, or and not, beside all that is above.
    pub expr: Option<Expr>,
    /// Only tickets of which the reader's unit has a part in force, since the expression asks what it does not see of others; set by who reads.
    #[serde(skip)]
    pub in_force: bool,
    /// In which scope a person may be looked for, since the expression names one; set by who reads.
    #[serde(skip)]
    pub found_in: Option<Scope>,
    /// Light now.
    pub light: Option<Light>,
    /// Open and past the deadline now.
    pub overdue: Option<bool>,
    /// Milliseconds since 1970 UTC, inclusive.
    pub accepted_from: Option<i64>,
    /// Milliseconds since 1970 UTC, exclusive.
    pub accepted_to: Option<i64>,
    /// Milliseconds since 1970 UTC, inclusive.
    pub due_from: Option<i64>,
    /// Milliseconds since 1970 UTC, exclusive.
    pub due_to: Option<i64>,
    /// Milliseconds since 1970 UTC, inclusive.
    pub closed_from: Option<i64>,
    /// Milliseconds since 1970 UTC, exclusive.
    pub closed_to: Option<i64>,
    /// Set by report cells: one of `measure::Predicate`.
    pub measure: Option<crate::measure::Predicate>,
    /// Set by cells of a cube: measure, side, period and row.
    pub cell: Option<crate::measure::Cell>,
    /// An exact ticket number, else words; in lists alone also single characters, for which the newest tickets are looked through.
    pub q: Option<String>,
    /// Only those words, and nothing that stands for them.
    pub exact: bool,
    /// What is searched for as well as the words; set by who reads, never by a query string.
    #[serde(skip)]
    pub also: Vec<String>,
    /// Where the reader's search may look; set by who reads, never by a query string.
    #[serde(skip)]
    pub reads: crate::search::Reads,
}

/// A list request.
#[derive(Debug, Clone, PartialEq)]
pub struct TicketQuery {
    /// Filters.
    pub filter: TicketFilter,
    /// Order.
    pub sort: Sort,
    /// 1 to 200.
    pub limit: u32,
    /// Opaque; from the page before.
    pub cursor: Option<String>,
    /// Codes of own fields that are shown beside the rest, in their order.
    pub columns: Vec<String>,
}
