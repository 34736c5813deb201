//! Decision tables (a small DMN): inputs compared cell by cell, outputs by hit policy. Pure and bounded like conditions.
//! Not here: other kinds of decision (literal expressions, contexts, models that call each other), which are refused.
//! Next: `parse` (file to table), `decide` (values to outcome).

mod decide;
mod parse;

pub use decide::Outcome;
pub use parse::DecisionParseError;
pub use shared::process::obstacle::DecisionError;

use crate::condition::Condition;
use crate::value::Value;

/// Most cells of one table.
pub const MAX_CELLS: usize = 20_000;

/// A decision table, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// Its id, which business-rule tasks name.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    pub(crate) policy: HitPolicy,
    pub(crate) inputs: Vec<Condition>,
    pub(crate) outputs: Vec<Output>,
    pub(crate) rules: Vec<Rule>,
}

impl Decision {
    /// Reads the decision tables of a DMN file.
    pub fn parse(xml: &str) -> Result<Vec<Self>, DecisionParseError> {
        parse::tables(xml)
    }

    /// Its hit policy.
    pub fn policy(&self) -> HitPolicy {
        self.policy
    }
}

/// What several rules that fit mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HitPolicy {
    /// At most one may fit.
    Unique,
    /// The first in the table's order.
    First,
    /// The one whose outputs stand highest in the list of allowed values.
    Priority,
    /// All that fit must say the same.
    Any,
    /// All, in any order; or one number computed from them.
    Collect(Option<Aggregation>),
    /// All, in the table's order.
    RuleOrder,
    /// All, those highest in the list of allowed values first.
    OutputOrder,
}

/// The number that a collecting table computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregation {
    /// Sum of the outputs.
    Sum,
    /// The smallest.
    Min,
    /// The largest.
    Max,
    /// How many there are.
    Count,
}

/// An output column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Output {
    pub name: String,
    /// Allowed values, the most important first.
    pub values: Vec<Value>,
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rule {
    /// One condition over [`INPUT`] for each input column.
    pub tests: Vec<Condition>,
    /// One expression for each output column; `None` gives null.
    pub outputs: Vec<Option<Condition>>,
}

/// The name under which a cell sees its column's value; no text of a table can spell it.
pub(crate) const INPUT: &str = "?";

#[cfg(test)]
mod tests;
