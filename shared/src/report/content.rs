//! The parts of a report. All texts stand in the reader's language already; numbers are printed as they shall be read.

use serde::{Deserialize, Serialize};

/// A whole report.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Report {
    /// Number by which it is cited; empty while it is not kept.
    pub number: String,
    /// Heading.
    pub title: String,
    /// Line below the heading: the period and the area.
    pub subtitle: String,
    /// What makes the numbers defensible, as name and value: filter, moment of asking, versions of the formulas, hash.
    pub facts: Vec<(String, String)>,
    /// What is read, in order.
    pub parts: Vec<Part>,
    /// Lines at the end: who signed it and when, what was left out.
    pub foot: Vec<String>,
}

/// One part of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ReportPart))]
#[serde(tag = "part", content = "of", rename_all = "snake_case")]
pub enum Part {
    /// Heading of what follows.
    Heading(String),
    /// A paragraph.
    Words(String),
    /// A warning that nobody may overlook: what is wrong or missing in the numbers below.
    Warning(String),
    /// Rows and columns.
    Table(Table),
    /// Bars beside each other; the table behind them follows as a part of its own.
    Bars(Bars),
}

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// Words.
    Start,
    /// Numbers.
    End,
}

/// A table. Every row has as many cells as there are columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Table {
    /// What it is called.
    pub caption: String,
    /// Name and alignment of each column.
    pub columns: Vec<(String, Align)>,
    /// Rows in their order.
    pub rows: Vec<Vec<Cell>>,
    /// Last row, set apart: the total.
    pub total: Option<Vec<Cell>>,
}

/// What stands in one place of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Cell {
    /// As it is read; `—` where there is nothing to divide by.
    pub text: String,
    /// The number of it where it is one, in decimal notation, for workbooks.
    pub number: Option<String>,
    /// Address of the tickets behind it, on the page.
    pub href: Option<String>,
}

impl Cell {
    /// Words.
    pub fn words(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}

/// A chart of bars.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Bars {
    /// What it is called.
    pub caption: String,
    /// Unit of the values, as it is read: "件", "%", "小时".
    pub unit: String,
    /// The bars in their order.
    pub bars: Vec<Bar>,
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Bar {
    /// What it stands for.
    pub name: String,
    /// Height in thousandths of the longest bar; absent where there is no value.
    pub share: Option<u32>,
    /// The value as it is read.
    pub value: String,
}
