//! A failure as it leaves the server: its code with safe facts, and the fields at fault.
//! Not here: the codes (the module above), collecting what is wrong with a form (`check`).
//! Values of facts are shown to the person who caused the fault.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Code;

/// What is wrong with one field of a form or a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldFault {
    /// The field's name as in the form and in JSON, dotted for nested ones.
    pub field: String,
    /// What is wrong.
    pub code: Code,
    /// Numbers and codes for the sentence.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, String>,
}

/// A failure that may leave the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{code} {facts:?}")]
pub struct Fault {
    /// What happened.
    pub code: Code,
    /// Ids, numbers and enum codes; safe to show and to put into a URL.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, String>,
    /// The fields at fault, for input faults.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldFault>,
    /// Links page, log and audit; set for `Busy` and `Broken`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident: Option<String>,
}

impl Fault {
    /// A fault without facts.
    pub fn new(code: Code) -> Self {
        Self {
            code,
            facts: BTreeMap::new(),
            fields: Vec::new(),
            incident: None,
        }
    }

    /// Adds a fact; values must be safe to show to the person who caused the fault.
    #[must_use]
    pub fn fact(mut self, name: &str, value: impl ToString) -> Self {
        self.facts.insert(name.to_owned(), value.to_string());
        self
    }

    /// It is not there, or the actor may not know that it is.
    pub fn missing() -> Self {
        Self::new(Code::NotFound)
    }

    /// The right is missing.
    pub fn denied() -> Self {
        Self::new(Code::AccessDenied)
    }

    /// One field is wrong.
    pub fn field(field: &str, code: Code) -> Self {
        Self::fields(vec![FieldFault {
            field: field.to_owned(),
            code,
            facts: BTreeMap::new(),
        }])
    }

    /// Several fields are wrong.
    pub fn fields(fields: Vec<FieldFault>) -> Self {
        Self {
            fields,
            ..Self::new(Code::InputInvalid)
        }
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.code.class().status()
    }
}

/// Both values, or everything that is wrong with either.
pub fn both<A, B>(one: Result<A, Fault>, two: Result<B, Fault>) -> Result<(A, B), Fault> {
    match (one, two) {
        (Ok(one), Ok(two)) => Ok((one, two)),
        (Err(mut one), Err(two)) if !one.fields.is_empty() => {
            one.fields.extend(two.fields);
            Err(one)
        }
        (Err(fault), _) | (_, Err(fault)) => Err(fault),
    }
}
