//! Units (承办单位 and centres): a tree of permanent codes. A unit is renamed, moved, or ends with a successor; it never vanishes, since history
//! names it. A merger is several units that end with the same successor, a split one that ends while others begin.
//! Not here: what an ended unit still has to do (services).

use super::{cell, choices, maybe, of_pairs};
use crate::fault::{Check, Code};
use crate::organisation::UnitLevel;
use crate::register::{Cells, Choice, Column, Kind, List, ListCode, plain_choice};
use crate::text::text;

choices!(levels, UnitLevel);

fn states() -> Vec<Choice> {
    vec![
        plain_choice("active", text("在用", "Active")),
        plain_choice("ended", text("已终止", "Ended")),
    ]
}

/// The list.
pub(super) static LIST: List = List {
    code: ListCode::Units,
    columns: &[
        Column::new("code", text("单位编号", "Code"), Kind::Code(40))
            .key()
            .needed()
            .help(text(
                "定下后不再改，例如 320100-ZJJ",
                "Permanent, such as 320100-ZJJ",
            ))
            .heads(&["编号", "单位代码", "机构代码"]),
        Column::new("name", text("单位名称", "Name"), Kind::Line(60))
            .needed()
            .heads(&["名称", "单位"]),
        Column::new(
            "parent",
            text("上级单位编号", "Code of the unit above"),
            Kind::Of(ListCode::Units),
        )
        .help(text(
            "只有最上级的中心不填",
            "Empty for the centre on top alone",
        ))
        .heads(&["上级", "上级单位", "上级编号"]),
        Column::new("level", text("级别", "Level"), Kind::Choice(levels)).needed(),
        Column::new("region", text("区划代码", "Division code"), Kind::Place)
            .needed()
            .heads(&["区划", "地区"]),
        Column::new("state", text("状态", "State"), Kind::Choice(states)).needed(),
        Column::new(
            "successor",
            text("承接单位编号", "Code of the successor"),
            Kind::Of(ListCode::Units),
        )
        .help(text(
            "单位终止时填写由谁承接",
            "Who takes over when the unit ends",
        ))
        .heads(&["承接单位"]),
    ],
    has_supplements: true,
    is_nearest: false,
    needs_second: false,
    removable: false,
    check,
};

fn check(cells: &Cells, check: &mut Check) {
    let (code, state) = (cell(cells, "code"), cell(cells, "state"));
    if !code.is_empty() && code == cell(cells, "parent") {
        check.add("parent", Code::InputUnit);
    }
    let successor = cell(cells, "successor");
    if !successor.is_empty() && (state != "ended" || successor == code) {
        check.add("successor", Code::InputUnit);
    }
}

/// A row of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRow {
    pub code: String,
    pub name: String,
    pub parent: Option<String>,
    pub level: UnitLevel,
    /// Division code.
    pub region: String,
    pub is_active: bool,
    /// Who took over when it ended.
    pub successor: Option<String>,
}

impl UnitRow {
    /// The row of cells that were read; `None` for others.
    pub fn of(cells: &Cells) -> Option<Self> {
        Some(Self {
            code: cell(cells, "code").to_owned(),
            name: cell(cells, "name").to_owned(),
            parent: maybe(cells, "parent"),
            level: UnitLevel::parse(cell(cells, "level"))?,
            region: cell(cells, "region").to_owned(),
            is_active: cell(cells, "state") != "ended",
            successor: maybe(cells, "successor"),
        })
    }

    /// Its cells.
    pub fn cells(&self) -> Cells {
        let state = if self.is_active { "active" } else { "ended" };
        of_pairs([
            ("code", Some(self.code.clone())),
            ("name", Some(self.name.clone())),
            ("parent", self.parent.clone()),
            ("level", Some(self.level.to_string())),
            ("region", Some(self.region.clone())),
            ("state", Some(state.to_owned())),
            ("successor", self.successor.clone()),
        ])
    }
}
