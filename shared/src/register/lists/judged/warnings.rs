//! Rules about figures (统计预警规则): which number of which days is a warning, and which unit is told.
//! Not here: counting (`services::reports::warnings`), the tests (`measure::WarnTest`).
//! The shipped row finds hot topics: a category in a district that comes unusually often.

use super::super::{cell, choices, maybe, of_pairs};
use crate::fault::{Check, Code};
use crate::measure::{Axis, Measure, MeasureUnit, WarnRule, WarnTest};
use crate::query::{TicketFilter, pairs_of};
use crate::register::{Cells, Choice, Column, Kind, List, ListCode, plain_choice};
use crate::text::text;

choices!(measures, Measure);
choices!(tests, WarnTest);

/// Spans before with which a number is compared, where the row says nothing.
const SPANS: u64 = 4;
/// Tickets below which nothing is a warning, where the row says nothing (`domain.md` 4.2).
const SAMPLE: i64 = 10;

/// Dimensions that stand still: months and states move by themselves.
fn axes() -> Vec<Choice> {
    let all = Axis::ALL.iter();
    let still = all.filter(|axis| !matches!(axis, Axis::Month | Axis::State));
    still
        .map(|axis| plain_choice(axis.as_str(), axis.text()))
        .collect()
}

/// The list.
pub(in crate::register::lists) static LIST: List = List {
    code: ListCode::Warnings,
    columns: &[
        Column::new("code", text("编号", "Code"), Kind::Code(40))
            .key()
            .needed(),
        Column::new("name", text("名称", "Name"), Kind::Line(40)).needed(),
        Column::new("measure", text("指标", "Measure"), Kind::Choice(measures)).needed(),
        Column::new("by", text("按", "By"), Kind::Choice(axes)).help(text(
            "每个值单独判断；不填则合计",
            "Each value by itself; in all where empty",
        )),
        Column::new("then_by", text("再按", "Then by"), Kind::Choice(axes)),
        Column::new("filter", text("筛选", "Filter"), Kind::Line(200)).help(text(
            "写法同工单列表地址，如 kind=complaint",
            "As in the address of the list: kind=complaint",
        )),
        Column::new("days", text("天数", "Days"), Kind::Number(1, 31))
            .needed()
            .help(text("到昨天为止", "Until yesterday")),
        Column::new("test", text("条件", "Test"), Kind::Choice(tests)).needed(),
        Column::new("threshold", text("数值", "Threshold"), Kind::Number(0, 1_000_000)).help(text(
            "件、% 或小时；“上升”为百分之几；“突增”不填",
            "Tickets, percent or hours; of a rise percent of the mean; empty for an unusual rise",
        )),
        Column::new("spans", text("对比期数", "Spans before"), Kind::Number(1, 28)).help(text(
            "不填为 4；一天的与前几周同一天比",
            "4 where empty; a single day is compared with that day of the weeks before",
        )),
        Column::new("sample", text("最少件数", "Minimum sample"), Kind::Number(1, 1_000_000))
            .help(text("不填为 10", "10 where empty")),
        Column::new("unit", text("通知单位", "Unit that is told"), Kind::Of(ListCode::Units)).help(text(
            "在该单位所在地区内统计，其主管和负责人收到提醒；不填则全部统计，只列入“统计预警”",
            "Counted in its area, and its supervisors and leaders get a notice; everywhere and without notice where empty",
        )),
    ],
    has_supplements: false,
    is_nearest: false,
    needs_second: false,
    removable: true,
    check,
};

fn check(cells: &Cells, check: &mut Check) {
    let filter = TicketFilter::from_pairs(&pairs_of(cell(cells, "filter")));
    if filter.is_err() {
        check.add("filter", Code::InputQuery);
    }
    let test = WarnTest::parse(cell(cells, "test"));
    let measure = Measure::parse(cell(cells, "measure"));
    let is_count = measure.is_none_or(|it| it.definition().unit() == MeasureUnit::Tickets);
    match test {
        Some(WarnTest::Burst) if !is_count => check.add("test", Code::InputCode),
        Some(WarnTest::Above | WarnTest::Below | WarnTest::Rise)
            if cell(cells, "threshold").is_empty() =>
        {
            check.add("threshold", Code::InputRequired);
        }
        _ => {}
    }
    let (by, then_by) = (cell(cells, "by"), cell(cells, "then_by"));
    if !then_by.is_empty() && (by.is_empty() || by == then_by) {
        check.add("then_by", Code::InputCode);
    }
}

/// The shipped rule.
pub(in crate::register::lists) fn shipped() -> Vec<Cells> {
    let said = |word: &str| Some(word.to_owned());
    vec![of_pairs([
        ("code", said("hot")),
        ("name", said("热点事项")),
        ("measure", said(Measure::Matters.as_str())),
        ("by", said(Axis::Category.as_str())),
        ("then_by", said(Axis::County.as_str())),
        ("days", said("1")),
        ("test", said(WarnTest::Burst.as_str())),
    ])]
}

impl WarnRule {
    /// The rule of cells that were read; `None` for others.
    pub fn of(cells: &Cells) -> Option<Self> {
        let number = |name: &str| cell(cells, name).parse::<i64>().ok();
        let count = |name: &str| cell(cells, name).parse::<u64>().ok();
        let axes = ["by", "then_by"].map(|name| Axis::parse(cell(cells, name)));
        Some(Self {
            code: maybe(cells, "code")?,
            name: maybe(cells, "name")?,
            measure: Measure::parse(cell(cells, "measure"))?,
            axes: axes.into_iter().flatten().collect(),
            filter: cell(cells, "filter").to_owned(),
            days: count("days")?,
            test: WarnTest::parse(cell(cells, "test"))?,
            threshold: number("threshold").unwrap_or(0),
            spans: count("spans").unwrap_or(SPANS),
            sample: number("sample").unwrap_or(SAMPLE),
            unit: maybe(cells, "unit"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_rule_is_whole_and_what_does_not_go_together_is_told() {
        let row = shipped().remove(0);
        let rule = WarnRule::of(&row).expect("a rule");
        assert_eq!(rule.axes, [Axis::Category, Axis::County]);
        assert_eq!((rule.days, rule.spans, rule.sample), (1, 4, 10));
        let mut found = Check::default();
        check(&row, &mut found);
        assert!(found.finish().is_ok());
        for (column, value, field) in [
            ("measure", "on_time", "test"),
            ("test", "above", "threshold"),
            ("filter", "colour=red", "filter"),
            ("then_by", "category", "then_by"),
        ] {
            let mut wrong = row.clone();
            wrong.insert(column.to_owned(), value.to_owned());
            let mut found = Check::default();
            check(&wrong, &mut found);
            let fault = found.finish().expect_err("wrong");
            assert_eq!(fault.fields[0].field, field, "{column}={value}");
        }
    }
}
