//! What an office sets about the rules of quality (质量规则): which are looked at in its area, and how much each weighs there.
//! Not here: the rules themselves (`quality`). Without a row a rule is on, with its usual weight; a city's row stands in the place of the base's.

use super::{Keep, cell, choices, maybe};
use crate::fault::Check;
use crate::quality::{QualityRule, Severity};
use crate::register::{Cells, Column, Kind, List, ListCode};
use crate::text::text;

choices!(rules, QualityRule);
choices!(severities, Severity);

/// The list.
pub(super) static LIST: List = List {
    code: ListCode::Quality,
    columns: &[
        Column::new("rule", text("规则", "Rule"), Kind::Choice(rules))
            .key()
            .needed(),
        Column::new("on", text("启用", "On"), Kind::Choice(crate::register::yes)).needed(),
        Column::new("severity", text("级别", "Weight"), Kind::Choice(severities)).help(text(
            "不填则用规则本身的级别",
            "As the rule has it where empty",
        )),
    ],
    has_supplements: true,
    is_nearest: true,
    needs_second: true,
    removable: true,
    check: |_: &Cells, _: &mut Check| {},
};

impl Keep {
    /// From how much on a number of a report carries a mark.
    pub const TOUCHED: Self = Self {
        key: "reports.touched_percent",
        name: text(
            "报表数字中有质量问题的工单超过百分之几作标记",
            "A number of a report is marked when more than so many percent of its tickets have open findings",
        ),
        bounds: (0, 100),
        usual: 5,
    };
    /// What an open blocking finding counts in a score of quality.
    pub const SCORE_BLOCK: Self = Self {
        key: "quality.weight_block",
        name: text(
            "质量得分：一条阻断问题的分量",
            "Score of quality: weight of a blocking finding",
        ),
        bounds: (0, 100),
        usual: 5,
    };
    /// What an open warning counts in it.
    pub const SCORE_WARN: Self = Self {
        key: "quality.weight_warn",
        name: text(
            "质量得分：一条提示问题的分量",
            "Score of quality: weight of a warning",
        ),
        bounds: (0, 100),
        usual: 2,
    };
    /// What an open note counts in it.
    pub const SCORE_NOTE: Self = Self {
        key: "quality.weight_note",
        name: text(
            "质量得分：一条报告问题的分量",
            "Score of quality: weight of a note",
        ),
        bounds: (0, 100),
        usual: 1,
    };
    /// How much "contacted in time" weighs in the three rates together.
    pub const WEIGHT_RESPONSE: Self = Self {
        key: "reports.weight_response",
        name: text(
            "三率综合：按时联系率的权重",
            "The three rates together: weight of contacted in time",
        ),
        bounds: (0, 100),
        usual: 10,
    };
    /// How much "solved" weighs in them.
    pub const WEIGHT_SOLVED: Self = Self {
        key: "reports.weight_solved",
        name: text(
            "三率综合：解决率的权重",
            "The three rates together: weight of solved",
        ),
        bounds: (0, 100),
        usual: 45,
    };
    /// How much "satisfied" weighs in them.
    pub const WEIGHT_SATISFIED: Self = Self {
        key: "reports.weight_satisfied",
        name: text(
            "三率综合：满意率的权重",
            "The three rates together: weight of satisfied",
        ),
        bounds: (0, 100),
        usual: 45,
    };
}

/// A row of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QualityRow {
    /// Which rule.
    pub rule: QualityRule,
    /// Whether it is looked at.
    pub is_on: bool,
    /// How much it weighs, where that is said.
    pub severity: Option<Severity>,
}

impl QualityRow {
    /// The row of cells that were read; `None` for others.
    pub fn of(cells: &Cells) -> Option<Self> {
        Some(Self {
            rule: QualityRule::parse(cell(cells, "rule"))?,
            is_on: cell(cells, "on") == "yes",
            severity: maybe(cells, "severity").and_then(|word| Severity::parse(&word)),
        })
    }
}
