//! How many people live in a division (常住人口), for numbers per ten thousand people.
//! Not here: the numbers (`services::reports`). Nothing is shipped: an office writes what its statistics say.

use super::cell;
use crate::fault::Check;
use crate::register::{Cells, Column, Kind, List, ListCode};
use crate::text::text;

/// More than any division has.
const MOST: i32 = 200_000_000;

/// The list.
pub(super) static LIST: List = List {
    code: ListCode::Population,
    columns: &[
        Column::new("region", text("区划代码", "Division code"), Kind::Place)
            .key()
            .needed(),
        Column::new(
            "people",
            text("常住人口（人）", "People"),
            Kind::Number(1, MOST),
        )
        .needed(),
    ],
    has_supplements: false,
    is_nearest: false,
    needs_second: false,
    removable: true,
    check: |_: &Cells, _: &mut Check| {},
};

/// A row of it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PopulationRow {
    /// Division code.
    pub region: String,
    /// How many live there.
    pub people: i64,
}

impl PopulationRow {
    /// The row of cells that were read; `None` for others.
    pub fn of(cells: &Cells) -> Option<Self> {
        let people: i64 = cell(cells, "people").parse().ok()?;
        (people > 0).then(|| Self {
            region: cell(cells, "region").to_owned(),
            people,
        })
    }
}
