//! Figures of a day or a month as they were frozen, with later adjustments and what is counted now.
//! Not here: freezing (`services::reports::frozen`).
//! What is frozen stays; a number that comes out otherwise later is an adjustment with its own moment and version.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::cube::USUAL;
use super::{Figure, MOST_MEASURES, Measure};
use crate::calendar::{self, Instant};
use crate::fault::Fault;
use crate::query::{list_of, wrong};

/// What is asked of the frozen figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrozenQuery {
    /// The newest without one.
    pub period: Option<FrozenPeriod>,
    /// In this order.
    pub measures: Vec<Measure>,
}

/// A day or a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrozenPeriod {
    /// `yyyy-mm-dd` or `yyyy-mm`.
    pub name: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day, inclusive.
    pub to: NaiveDate,
}

impl FrozenPeriod {
    /// A day.
    pub fn day(day: NaiveDate) -> Self {
        Self {
            name: day.to_string(),
            from: day,
            to: day,
        }
    }

    /// The month that begins with a day.
    pub fn month(first: NaiveDate) -> Self {
        let next = first.checked_add_months(Months::new(1));
        let last = next.and_then(|next| next.pred_opt());
        Self {
            name: first.format("%Y-%m").to_string(),
            from: first,
            to: last.unwrap_or(first),
        }
    }

    /// Reads a period; none for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        match text.len() {
            10 => calendar::day(text).map(Self::day),
            7 => calendar::day(&format!("{text}-01")).map(Self::month),
            _ => None,
        }
    }

    /// Whether it is a month.
    pub fn is_month(&self) -> bool {
        self.name.len() == 7
    }
}

impl FrozenQuery {
    /// Reads `period` and `show`.
    ///
    /// # Errors
    /// `input.query` naming what cannot be read.
    pub fn from_pairs(pairs: &[(String, String)]) -> Result<Self, Fault> {
        let (mut period, mut measures) = (None, Vec::new());
        for (name, value) in pairs {
            match name.as_str() {
                "show" => list_of(name, value, &mut measures)?,
                "period" if value.trim().is_empty() => {}
                "period" => {
                    let read = FrozenPeriod::parse(value);
                    period = Some(read.ok_or_else(|| wrong(name, value))?);
                }
                _ => return Err(wrong(name, value)),
            }
        }
        if measures.len() > MOST_MEASURES {
            return Err(wrong("show", &measures.len().to_string()));
        }
        if measures.is_empty() {
            measures = USUAL.to_vec();
        }
        Ok(Self { period, measures })
    }
}

/// A number at a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FrozenStep {
    /// What was counted.
    pub figure: Figure,
    /// Version of the formula.
    pub version: u32,
    /// When it was counted.
    pub as_of: Instant,
    /// SHA-256 of what was written, as hexadecimal digits.
    pub hash: String,
}

/// A measure in one area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FrozenLine {
    /// Four digits of the city; empty for all areas.
    pub city: String,
    /// Its name; empty for all areas.
    pub name: String,
    /// As it was frozen; nothing where the area came in by an adjustment.
    pub frozen: Option<FrozenStep>,
    /// Adjustments since, the oldest first.
    pub adjustments: Vec<FrozenStep>,
    /// As it is counted now.
    pub current: Figure,
}

/// What is frozen of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FrozenView {
    /// `yyyy-mm` or `yyyy-mm-dd`; empty where nothing is frozen.
    pub period: String,
    /// Measures in their order.
    pub measures: Vec<Measure>,
    /// When the current numbers were counted.
    pub as_of: Instant,
    /// By measure, then by area.
    pub lines: Vec<FrozenLine>,
    /// Frozen periods to choose from, the newest first.
    pub periods: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::pairs_of;

    #[test]
    fn days_and_months_are_read() {
        let month = FrozenPeriod::parse("2028-02").expect("a month");
        assert_eq!(
            (month.to.to_string(), month.is_month()),
            ("2028-02-29".to_owned(), true)
        );
        let day = FrozenPeriod::parse("2026-11-30").expect("a day");
        assert_eq!((day.from, day.is_month()), (day.to, false));
        for text in ["", "2026", "2026-13", "2026-02-30", "2026-1"] {
            assert_eq!(FrozenPeriod::parse(text), None, "{text}");
        }
        let query = FrozenQuery::from_pairs(&pairs_of("period=2026-11&show=on_time"));
        assert_eq!(query.map(|it| it.measures), Ok(vec![Measure::OnTime]));
        assert!(FrozenQuery::from_pairs(&pairs_of("colour=red")).is_err());
    }
}
