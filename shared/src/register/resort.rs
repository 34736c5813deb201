//! A replay of a draft of categories (事项试算): what it would change about the tickets that came in lately, before it counts.
//! Not here: reckoning (services), the words (`text::register::resort`), the replay of limits (`replay`).
//! Codes and numbers of tickets, nothing personal.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ids::TicketId;
use crate::process::limit::Limit;
use crate::ticket::LimitUnit;

codes! {
    /// What a draft of categories would change about a ticket.
    Resort {
        Renamed = "renamed", "renamed", "事项改名", "Another name";
        Moved = "moved", "moved", "归入别的事项", "Another category";
        Coarse = "coarse", "coarse", "要选到更细的事项", "Wants a finer category";
        Lost = "lost", "lost", "没有事项可归", "No category any more";
        Found = "found", "found", "能认出来源的事项", "The source's words are understood";
        Limit = "limit", "limit", "时限不同", "Another limit";
        Unit = "unit", "unit", "权责单位不同", "Another unit by area of responsibility";
        Questions = "questions", "questions", "必填字段没有答案", "Required questions without an answer";
    }
}

/// What such a replay came to, and while it runs what it has seen so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CategoryReplay {
    /// Tickets looked at.
    pub tickets: i64,
    /// Those about which something would change.
    pub changed: i64,
    /// How many of each kind, by the words of `Resort`; a ticket counts for each that holds of it.
    pub kinds: BTreeMap<String, i64>,
    /// The first that differ.
    pub first: Vec<Resorted>,
}

/// A limit with its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LimitSaid {
    /// How many units.
    pub value: i32,
    /// Of what.
    pub unit: LimitUnit,
}

impl From<Limit> for LimitSaid {
    fn from(limit: Limit) -> Self {
        Self {
            value: limit.value,
            unit: limit.unit,
        }
    }
}

impl From<LimitSaid> for Limit {
    fn from(said: LimitSaid) -> Self {
        Self {
            value: said.value,
            unit: said.unit,
        }
    }
}

/// What stands now and what would stand under the draft.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sorted {
    /// Code of the category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Its Chinese name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The limit of the whole ticket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<LimitSaid>,
    /// The unit whose area of responsibility it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// A ticket about which something would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Resorted {
    /// The ticket.
    pub ticket: TicketId,
    /// Its number.
    pub no: String,
    /// What would change.
    pub kinds: Vec<Resort>,
    /// As it is.
    pub was: Sorted,
    /// As it would be.
    pub would_be: Sorted,
    /// Codes of the required questions to which there is no answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<String>,
}

impl CategoryReplay {
    /// Counts a ticket, and what would change about it.
    pub fn count(&mut self, kinds: &[Resort]) {
        self.tickets += 1;
        self.changed += i64::from(!kinds.is_empty());
        for kind in kinds {
            *self.kinds.entry(kind.as_str().to_owned()).or_default() += 1;
        }
    }

    /// How many of a kind.
    pub fn of(&self, kind: Resort) -> i64 {
        self.kinds.get(kind.as_str()).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_counts_once_and_for_each_kind() {
        let mut so_far = CategoryReplay::default();
        so_far.count(&[]);
        so_far.count(&[Resort::Moved, Resort::Limit]);
        assert_eq!((so_far.tickets, so_far.changed), (2, 1));
        let each = [Resort::Moved, Resort::Limit, Resort::Lost].map(|kind| so_far.of(kind));
        assert_eq!(each, [1, 1, 0]);
    }
}
