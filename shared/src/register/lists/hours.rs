//! Working hours (作息时间): the periods of days, of everybody, of an area or of a unit, or of a post there, all the year or in a season.
//! Not here: whose hold on a day (`calendar::hours`), which days are off (`days`).
//! A row is one period, so that a day with a lunch break is two rows and one round the clock a single row from 00:00 to 24:00.

use super::{cell, choices, maybe, of_pairs};
use crate::access::Role;
use crate::calendar::{HourDay, HourRule, Season};
use crate::fault::{Check, Code};
use crate::process::limit::Stage;
use crate::register::{Cells, Choice, Column, Kind, List, ListCode, plain_choice};
use crate::text::text;

choices!(days, HourDay);

/// The posts whose tasks have limits of their own.
fn posts() -> Vec<Choice> {
    let mut posts: Vec<Role> = Stage::ALL.iter().filter_map(|stage| stage.post()).collect();
    posts.sort_unstable();
    posts.dedup();
    let choice = |post: Role| plain_choice(post.as_str(), post.text());
    posts.into_iter().map(choice).collect()
}

/// Periods of days.
pub(super) static HOURS: List = List {
    code: ListCode::Hours,
    columns: &[
        Column::new("post", text("岗位", "Post"), Kind::Choice(posts))
            .key()
            .help(text(
                "只对这个岗位的任务计时适用（班次）：派单员是派单和裁定，联络员是签收，审核员是办结审核，回访员是回访；不选就是大家的作息",
                "Only for the clocks of this post's tasks (its shifts): dispatch and rulings, signing, closing review, follow-up; everybody's when empty",
            ))
            .heads(&["班次"]),
        Column::new("unit", text("单位", "Unit"), Kind::Of(ListCode::Units))
            .key()
            .help(text(
                "只对这个单位和它下面的单位适用；中心的作息只管中心自己",
                "Only for this unit and those below it; a centre's hours are its own alone",
            ))
            .heads(&["单位编号"]),
        Column::new("region", text("区划代码", "Division code"), Kind::Place)
            .key()
            .help(text(
                "只对这个地方的单位适用；单位和区划都不填，就是大家的作息",
                "Only for units of this place; with neither unit nor division it is everybody's",
            ))
            .heads(&["区划", "地区"]),
        Column::new("day", text("哪些天", "Days"), Kind::Choice(days))
            .key()
            .help(text("不选就是工作日", "Working days when empty"))
            .heads(&["星期", "日子"]),
        Column::new("season_from", text("季节起", "Season from"), Kind::MonthDay)
            .key()
            .help(text(
                "月-日，如 05-01；不填就是全年",
                "Month and day, as in 05-01; all the year when empty",
            ))
            .heads(&["季节开始"]),
        Column::new("season_to", text("季节止", "Season to"), Kind::MonthDay)
            .key()
            .help(text("月-日，含这一天", "Month and day, counted as well"))
            .heads(&["季节结束"]),
        Column::new("from", text("开始", "From"), Kind::Time)
            .key()
            .needed()
            .heads(&["开始时间", "上班"]),
        Column::new("to", text("结束", "To"), Kind::Time)
            .needed()
            .help(text(
                "全天写 00:00 到 24:00",
                "00:00 to 24:00 is round the clock",
            ))
            .heads(&["结束时间", "下班"]),
    ],
    has_supplements: true,
    is_nearest: false,
    needs_second: false,
    removable: true,
    check,
};

fn check(cells: &Cells, check: &mut Check) {
    let is_there = |name: &str| !cell(cells, name).is_empty();
    if let (Some(from), Some(to)) = (minutes(cell(cells, "from")), minutes(cell(cells, "to")))
        && from >= to
    {
        check.add_with("to", Code::InputPeriod, &[("why", &"order")]);
    }
    if is_there("unit") && is_there("region") {
        check.add("region", Code::InputBody);
    }
    if is_there("season_from") != is_there("season_to") {
        let missing = if is_there("season_from") {
            "season_to"
        } else {
            "season_from"
        };
        check.add(missing, Code::InputRequired);
    }
}

/// The rule of a row; `None` for cells that were not read as one.
pub fn hour_rule(cells: &Cells) -> Option<HourRule> {
    let season = (cell(cells, "season_from"), cell(cells, "season_to"));
    Some(HourRule {
        post: Role::parse(cell(cells, "post")),
        region: maybe(cells, "region"),
        unit: maybe(cells, "unit"),
        day: HourDay::parse(cell(cells, "day")).unwrap_or(HourDay::Work),
        season: Season::parse(season.0, season.1),
        from: minutes(cell(cells, "from"))?,
        to: minutes(cell(cells, "to"))?,
    })
}

/// The cells of a rule.
pub fn cells_of_hours(rule: &HourRule) -> Cells {
    let shown = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let season = rule.season.map(Season::texts);
    let day = Some(rule.day).filter(|day| *day != HourDay::Work);
    of_pairs([
        ("post", rule.post.map(|post| post.to_string())),
        ("unit", rule.unit.clone()),
        ("region", rule.region.clone()),
        ("day", day.map(|day| day.to_string())),
        ("season_from", season.as_ref().map(|(from, _)| from.clone())),
        ("season_to", season.map(|(_, to)| to)),
        ("from", Some(shown(rule.from))),
        ("to", Some(shown(rule.to))),
    ])
}

fn minutes(time: &str) -> Option<u32> {
    let (hours, minutes) = time.split_once(':')?;
    Some(hours.parse::<u32>().ok()? * 60 + minutes.parse::<u32>().ok()?)
}
