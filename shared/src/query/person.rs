//! Looking for tickets of a person: by phone, name or identity number, exact, with a reason.
//! Not here: who may and what is recorded (`services::tickets::persons`), the condition that it becomes (`language::mark`).
//! What is typed goes by POST alone; what comes back names nobody.

use serde::{Deserialize, Serialize};

use super::language::Field;

/// Most persons of one question.
pub const MOST: usize = 5;
/// Most characters of what is typed.
pub const MAX_VALUE: usize = 300;

codes! {
    /// By what a person is looked for.
    PersonKey {
        Phone = "P", "phone", "电话", "Phone";
        Name = "N", "name", "姓名", "Name";
        IdNumber = "I", "idno", "证件号", "Identity number";
    }
}

impl PersonKey {
    /// The field of the conditions that it becomes.
    pub const fn field(self) -> Field {
        match self {
            Self::Phone => Field::Phone,
            Self::Name => Field::Name,
            Self::IdNumber => Field::IdNo,
        }
    }

    /// By what a field of the conditions looks for a person; nothing for other fields.
    pub const fn of_field(field: Field) -> Option<Self> {
        match field {
            Field::Phone => Some(Self::Phone),
            Field::Name => Some(Self::Name),
            Field::IdNo => Some(Self::IdNumber),
            _ => None,
        }
    }
}

/// A question about persons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AskPerson {
    /// By what.
    pub key: PersonKey,
    /// Whole phone numbers, names or identity numbers, divided by commas; at most five.
    pub value: String,
    /// Why, for the audit.
    pub reason: String,
    /// What else is asked, as the address of the list has it behind the question mark.
    #[serde(default)]
    pub query: String,
}

/// What a question came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonAsked {
    /// The condition, with marks in the place of what was typed; it serves whoever asked, and nobody else.
    pub condition: String,
    /// What was asked with the condition, as the address of the list has it behind the question mark.
    pub query: String,
    /// Tickets that it finds, up to 10,000.
    pub found: i64,
    /// There may be more of them.
    pub more: bool,
    /// Tickets of before whose names and numbers cannot be found yet; nothing when all can be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filling: Option<i64>,
}
