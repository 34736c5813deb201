//! Time limits (办理时限): for what, how long. The most specific row counts (`process::limit::choose`).
//! Not here: which tickets a change reaches (services).
//! Limits of nothing and of more than a year are typing errors, and are refused where they are typed.

use super::{cell, choices, maybe, of_pairs};
use crate::fault::{Check, Code};
use crate::process::limit::{Limit, Stage};
use crate::register::{Cells, Column, Kind, List, ListCode};
use crate::text::text;
use crate::ticket::{Channel, LimitUnit, RequestKind, Urgency};

/// The longest limit in days; a year.
pub const MOST_DAYS: i32 = 366;

choices!(stages, Stage);
choices!(urgencies, Urgency);
choices!(kinds, RequestKind);
choices!(channels, Channel);
choices!(units, LimitUnit);

/// The list.
pub(super) static LIST: List = List {
    code: ListCode::Limits,
    columns: &[
        Column::new("stage", text("环节", "Stage"), Kind::Choice(stages))
            .key()
            .needed(),
        Column::new(
            "urgency",
            text("紧急程度", "Urgency"),
            Kind::Choice(urgencies),
        )
        .key()
        .help(text("不选表示各种都适用", "Any when empty")),
        Column::new(
            "category",
            text("事项编号", "Category code"),
            Kind::Of(ListCode::Categories),
        )
        .key()
        .help(text(
            "填上级编号时，下级事项都适用",
            "A code of a higher level holds for everything below it",
        ))
        .heads(&["事项", "诉求类别"]),
        Column::new("region", text("区划代码", "Division code"), Kind::Place)
            .key()
            .help(text(
                "不填表示本表范围内都适用",
                "Everywhere in this list's area when empty",
            ))
            .heads(&["区划", "地区"]),
        Column::new("kind", text("诉求类型", "Type"), Kind::Choice(kinds))
            .key()
            .help(text("不选表示各种都适用", "Any when empty")),
        Column::new("channel", text("渠道", "Channel"), Kind::Choice(channels))
            .key()
            .help(text("不选表示各种都适用", "Any when empty")),
        Column::new(
            "value",
            text("时限", "Limit"),
            Kind::Number(1, 366 * 24 * 60),
        )
        .needed()
        .heads(&["数值", "期限"]),
        Column::new("unit", text("单位", "Unit of time"), Kind::Choice(units)).needed(),
    ],
    has_supplements: true,
    is_nearest: false,
    needs_second: true,
    removable: true,
    check,
};

fn check(cells: &Cells, check: &mut Check) {
    let (Ok(value), Some(unit)) = (
        cell(cells, "value").parse::<i32>(),
        LimitUnit::parse(cell(cells, "unit")),
    ) else {
        return;
    };
    let most = match unit {
        LimitUnit::WorkingDays => MOST_DAYS,
        LimitUnit::WorkingHours | LimitUnit::Hours => MOST_DAYS * 24,
        LimitUnit::Minutes | LimitUnit::WorkingMinutes => MOST_DAYS * 24 * 60,
    };
    if value > most {
        check.add_with("value", Code::InputNumber, &[("min", &1), ("max", &most)]);
    }
}

/// A row of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitRow {
    pub stage: Stage,
    pub urgency: Option<Urgency>,
    /// Category code of any level.
    pub category: Option<String>,
    /// Division code.
    pub region: Option<String>,
    pub kind: Option<RequestKind>,
    pub channel: Option<Channel>,
    pub limit: Limit,
}

impl LimitRow {
    /// The row of cells that were read; `None` for others.
    pub fn of(cells: &Cells) -> Option<Self> {
        Some(Self {
            stage: Stage::parse(cell(cells, "stage"))?,
            urgency: Urgency::parse(cell(cells, "urgency")),
            category: maybe(cells, "category"),
            region: maybe(cells, "region"),
            kind: RequestKind::parse(cell(cells, "kind")),
            channel: Channel::parse(cell(cells, "channel")),
            limit: Limit {
                value: cell(cells, "value").parse().ok()?,
                unit: LimitUnit::parse(cell(cells, "unit"))?,
            },
        })
    }

    /// Its cells.
    pub fn cells(&self) -> Cells {
        of_pairs([
            ("stage", Some(self.stage.to_string())),
            ("urgency", self.urgency.map(|it| it.to_string())),
            ("category", self.category.clone()),
            ("region", self.region.clone()),
            ("kind", self.kind.map(|it| it.to_string())),
            ("channel", self.channel.map(|it| it.to_string())),
            ("value", Some(self.limit.value.to_string())),
            ("unit", Some(self.limit.unit.to_string())),
        ])
    }
}

/// The key of such a row.
pub fn key_of_limit(row: &LimitRow) -> String {
    LIST.key(&row.cells())
}
