//! Divisions (区划, GB/T 2260): permanent codes of six digits down to the county and nine for a street. Level and place in the tree follow from the code.
//! One is renamed, or ends with a successor; it never vanishes, since tickets name it. A merger is several that end with the same successor, a
//! split one that ends while others begin. Not here: what is in an ended one still (services).

use super::{cell, maybe, of_pairs};
use crate::fault::{Check, Code};
use crate::place::Division;
use crate::register::{Cells, Choice, Column, Kind, List, ListCode, plain_choice};
use crate::text::text;

fn states() -> Vec<Choice> {
    vec![
        plain_choice("active", text("在用", "Active")),
        plain_choice("ended", text("已撤销", "Ended")),
    ]
}

/// The list.
pub(super) static LIST: List = List {
    code: ListCode::Divisions,
    columns: &[
        Column::new("code", text("区划代码", "Division code"), Kind::Place)
            .key()
            .needed()
            .help(text(
                "6 位到县区，9 位到街道；上级由代码得出",
                "Six digits down to the county, nine for a street; what lies above follows from it",
            ))
            .heads(&["代码", "统计用区划代码", "行政区划代码"]),
        Column::new("name", text("名称", "Name"), Kind::Line(40))
            .needed()
            .heads(&["区划名称", "单位名称", "行政区划名称"]),
        Column::new("state", text("状态", "State"), Kind::Choice(states))
            .help(text("不填为在用", "Active where nothing is chosen")),
        Column::new(
            "successor",
            text("并入区划代码", "Code of the successor"),
            Kind::Place,
        )
        .help(text("撤销时填写并入哪里", "Where it goes when it ends"))
        .heads(&["并入", "承接区划"]),
    ],
    has_supplements: false,
    is_nearest: false,
    needs_second: false,
    removable: false,
    check,
};

fn check(cells: &Cells, check: &mut Check) {
    let successor = cell(cells, "successor");
    let (code, state) = (cell(cells, "code"), cell(cells, "state"));
    if !successor.is_empty() && (state != "ended" || successor == code) {
        check.add("successor", Code::InputPlace);
    }
}

impl Division {
    /// The row of cells that were read; `None` for others.
    pub fn of_cells(cells: &Cells) -> Option<Self> {
        Some(Self {
            ended: cell(cells, "state") == "ended",
            successor: maybe(cells, "successor"),
            ..Self::placed(&maybe(cells, "code")?, &maybe(cells, "name")?)
        })
    }

    /// Its cells in the register: nothing stands where it is in use.
    pub fn cells(&self) -> Cells {
        of_pairs([
            ("code", Some(self.code.clone())),
            ("name", Some(self.name.clone())),
            ("state", self.ended.then(|| "ended".to_owned())),
            ("successor", self.successor.clone()),
        ])
    }
}
