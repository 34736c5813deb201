//! Reports that were kept: a number, what they said, who made and who signed them, what was remarked, and what differs from the one before.
//! Not here: keeping them (services).
//! What a kept report says never changes: its digest is shown, and checked whenever it is read.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Align, Cell, Part, Report, ReportAsked, ReportName, Table};
use crate::calendar::Instant;
use crate::fault::Fault;

/// Longest remark, in characters.
pub const MAX_COMMENT: usize = 1_000;

codes! {
    /// A file that a report can be taken as.
    ReportForm {
        Book = "xlsx", "xlsx", "工作簿（XLSX）", "Workbook (XLSX)";
        Csv = "csv", "csv", "CSV", "CSV";
        Pdf = "pdf", "pdf", "PDF", "PDF";
    }
}

/// A kept report in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptRow {
    /// Number by which it is cited.
    pub no: String,
    /// Which report.
    pub name: ReportName,
    /// The time, as an address has it.
    pub period: String,
    /// Division code that was asked for; the maker's scope when absent.
    pub region: Option<String>,
    /// Who made it.
    pub made_by: String,
    /// When.
    pub made_at: Instant,
    /// Who signed it.
    pub signed_by: Option<String>,
    /// When.
    pub signed_at: Option<Instant>,
    /// SHA-256 of what it says, as hexadecimal digits.
    pub hash: String,
}

/// A report to be kept, as programs send it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct KeepReport {
    /// Which report.
    pub name: ReportName,
    /// The time; the last whole one when absent.
    #[serde(default)]
    pub period: Option<String>,
    /// Division code.
    #[serde(default)]
    pub area: Option<String>,
    /// Category code.
    #[serde(default)]
    pub category: Option<String>,
}

impl KeepReport {
    /// What it asks for.
    ///
    /// # Errors
    /// As `ReportAsked::from_pairs`.
    pub fn asked(self, today: NaiveDate) -> Result<ReportAsked, Fault> {
        let pairs = [
            ("period", self.period),
            ("area", self.area),
            ("category", self.category),
        ];
        let pairs: Vec<(String, String)> = pairs
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?)))
            .collect();
        ReportAsked::from_pairs(self.name, &pairs, today)
    }
}

/// A remark, as programs send it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SayComment {
    /// What it says.
    pub text: String,
}

/// A page of kept reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptPage {
    /// Newest first.
    pub items: Vec<KeptRow>,
    /// Where the next page begins; absent at the end.
    pub next: Option<String>,
}

/// A remark on a kept report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommentView {
    /// Who wrote it.
    pub by: String,
    /// When.
    pub at: Instant,
    /// What it says.
    pub text: String,
}

/// A number that differs between two reports over the same time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Difference {
    /// In which table.
    pub table: String,
    /// In which row.
    pub row: String,
    /// In which column.
    pub column: String,
    /// As the report before said; empty where it had no such row.
    pub was: String,
    /// As this one says; empty where it has no such row.
    pub now: String,
}

/// A kept report with everything about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptReport {
    /// Its row.
    pub row: KeptRow,
    /// What it says.
    pub report: Report,
    /// Whether what is stored still has the digest that was written with it.
    pub is_whole: bool,
    /// Whether the reader may sign it: a second person, with the right, as long as nobody has.
    pub may_sign: bool,
    /// Remarks, oldest first.
    pub comments: Vec<CommentView>,
    /// The one before over the same time and area.
    pub before: Option<String>,
    /// The one after.
    pub after: Option<String>,
    /// What differs from the one before.
    pub differences: Vec<Difference>,
}

/// Table, row and column.
type Spot = (String, String, String);
/// What stands where, in the order of the names.
type Told = BTreeMap<Spot, String>;

/// Differences between two reports, table by table and row by row.
#[must_use]
pub fn differences(was: &Report, now: &Report) -> Vec<Difference> {
    let (was, now) = (told(was), told(now));
    let mut spots: Vec<&Spot> = was.keys().chain(now.keys()).collect();
    spots.sort();
    spots.dedup();
    spots
        .into_iter()
        .filter(|spot| was.get(*spot) != now.get(*spot))
        .map(|spot| Difference {
            table: spot.0.clone(),
            row: spot.1.clone(),
            column: spot.2.clone(),
            was: was.get(spot).cloned().unwrap_or_default(),
            now: now.get(spot).cloned().unwrap_or_default(),
        })
        .collect()
}

fn told(report: &Report) -> Told {
    let mut all = Told::new();
    for part in &report.parts {
        if let Part::Table(table) = part {
            for row in table.rows.iter().chain(&table.total) {
                tell(&mut all, table, row);
            }
        }
    }
    all
}

/// A row is known by its words; what has a number is what may differ.
fn tell(all: &mut Told, table: &Table, row: &[Cell]) {
    let words = row.iter().zip(&table.columns);
    let name: Vec<&str> = words
        .filter(|(_, (_, align))| *align == Align::Start)
        .map(|(cell, _)| cell.text.as_str())
        .collect();
    let name = name.join(" · ");
    for (cell, (column, align)) in row.iter().zip(&table.columns) {
        if *align == Align::End {
            let spot = (table.caption.clone(), name.clone(), column.clone());
            all.insert(spot, cell.text.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Align, Cell, Part, Report, Table};
    use super::differences;

    fn report(rows: &[(&str, &str)]) -> Report {
        let row = |(name, value): &(&str, &str)| vec![Cell::words(*name), Cell::words(*value)];
        let table = Table {
            caption: "按地区".to_owned(),
            columns: vec![
                ("地区".to_owned(), Align::Start),
                ("受理量".to_owned(), Align::End),
            ],
            rows: rows.iter().map(row).collect(),
            total: None,
        };
        Report {
            parts: vec![Part::Table(table)],
            ..Report::default()
        }
    }

    #[test]
    fn only_what_differs_is_told() {
        let was = report(&[("南京市", "4"), ("苏州市", "2")]);
        let now = report(&[("南京市", "5"), ("苏州市", "2"), ("无锡市", "1")]);
        let told: Vec<(String, String, String)> = differences(&was, &now)
            .into_iter()
            .map(|it| (it.row, it.was, it.now))
            .collect();
        let line = |row: &str, was: &str, now: &str| (row.into(), was.into(), now.into());
        assert_eq!(told.len(), 2);
        assert!(told.contains(&line("南京市", "4", "5")));
        assert!(told.contains(&line("无锡市", "", "1")));
        assert!(differences(&was, &was).is_empty());
    }
}
