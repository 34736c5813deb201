//! A cube: some measures by up to two dimensions, over a period, under a filter. One struct for page, REST and address.
//! Not here: SQL (`store::tickets::cube`), the scope (of who asks), one number's list (`cell`).
//! Read from pairs: `show` (measures), `by` (dimensions), `from`, `to`, `units` (of then or of now); every other name is a filter of the ticket list.

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};

use super::cell::{Axis, Cell, Key, between};
use super::{Anchor, Figure, Measure, Side, UnitsOf};
use crate::calendar::{self, Instant};
use crate::fault::{Code, Fault};
use crate::query::{TicketFilter, list_of, wrong};

/// Most measures of a cube.
pub const MOST_MEASURES: usize = 8;
/// Longest period, in days.
pub const MOST_DAYS: i64 = 1_100;
/// Most dimensions of a cube.
const MOST_AXES: usize = 2;

/// In place of a dimension: none.
pub const NO_AXIS: &str = "-";

/// What is shown when nothing is named.
pub(super) const USUAL: [Measure; 5] = [
    Measure::Accepted,
    Measure::ClosedRate,
    Measure::OnTime,
    Measure::Satisfied,
    Measure::Solved,
];

/// A cube that is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct CubeQuery {
    /// In this order.
    pub measures: Vec<Measure>,
    /// None: the total alone.
    pub axes: Vec<Axis>,
    /// First day.
    pub from: NaiveDate,
    /// Last day, inclusive.
    pub to: NaiveDate,
    /// What tickets are beside; the same filters as a list's.
    pub filter: TicketFilter,
    /// Under which units, where they are a dimension.
    pub units: UnitsOf,
}

impl CubeQuery {
    /// The usual measures by city, of this month so far.
    pub fn usual(today: NaiveDate) -> Self {
        Self {
            measures: USUAL.to_vec(),
            axes: vec![Axis::City],
            from: today.with_day(1).unwrap_or(today),
            to: today,
            filter: TicketFilter::default(),
            units: UnitsOf::Then,
        }
    }

    /// Reads a cube; what is not named is usual, an empty dimension is none.
    ///
    /// # Errors
    /// `input.query` naming what cannot be read or is no filter of a cube, `input.date`, `input.period`.
    pub fn from_pairs(pairs: &[(String, String)], today: NaiveDate) -> Result<Self, Fault> {
        let usual = Self::usual(today);
        let (mut measures, mut axes, mut names_axes) = (Vec::new(), Vec::new(), false);
        let (mut from, mut to, mut units) = (usual.from, usual.to, usual.units);
        let mut rest = Vec::new();
        for (name, value) in pairs {
            match name.as_str() {
                "show" => list_of(name, value, &mut measures)?,
                // No dimension at all: forms send no empty fields.
                "by" if value.trim() == NO_AXIS => names_axes = true,
                "by" => {
                    names_axes = true;
                    list_of(name, value, &mut axes)?;
                }
                "from" => from = day(name, value, from)?,
                "to" => to = day(name, value, to)?,
                "units" if value.trim().is_empty() => {}
                "units" => {
                    units = UnitsOf::parse(value.trim()).ok_or_else(|| wrong(name, value))?;
                }
                other if is_other(other) => return Err(wrong(name, value)),
                _ => rest.push((name.clone(), value.clone())),
            }
        }
        if measures.len() > MOST_MEASURES {
            return Err(wrong("show", &measures.len().to_string()));
        }
        if axes.len() > MOST_AXES {
            return Err(wrong("by", &axes.len().to_string()));
        }
        check_period(from, to)?;
        Ok(Self {
            measures: if measures.is_empty() {
                usual.measures
            } else {
                measures
            },
            axes: if names_axes { axes } else { usual.axes },
            from,
            to,
            filter: TicketFilter::from_pairs(&rest)?,
            units,
        })
    }

    /// Prints it; `from_pairs` of it gives the same cube.
    pub fn to_query(&self) -> String {
        let joined = |words: Vec<&str>| words.join(",");
        let by = if self.axes.is_empty() {
            NO_AXIS.to_owned()
        } else {
            joined(self.axes.iter().map(|it| it.as_str()).collect())
        };
        let mut pairs = vec![
            (
                "show".to_owned(),
                joined(self.measures.iter().map(|it| it.as_str()).collect()),
            ),
            ("by".to_owned(), by),
            ("from".to_owned(), self.from.to_string()),
            ("to".to_owned(), self.to.to_string()),
        ];
        if self.units == UnitsOf::Now {
            pairs.push(("units".to_owned(), self.units.to_string()));
        }
        pairs.extend(self.filter.to_pairs());
        serde_urlencoded::to_string(pairs).unwrap_or_default()
    }

    /// Its period: from, and until but without.
    pub fn between(&self) -> (Instant, Instant) {
        between(self.from, self.to)
    }

    /// The cube's filter for tickets that an anchor puts into the period: read along the time of acceptance where that is the anchor.
    pub fn led(&self, anchor: Anchor) -> TicketFilter {
        let mut filter = self.filter.clone();
        if anchor == Anchor::Accepted {
            let (from, to) = self.between();
            filter.accepted_from = filter.accepted_from.max(Some(from.0));
            filter.accepted_to = Some(filter.accepted_to.map_or(to.0, |other| other.min(to.0)));
        }
        filter
    }

    /// The list behind a number: exactly its tickets, under the cube's own filter.
    pub fn behind(&self, measure: Measure, side: Side, at: &[Key]) -> TicketFilter {
        self.list_of(Cell {
            measure,
            side,
            from: self.from,
            to: self.to,
            at: at.to_vec(),
            touched: false,
        })
    }

    /// Of the list behind a number, those with an open finding of a rule that guards the measure.
    pub fn behind_touched(&self, measure: Measure, side: Side, at: &[Key]) -> TicketFilter {
        self.list_of(Cell {
            measure,
            side,
            from: self.from,
            to: self.to,
            at: at.to_vec(),
            touched: true,
        })
    }

    fn list_of(&self, cell: Cell) -> TicketFilter {
        let mut filter = self.led(cell.anchor());
        // A city's tickets have an index; what a category is called may follow from the area, which then stays as it was asked for.
        let city = cell.at.iter().find(|(axis, _)| *axis == Axis::City);
        let is_wide = filter.region.is_none() && filter.category.is_none();
        if let (true, Some((_, code))) = (is_wide, city) {
            filter.region = Some(format!("{code}00"));
        }
        filter.cell = Some(cell);
        filter
    }
}

/// Filters that a cube does not take: words and own answers are searches, `mine` is of one person, sets of another report, places in a list.
fn is_other(name: &str) -> bool {
    matches!(
        name,
        "q" | "mine" | "measure" | "cell" | "columns" | "sort" | "limit" | "cursor"
    ) || name.starts_with("own.")
}

fn day(name: &str, value: &str, usual: NaiveDate) -> Result<NaiveDate, Fault> {
    if value.trim().is_empty() {
        return Ok(usual);
    }
    calendar::day(value).ok_or_else(|| Fault::field(name, Code::InputDate))
}

/// Whether a period can be asked for.
pub(crate) fn check_period(from: NaiveDate, to: NaiveDate) -> Result<(), Fault> {
    let why = if to < from {
        "order"
    } else if to.signed_duration_since(from).num_days() > MOST_DAYS {
        "long"
    } else {
        return Ok(());
    };
    let mut fault = Fault::field("to", Code::InputPeriod);
    if let Some(first) = fault.fields.first_mut() {
        first.facts.insert("why".to_owned(), why.to_owned());
        first.facts.insert("max".to_owned(), MOST_DAYS.to_string());
    }
    Err(fault)
}

/// A value of a dimension with its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CubeKey {
    /// The dimension.
    pub axis: Axis,
    /// As it is kept; the codes of several units, where they stand together, with `~` between.
    pub code: String,
    /// Its names.
    pub name: CubeName,
}

/// A name in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CubeName {
    /// Chinese.
    pub zh: String,
    /// English where there is one, else the Chinese.
    pub en: String,
}

impl CubeKey {
    /// The value of its dimension.
    pub fn at(&self) -> Key {
        (self.axis, self.code.clone())
    }
}

/// One row of a cube.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CubeRow {
    /// A value of each dimension.
    pub keys: Vec<CubeKey>,
    /// A number of each measure.
    pub figures: Vec<Figure>,
}

impl CubeRow {
    /// Its place in the cube.
    pub fn at(&self) -> Vec<Key> {
        self.keys.iter().map(CubeKey::at).collect()
    }
}

/// A cube that was counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CubeView {
    /// When it was counted.
    pub as_of: Instant,
    /// The question as it stands in an address.
    pub query: String,
    /// Measures in their order.
    pub measures: Vec<Measure>,
    /// Versions of their formulas, in the same order.
    pub versions: Vec<u32>,
    /// Dimensions in their order.
    pub axes: Vec<Axis>,
    /// Rows in the order of their codes.
    pub rows: Vec<CubeRow>,
    /// All rows together, those too that are not shown.
    pub total: Vec<Figure>,
    /// There are more rows than are shown.
    pub more: bool,
    /// Number of the change feed up to which the analytic copy had everything that counted it; absent when the database did.
    #[serde(default)]
    pub copied: Option<i64>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::pairs_of;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 30).expect("a date")
    }

    fn read(query: &str) -> Result<CubeQuery, Fault> {
        CubeQuery::from_pairs(&pairs_of(query), today())
    }

    #[test]
    fn printing_and_reading_agree() {
        for query in [
            "",
            "show=on_time&by=category&by=month&from=2026-01-01&kind=complaint&region=320100",
            "show=accepted,closed&by=-&by=-&channel=phone",
        ] {
            let cube = read(query).expect(query);
            assert_eq!(read(&cube.to_query()), Ok(cube), "{query}");
        }
        assert!(read("by=-").expect("the total").axes.is_empty());
        assert_eq!(read("").expect("usual").axes, [Axis::City]);
    }

    #[test]
    fn what_is_no_cube_is_named() {
        for (query, field) in [
            ("show=everything", "show"),
            ("by=colour", "by"),
            ("by=city,kind,state", "by"),
            ("q=a", "q"),
            ("own.floor=3", "own.floor"),
            ("from=2026-02-30", "from"),
            ("from=2026-12-01&to=2026-11-01", "to"),
            ("from=2001-12-01&to=2026-11-01", "to"),
            ("colour=red", "colour"),
        ] {
            let fault = read(query).expect_err(query);
            assert_eq!(fault.fields[0].field, field, "{query}");
        }
    }

    #[test]
    fn a_numbers_list_has_the_cubes_filter_and_the_cell() {
        let cube = read("kind=complaint&from=2026-11-01&to=2026-11-30").expect("readable");
        let at = [(Axis::City, "3201".to_owned())];
        let list = cube.behind(Measure::Accepted, Side::Numerator, &at);
        assert_eq!(list.kind, cube.filter.kind);
        assert_eq!(list.accepted_from, Some(cube.between().0.0));
        let due = cube.behind(Measure::OnTime, Side::Denominator, &at);
        assert_eq!((due.accepted_from, due.due_from), (None, None));
        let query = due.to_query();
        let again = TicketFilter::from_pairs(&pairs_of(&query)).expect("readable");
        assert_eq!(again, due, "{query}");
    }
}
