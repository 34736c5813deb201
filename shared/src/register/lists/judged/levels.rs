//! Which level follows from impact and haste (分级矩阵): a matrix, a row a field of it.
//! Not here: what impact and haste are (`ticket::level`), that somebody may say otherwise with a reason (`ticket::command`).
//! A field without a row proposes nothing; a city's row stands in the place of the base's.

use super::super::{cell, choices, of_pairs};
use crate::fault::Check;
use crate::register::{Cells, Column, Kind, List, ListCode};
use crate::text::text;
use crate::ticket::Urgency;
use crate::ticket::level::{Haste, Impact};

choices!(impacts, Impact);
choices!(hastes, Haste);
choices!(levels, Urgency);

/// The list.
pub(in crate::register::lists) static LIST: List = List {
    code: ListCode::Levels,
    columns: &[
        Column::new("impact", text("影响范围", "Impact"), Kind::Choice(impacts))
            .key()
            .needed(),
        Column::new("haste", text("紧迫程度", "Haste"), Kind::Choice(hastes))
            .key()
            .needed(),
        Column::new("level", text("紧急程度", "Urgency"), Kind::Choice(levels)).needed(),
    ],
    has_supplements: true,
    is_nearest: true,
    needs_second: true,
    removable: true,
    check: |_: &Cells, _: &mut Check| {},
};

/// A row of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LevelRow {
    /// How many it touches.
    pub impact: Impact,
    /// How long it can wait.
    pub haste: Haste,
    /// What follows.
    pub level: Urgency,
}

impl LevelRow {
    /// The row of cells that were read; `None` for others.
    pub fn of(cells: &Cells) -> Option<Self> {
        Some(Self {
            impact: Impact::parse(cell(cells, "impact"))?,
            haste: Haste::parse(cell(cells, "haste"))?,
            level: Urgency::parse(cell(cells, "level"))?,
        })
    }
}

use Haste::{Now, Soon, Waits};
use Impact::{Group, Person, Public};

const SHIPPED: [(Impact, Haste, Urgency); 9] = [
    (Person, Waits, Urgency::Normal),
    (Person, Soon, Urgency::Normal),
    (Person, Now, Urgency::Urgent),
    (Group, Waits, Urgency::Normal),
    (Group, Soon, Urgency::Urgent),
    (Group, Now, Urgency::Critical),
    (Public, Waits, Urgency::Urgent),
    (Public, Soon, Urgency::Critical),
    (Public, Now, Urgency::Critical),
];

/// The rows that are shipped.
pub(in crate::register::lists) fn shipped() -> Vec<Cells> {
    let row = |(impact, haste, level): &(Impact, Haste, Urgency)| {
        of_pairs([
            ("impact", Some(impact.to_string())),
            ("haste", Some(haste.to_string())),
            ("level", Some(level.to_string())),
        ])
    };
    SHIPPED.iter().map(row).collect()
}
