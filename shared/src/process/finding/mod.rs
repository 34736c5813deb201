//! What a check finds in a definition, and why a file is not read: a code with its facts.
//! Not here: the check (`bpmn::check`), how it is put into a sentence (`text::process_check`).
//! Next: `codes`.

mod codes;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::obstacle::Obstacle;

pub use codes::{Fact, FindingCode};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Runs, but perhaps not as meant.
    Warning,
    /// Must not be deployed.
    Error,
}

/// What is said of a place in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Remark {
    /// What it is.
    pub code: FindingCode,
    /// Names and texts that belong to it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, String>))]
    pub facts: BTreeMap<Fact, String>,
    /// What else keeps it from working.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub why: Option<Obstacle>,
}

impl Remark {
    /// A code without facts.
    pub fn new(code: FindingCode) -> Self {
        Self {
            code,
            facts: BTreeMap::new(),
            why: None,
        }
    }

    /// With one more fact.
    #[must_use]
    pub fn fact(mut self, fact: Fact, value: impl ToString) -> Self {
        self.facts.insert(fact, value.to_string());
        self
    }

    /// With several.
    #[must_use]
    pub fn facts(mut self, facts: &[(Fact, String)]) -> Self {
        self.facts.extend(facts.iter().cloned());
        self
    }

    /// With the reason.
    #[must_use]
    pub fn because(mut self, why: impl Into<Obstacle>) -> Self {
        self.why = Some(why.into());
        self
    }

    /// As a fault carries it.
    pub fn to_json(&self) -> String {
        // Codes and texts only: this cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// As a fault carried it.
    pub fn from_json(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}
