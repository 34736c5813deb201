//! Areas of responsibility (权责清单): which unit a matter of a place belongs to. The dispatcher is offered those units first.
//! Not here: choosing (`services::directory`).
//! The most specific row counts: a leaf before its category, a street before its city. Several units may share a matter.

use super::{cell, maybe, of_pairs};
use crate::fault::Check;
use crate::register::{Cells, Column, Kind, List, ListCode};
use crate::text::text;

/// The list.
pub(super) static LIST: List = List {
    code: ListCode::Duties,
    columns: &[
        Column::new(
            "category",
            text("事项编号", "Category code"),
            Kind::Of(ListCode::Categories),
        )
        .key()
        .needed()
        .help(text(
            "填上级编号时，下级事项都适用",
            "A code of a higher level holds for everything below it",
        ))
        .heads(&["事项", "诉求类别"]),
        Column::new("region", text("区划代码", "Division code"), Kind::Place)
            .key()
            .needed()
            .heads(&["区划", "地区"]),
        Column::new(
            "unit",
            text("单位编号", "Code of the unit"),
            Kind::Of(ListCode::Units),
        )
        .key()
        .needed()
        .heads(&["单位", "承办单位", "主办单位"]),
        Column::new("basis", text("依据", "Basis"), Kind::Line(120)).heads(&["法律依据", "备注"]),
    ],
    has_supplements: true,
    is_nearest: false,
    needs_second: true,
    removable: true,
    check: |_: &Cells, _: &mut Check| {},
};

/// A row of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyRow {
    /// Category code of any level.
    pub category: String,
    /// Division code.
    pub region: String,
    /// Code of the unit.
    pub unit: String,
    /// The law or decision behind it.
    pub basis: Option<String>,
}

impl DutyRow {
    /// The row of cells that were read; `None` for others.
    pub fn of(cells: &Cells) -> Option<Self> {
        let row = Self {
            category: cell(cells, "category").to_owned(),
            region: cell(cells, "region").to_owned(),
            unit: cell(cells, "unit").to_owned(),
            basis: maybe(cells, "basis"),
        };
        (!row.unit.is_empty()).then_some(row)
    }

    /// Its cells.
    pub fn cells(&self) -> Cells {
        of_pairs([
            ("category", Some(self.category.clone())),
            ("region", Some(self.region.clone())),
            ("unit", Some(self.unit.clone())),
            ("basis", self.basis.clone()),
        ])
    }
}
