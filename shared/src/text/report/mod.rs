//! Words of the report pages, in both languages.
//! Not here: words of other areas, labels of code lists.
//! Add a constant where the page that shows it lives.

pub mod measure;
pub mod pivot;
pub mod print;
pub mod request;
pub mod standard;
pub mod three;
pub mod touched;

use super::{Locale, Text, clock, text};

pub const WHOLE_PROVINCE: Text = text(
    "省本级及地区待补充",
    "Province as a whole, or place to be completed",
);
pub const WHOLE_CITY: Text = text(
    "市本级及区县待补充",
    "City as a whole, or district to be completed",
);
pub const NO_CATEGORY: Text = text("分类待补充", "Category to be completed");

// The overview.
pub const TITLE: Text = text("各市办理情况", "How the cities handle requests");
pub const TITLE_CITY: Text = text("各区县办理情况", "How the districts handle requests");
pub const FROM: Text = text("从", "From");
pub const TO: Text = text("到", "To");
pub const REGION: Text = text("地区", "Area");
pub const WHOLE_SCOPE: Text = text("我的全部范围", "All you may see");
pub const SHOW: Text = text("查看", "Show");
pub const LAST_MONTH: Text = text("看上个月", "See last month");
pub const BY_REGION: Text = text("按地区", "By area");
pub const BY_CATEGORY: Text = text("按类别", "By category");
pub const NAME_REGION: Text = text("地区", "Area");
pub const NAME_CATEGORY: Text = text("类别", "Category");
pub const ACCEPTED: Text = text("受理（件）", "Accepted");
/// Closed in the period, whenever it was accepted; the column "closed" among the states counts what was accepted in it.
pub const CLOSED: Text = text("期内办结（件）", "Closed in the period");
pub const OVERDUE: Text = text("超期未结（件）", "Overdue now");
pub const ON_TIME: Text = text("按时答复率", "Answered on time");
pub const SATISFIED: Text = text("满意率", "Satisfied");
pub const TOTAL: Text = text("合计", "Total");
pub const STATES: Text = text("按状态（件）", "By state");
pub const ACCEPTED_CHART: Text = text("受理量", "Accepted");
pub const EMPTY: Text = text(
    "这段时间没有受理工单",
    "No ticket was accepted in this period",
);
pub const EMPTY_WHY: Text = text("换一段时间再看。", "Choose another period.");
pub const FOOT: Text = text(
    "受理、办结、超期、满意按受理时间统计；按时答复按主办件的到期时间统计。比率四舍五入保留两位小数，“—”表示没有分母。经认定不计入考核的工单不在按时率、满意率和解决率中。每个数字都可以点开名单。",
    "Accepted, closed, overdue and satisfied go by the time of acceptance; answered on time goes by the lead assignment's deadline. Rates are rounded half up to two decimals; a dash means nothing to divide by. What was ruled to be not counted is in no rate. Every number opens its list.",
);

/// `截至 11 月 25 日（周三）14:05，口径版本 1`.
pub fn as_of(at: &str, version: u32, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("截至 {at}，口径版本 {version}。"),
        Locale::En => format!("As of {at}, formula version {version}."),
    }
}

/// `2026 年 11 月 1 日至 11 月 25 日`.
pub fn period(from: &str, to: &str, locale: Locale) -> String {
    clock::days(from, to, locale)
}

/// What a number stands for, for people who hear it: `南京市，受理`.
pub fn number_of(name: &str, measure: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("{name}，{measure}"),
        Locale::En => format!("{name}, {measure}"),
    }
}
