//! Words of the page of touched figures, of marks beside figures, and of the live checks of reports.
//! Not here: names of rules, fields, checks and their states (beside their codes).
//! Sentences with facts are functions.

use std::collections::BTreeMap;

use crate::measure::{LiveCheck, Measure};
use crate::text::{Locale, Text, text};

pub const TOUCHED: Text = text("数据质量影响", "Figures touched by findings");
pub const TOUCHED_WHY: Text = text(
    "每个数字有多少工单存在未关闭的质量问题（只算与该指标所依字段有关的规则）。超过上限的数字在报表上有标记。",
    "How many tickets of each number have an open finding of a rule that guards a field which the measure leans on. Numbers above the limit carry a mark in reports.",
);
pub const WITH_FINDINGS: Text = text("有未关闭质量问题的", "with open findings");
pub const MARK: Text = text("数据存疑", "Data in doubt");
pub const NOBODY_LOOKED: Text = text(
    "质量规则还没有检查过，尚不知道哪些数字受影响。",
    "The rules have not looked yet, so nobody knows what is touched.",
);
pub const LEANS: Text = text("所依字段", "Leans on");
pub const GUARDS: Text = text("把关规则", "Guarded by");
pub const SEE_WHICH: Text = text("看哪些数字受影响", "See which figures are touched");
pub const CHOICE: Text = text(
    "指标、分组和条件与“多维统计”相同。",
    "Measures, dimensions and filters are those of the cube.",
);

// Live checks.
pub const NOT_SHOWN: Text = text("数字暂不显示", "The numbers are not shown");
pub const CHECKS: Text = text("报表核对", "Checks of reports");
pub const CHECKS_WHY: Text = text(
    "每小时自动核对一次。没有通过的，相关报表不显示数字，直到下一次核对通过。",
    "Made each hour. What a failing check is about is shown in no report until it passes.",
);
pub const CHECK: Text = text("核对", "Check");
pub const STATE: Text = text("结果", "Result");
pub const WHAT: Text = text("情况", "What it found");
pub const SINCE: Text = text("自何时", "Since");
pub const RUN_AT: Text = text("最近核对", "Last run");
pub const RUN: Text = text("立即核对", "Check now");
pub const RAN: Text = text("已核对。", "Checked.");
pub const NOT_RUN: Text = text("还没有核对过", "Nothing was checked yet");
pub const CHECK_RUN_HELP: Text = text(
    "核对当日和近一个月的数字，通常几秒。",
    "Looks at the figures of these days and of the last month; it takes some seconds.",
);

/// The mark of a number: how many of its tickets have open findings.
pub fn mark(touched: i64, percent: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("{percent} 的工单（{touched} 件）有未关闭的质量问题"),
        Locale::En => format!("{percent} of its tickets ({touched}) have open findings"),
    }
}

/// From how much on a number is marked, and when the rules looked.
pub fn limit(percent: i64, looked: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("超过 {percent}% 的作标记；规则最近检查：{looked}。"),
        Locale::En => format!("Marked above {percent} %; the rules looked last: {looked}."),
    }
}

/// What a check is about.
pub const fn about(check: LiveCheck) -> Text {
    match check {
        LiveCheck::Sum => text(
            "各部分之和等于总数；概览与多维统计一致",
            "Parts sum to the total; overview and cubes agree",
        ),
        LiveCheck::Range => text(
            "比率在 0 到 100 之间，没有负的时长",
            "Rates lie between 0 and 100, and no time is negative",
        ),
        LiveCheck::Feed => text("变更已被及时读取", "Changes are read in time"),
        LiveCheck::Frozen => text("前一日的数据已固化", "The day before is frozen"),
        LiveCheck::Night => text(
            "质量规则夜间检查已完成",
            "The nightly look of the rules came to its end",
        ),
    }
}

/// What a check found, out of its facts.
pub fn told(check: LiveCheck, facts: &BTreeMap<String, String>, locale: Locale) -> String {
    let fact = |name: &str| facts.get(name).map_or("", String::as_str);
    let zh = matches!(locale, Locale::Zh);
    match check {
        _ if facts.is_empty() => about(check).get(locale).to_owned(),
        LiveCheck::Sum | LiveCheck::Range => {
            let names = names(fact("measures"), locale);
            if zh {
                format!("不符的指标：{names}。")
            } else {
                format!("Measures that do not hold: {names}.")
            }
        }
        LiveCheck::Feed => {
            let (name, minutes) = (fact("name"), fact("minutes"));
            if zh {
                format!("“{name}”已落后 {minutes} 分钟。")
            } else {
                format!("{name} is {minutes} minutes behind.")
            }
        }
        LiveCheck::Frozen | LiveCheck::Night => {
            let last = fact("last");
            if zh {
                format!("最近一次是 {last}。")
            } else {
                format!("The last one is of {last}.")
            }
        }
    }
}

/// Names of measures out of their words.
fn names(words: &str, locale: Locale) -> String {
    let between = match locale {
        Locale::Zh => "、",
        Locale::En => ", ",
    };
    let known: Vec<&str> = words
        .split(',')
        .filter_map(Measure::parse)
        .map(|measure| measure.label(locale))
        .collect();
    known.join(between)
}

/// Why a report shows no numbers, in both languages: the words of the checks that fail.
pub fn unsound(checks: Option<&str>) -> (String, String) {
    let failing = |locale: Locale, between: &str| {
        let words = checks.unwrap_or_default().split(',');
        let labels: Vec<&str> = words
            .filter_map(LiveCheck::parse)
            .map(|check| check.label(locale))
            .collect();
        labels.join(between)
    };
    let (zh, en) = (failing(Locale::Zh, "、"), failing(Locale::En, ", "));
    (
        format!(
            "报表核对没有通过（{zh}），为免误用，这些数字暂不显示。请在“报表核对”查看，并联系系统管理员。"
        ),
        format!(
            "A check of reports fails ({en}), so these numbers are not shown. See Checks of reports, and tell whoever runs the system."
        ),
    )
}
