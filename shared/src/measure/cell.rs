//! A cell of a cube as a filter of lists: measure, side, period and the values of the dimensions, written in one word of an address.
//! Not here: its SQL (store compiles cube and filter by the same functions), whole cubes (`cube`).
//! Written as `on_time.n.2026-11-01.2026-11-30.city:3201.kind:30`.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::followed::is_between;
use super::{Anchor, Measure, Side};
use crate::calendar::{self, Instant};
use crate::fault::{Code, Fault};

codes! {
    /// What the rows of a cube stand for. Each divides the tickets without rest, so that parts sum to the total.
    Axis {
        City = "city", "city", "设区市", "City";
        County = "county", "county", "区县", "District";
        Category = "category", "category", "一级类别", "First-level category";
        Kind = "kind", "kind", "诉求类型", "Kind";
        Channel = "channel", "channel", "渠道", "Channel";
        State = "state", "state", "状态", "State";
        Urgency = "urgency", "urgency", "紧急程度", "Urgency";
        LeadUnit = "lead_unit", "lead_unit", "主办单位", "Lead unit";
        Month = "month", "month", "月份", "Month";
    }
}

/// A value of a dimension as it is kept: digits, code, `yyyy-mm`; empty for tickets without one.
pub type Key = (Axis, String);

/// One number of a cube, with everything that leads to its tickets but scope and filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Of which measure.
    pub measure: Measure,
    /// Numerator or denominator.
    pub side: Side,
    /// First day.
    pub from: NaiveDate,
    /// Last day, inclusive.
    pub to: NaiveDate,
    /// In which row; the total has none.
    pub at: Vec<Key>,
    /// Only those with an open finding of a rule that guards the measure.
    pub touched: bool,
}

/// Most dimensions of a cell.
const MOST: usize = 2;
/// The last word of a cell of touched tickets.
const TOUCHED: &str = "touched";
/// Longest value of a dimension.
const LONGEST: usize = 40;
/// The same of units that stand together.
const LONGEST_OF_UNITS: usize = 2_000;

impl Cell {
    /// What puts tickets into its period.
    pub const fn anchor(&self) -> Anchor {
        self.measure.definition().anchor
    }

    /// Its period: from, and until but without.
    pub fn between(&self) -> (Instant, Instant) {
        between(self.from, self.to)
    }
}

/// Whole days as instants, the end exclusive.
pub(super) fn between(from: NaiveDate, to: NaiveDate) -> (Instant, Instant) {
    let end = calendar::days_after(to, 1);
    (calendar::day_start(from), calendar::day_start(end))
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (measure, side) = (self.measure, self.side);
        write!(f, "{measure}.{side}.{}.{}", self.from, self.to)?;
        for (axis, value) in &self.at {
            write!(f, ".{axis}:{value}")?;
        }
        if self.touched {
            write!(f, ".{TOUCHED}")?;
        }
        Ok(())
    }
}

impl FromStr for Cell {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        read(text).ok_or_else(|| Fault::new(Code::InputCode))
    }
}

fn read(text: &str) -> Option<Cell> {
    let mut parts = text.split('.');
    let measure = Measure::parse(parts.next()?)?;
    let side = Side::parse(parts.next()?)?;
    let mut day = || calendar::day(parts.next()?);
    let (from, to) = (day()?, day()?);
    let mut at: Vec<Key> = Vec::new();
    let mut touched = false;
    for part in parts {
        if touched {
            return None;
        }
        if part == TOUCHED {
            touched = true;
            continue;
        }
        let (axis, value) = part.split_once(':')?;
        let axis = Axis::parse(axis)?;
        if !fits(axis, value) || at.iter().any(|(other, _)| *other == axis) {
            return None;
        }
        at.push((axis, value.to_owned()));
    }
    let is_cell = from <= to && at.len() <= MOST;
    is_cell.then_some(Cell {
        measure,
        side,
        from,
        to,
        at,
        touched,
    })
}

/// Whether a value can be one of a dimension; of units it can be several.
fn fits(axis: Axis, value: &str) -> bool {
    let of_units = axis == Axis::LeadUnit;
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    let longest = if of_units { LONGEST_OF_UNITS } else { LONGEST };
    let all = value
        .bytes()
        .all(|b| is_plain(b) || of_units && is_between(b));
    value.len() <= longest && all
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        read(&text).ok_or_else(|| serde::de::Error::custom("no cell of a report"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_written_and_read_in_one_way() {
        for text in [
            "on_time.n.2026-11-01.2026-11-30.city:3201.kind:30",
            "accepted.n.2026-11-01.2026-11-01",
            "satisfied.d.2026-11-01.2026-11-30.lead_unit:320100-ZJJ",
            "accepted.n.2026-11-01.2026-11-30.category:",
            "closed.n.2026-11-01.2026-11-30.lead_unit:320100-JS~320100-CGJ",
            "closed.n.2026-11-01.2026-12-30.month:2026-11",
            "on_time.d.2026-11-01.2026-11-30.city:3201.touched",
            "satisfied.n.2026-11-01.2026-11-30.touched",
        ] {
            let cell: Cell = text.parse().expect(text);
            assert_eq!(cell.to_string(), text);
            let json = serde_json::to_string(&cell).expect("written");
            assert_eq!(serde_json::from_str::<Cell>(&json).expect("read"), cell);
        }
    }

    #[test]
    fn what_is_no_cell_is_refused() {
        for text in [
            "",
            "on_time",
            "all.n.2026-11-01.2026-11-30",
            "on_time.x.2026-11-01.2026-11-30",
            "on_time.n.2026-11-30.2026-11-01",
            "on_time.n.2026-02-30.2026-11-01",
            "on_time.n.2026-11-01.2026-11-30.city:32'01",
            "on_time.n.2026-11-01.2026-11-30.tag:hot",
            "on_time.n.2026-11-01.2026-11-30.city:3201~3202",
            "on_time.n.2026-11-01.2026-11-30.city:3201.city:3202",
            "on_time.n.2026-11-01.2026-11-30.city:3201.kind:30.state:CL",
            "on_time.n.2026-11-01.2026-11-30.touched.city:3201",
            "on_time.n.2026-11-01.2026-11-30.touched.touched",
        ] {
            assert!(text.parse::<Cell>().is_err(), "{text}");
        }
    }
}
