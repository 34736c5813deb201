//! Acts on many tickets at once (批量): which there are, what is sent for one, and what pages and programs see of it.
//! Not here: what a verb changes and who may (its own descriptor; each ticket is done by its verb, in a transaction of its own).
//! Read next: `services::tickets::bulk`.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::view::{Named, TicketRow};
use super::{TicketNo, Verb};
use crate::calendar::Instant;
use crate::fault::Fault;
use crate::ids::{AssignmentId, TicketId};

/// Tickets of one act at most.
pub const MOST: usize = 100;

codes! {
    /// An act on many tickets at once.
    BulkAct {
        Sign = "sign", "sign", "批量签收", "Sign for several";
        Dispatch = "dispatch", "dispatch", "批量派单", "Dispatch several";
        Reply = "reply", "reply", "批量答复", "Answer several";
    }
}

codes! {
    /// What became of one ticket of such an act.
    BulkOutcome {
        Waiting = "waiting", "waiting", "未办", "Not done yet";
        Done = "done", "done", "已办", "Done";
        Proposed = "proposed", "proposed", "已提交审核", "Waits for a review";
        Refused = "refused", "refused", "不能办", "Refused";
        Changed = "changed", "changed", "已有变动", "Changed meanwhile";
    }
}

impl BulkAct {
    /// The verb that it is on each ticket.
    pub const fn verb(self) -> Verb {
        match self {
            Self::Sign => Verb::Sign,
            Self::Dispatch => Verb::Dispatch,
            Self::Reply => Verb::Reply,
        }
    }

    /// Whether one decision, or one text, may be about a ticket whose citizen must not be known: those are looked at one by one.
    pub const fn suits_discreet(self) -> bool {
        matches!(self, Self::Sign)
    }
}

/// One ticket, or one unit's part of it, in the version that was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkItem {
    /// The ticket.
    pub ticket: TicketId,
    /// The part, for what is done to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignment: Option<AssignmentId>,
    /// The version of the part, else of the ticket.
    pub version: i32,
}

impl std::fmt::Display for BulkItem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.assignment {
            Some(part) => write!(f, "{}.{part}.{}", self.ticket, self.version),
            None => write!(f, "{}..{}", self.ticket, self.version),
        }
    }
}

impl std::str::FromStr for BulkItem {
    type Err = Fault;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.split('.');
        let mut next = || parts.next().ok_or_else(Fault::missing);
        let (ticket, part, version) = (next()?, next()?, next()?);
        let assignment = match part {
            "" => None,
            part => Some(part.parse()?),
        };
        Ok(Self {
            ticket: ticket.parse()?,
            assignment,
            version: version.parse().map_err(|_| Fault::missing())?,
        })
    }
}

/// An act on many tickets as a program sends it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkOrder {
    /// What.
    pub act: BulkAct,
    /// To which, 1 to 100.
    pub items: Vec<BulkItem>,
    /// The fields of the verb, without its version: the same for all.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub fields: Map<String, Value>,
}

/// What an act would do to the tickets that were chosen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkPreview {
    /// The act.
    pub act: BulkAct,
    /// In the order in which they were chosen.
    pub rows: Vec<BulkRow>,
}

/// One of them: what it would be done to, or why it cannot be done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkRow {
    /// Its id.
    pub ticket: TicketId,
    /// The ticket; absent where the reader may not know that it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<TicketRow>,
    /// Whose part it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Named>,
    /// What it would be done to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<BulkItem>,
    /// Code of why it cannot be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The same in the reader's language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

/// What became of an act.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkResult {
    /// Its id.
    pub id: uuid::Uuid,
    /// The act.
    pub act: BulkAct,
    /// When it was asked for.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
    /// One result each, in the order in which they were sent.
    pub rows: Vec<BulkDone>,
}

/// What became of one ticket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkDone {
    /// The ticket.
    pub ticket: TicketId,
    /// Its number; absent where it was out of reach.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket_no: Option<TicketNo>,
    /// The part, for what is done to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignment: Option<AssignmentId>,
    /// What became of it.
    pub outcome: BulkOutcome,
    /// Code of why it was not done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The same in the reader's language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn an_item_is_one_word_of_a_form() {
        for assignment in [None, Some(AssignmentId(Uuid::from_u128(8)))] {
            let item = BulkItem {
                ticket: TicketId(Uuid::from_u128(7)),
                assignment,
                version: 3,
            };
            assert_eq!(item.to_string().parse(), Ok(item));
        }
        for wrong in ["", "x", "..1", "00000000-0000-0000-0000-000000000007..x"] {
            assert!(wrong.parse::<BulkItem>().is_err(), "{wrong}");
        }
    }
}
