//! The working calendar: days off and make-up days by the yearly notice (放假安排).
//! Not here: counting with them (`calendar`), the periods of a day (`hours`).
//! It is the whole installation's: a notice holds for the country.

use chrono::NaiveDate;

use super::{cell, of_pairs};
use crate::calendar::DayKind;
use crate::fault::{Check, Code};
use crate::register::{Cells, Choice, Column, Kind, List, ListCode, plain_choice};
use crate::text::text;

fn kinds() -> Vec<Choice> {
    [DayKind::Holiday, DayKind::Makeup]
        .map(|kind| plain_choice(kind.as_str(), kind.text()))
        .into()
}

/// Days off and make-up days.
pub(super) static DAYS: List = List {
    code: ListCode::Calendar,
    columns: &[
        Column::new("date", text("日期", "Date"), Kind::Day)
            .key()
            .needed()
            .heads(&["放假日期", "day"]),
        Column::new("kind", text("类型", "Kind"), Kind::Choice(kinds))
            .needed()
            .heads(&["类别", "性质", "休或班", "type"]),
        Column::new("name", text("节日", "Holiday"), Kind::Line(40))
            .needed()
            .heads(&["名称", "节日名称", "假日", "节假日", "说明"]),
        Column::new(
            "notice_year",
            text("通知年份", "Year of the notice"),
            Kind::Number(2007, 2100),
        )
        .needed()
        .heads(&["年份", "年度", "年", "year"]),
    ],
    has_supplements: false,
    is_nearest: false,
    needs_second: false,
    removable: true,
    check: near,
};

/// A notice moves days of its own year and of the weeks around it.
fn near(cells: &Cells, check: &mut Check) {
    let (Ok(date), Ok(year)) = (
        cell(cells, "date").parse::<NaiveDate>(),
        cell(cells, "notice_year").parse::<i32>(),
    ) else {
        return;
    };
    let is_near = NaiveDate::from_ymd_opt(year, 1, 1)
        .is_some_and(|start| (-31..=396).contains(&date.signed_duration_since(start).num_days()));
    if !is_near {
        check.add("notice_year", Code::InputDate);
    }
}

/// A day that differs from the plain week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    pub date: NaiveDate,
    pub kind: DayKind,
    pub name: String,
    /// The year of the notice.
    pub year: i32,
}

impl Day {
    /// The row of cells that were read; `None` for others.
    pub fn of(cells: &Cells) -> Option<Self> {
        Some(Self {
            date: cell(cells, "date").parse().ok()?,
            kind: DayKind::parse(cell(cells, "kind"))?,
            name: cell(cells, "name").to_owned(),
            year: cell(cells, "notice_year").parse().ok()?,
        })
    }

    /// Its cells.
    pub fn cells(&self) -> Cells {
        of_pairs([
            ("date", Some(self.date.to_string())),
            ("kind", Some(self.kind.to_string())),
            ("name", Some(self.name.clone())),
            ("notice_year", Some(self.year.to_string())),
        ])
    }
}
