//! Words of the staff pages that several of them share: the rail, to-dos, the list, the own account.
//! Not here: one ticket and its forms (`ticket`), the desk and dispatching (`desk`), reports (`report`).
//! Add a constant where the page that shows it lives.

use super::{Locale, Text, text};
use crate::query::TicketFilter;

/// Before the name and the moment on printed pages.
pub const PRINTED: Text = text("打印：", "Printed by");

// The rail.
pub const RAIL: Text = text("工作台导航", "Work areas");
pub const TASKS: Text = text("待办", "To-dos");
pub const DESK: Text = text("登记", "Desk");
pub const TICKETS: Text = text("工单", "Tickets");
pub const REPORT: Text = text("报表", "Report");
pub const READY: Text = text("开办检查", "Ready to open?");
pub const STEPS: Text = text("开办设置", "Set-up");
pub const LISTS: Text = text("基础数据", "Office lists");
pub const RULES: Text = text("规则阅知", "Rules to read");
pub const RULE_READERS: Text = text("阅知情况", "Who has read it");
pub const ACCOUNT: Text = text("我的账号", "My account");

// To-dos.
pub const ALL_TASKS: Text = text("全部", "All");
pub const TASK_KINDS: Text = text("待办类别", "Kinds of to-dos");
pub const NO_TASKS: Text = text("没有待办", "Nothing to do");
pub const NO_TASKS_WHY: Text = text(
    "现在没有等您处理的工单，有新的会出现在这里。",
    "No ticket waits for you just now. New ones appear here.",
);
pub const TIME_LEFT: Text = text("剩余时间", "Time left");
pub const NUMBER: Text = text("工单号", "Number");
pub const TITLE: Text = text("标题", "Title");
pub const PLACE: Text = text("地点", "Place");
pub const UNIT: Text = text("主办单位", "Lead unit");
pub const STATE: Text = text("状态", "State");
pub const UPDATED: Text = text("更新", "Changed");
pub const TO_DO: Text = text("要做的事", "What to do");
pub const NO_UNIT: Text = text("未派单", "Not dispatched");
pub const SORTED_BY_TIME: Text = text("按剩余时间排序，最急的在前。", "Least time left first.");

// Flags.
pub const CONFIDENTIAL: Text = text("保密", "Confidential");
pub const ANONYMOUS: Text = text("匿名", "Anonymous");
pub const NO_REPLY: Text = text("不需答复", "No reply wanted");

/// `重办 2`.
pub fn redone(cycle: i32, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("重办 {cycle}"),
        Locale::En => format!("Redo {cycle}"),
    }
}

/// `催办 3 次`.
pub fn urged(count: i32, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("催办 {count} 次"),
        Locale::En if count == 1 => "Urged once".to_owned(),
        Locale::En => format!("Urged {count} times"),
    }
}

// The list.
pub const LIST_TITLE: Text = text("工单列表", "Tickets");
pub const FILTERS: Text = text("筛选", "Filters");
pub const MORE_FILTERS: Text = text("更多条件", "More filters");
pub const APPLY: Text = text("筛选", "Filter");
pub const CLEAR: Text = text("清除全部", "Clear all");
pub const ANY: Text = text("不限", "Any");
pub const SEARCH: Text = text("工单号或关键词", "Number or words");
pub const KIND: Text = text("类型", "Type");
pub const CATEGORY: Text = text("类别", "Category");
pub const REGION: Text = text("地区", "Area");
pub const OF_UNIT: Text = text("承办单位", "Unit");
pub const LEAD_UNIT: Text = text("主办单位", "Lead unit");
pub const CHANNEL: Text = text("渠道", "Channel");
pub const LIGHT: Text = text("时限", "Deadline");
pub const OVERDUE: Text = text("超期未结", "Overdue now");
pub const OVERDUE_YES: Text = text("超期未结", "Overdue");
pub const OVERDUE_NO: Text = text("未超期", "Not overdue");
pub const ACCEPTED_FROM: Text = text("登记自", "Accepted from");
pub const ACCEPTED_TO: Text = text("登记至", "Accepted to");
pub const DUE_FROM: Text = text("到期自", "Due from");
pub const DUE_TO: Text = text("到期至", "Due to");
pub const CLOSED_FROM: Text = text("办结自", "Closed from");
pub const CLOSED_TO: Text = text("办结至", "Closed to");
pub const MEASURE: Text = text("统计口径", "Measure");
pub const SORT: Text = text("排序", "Order");
pub const SEVERAL: Text = text("多项", "Several");
pub const NO_CATEGORY: Text = text("待补充", "To be completed");
pub const REMOVE_FILTER: Text = text("去掉条件", "Remove filter");
pub const SET_FILTERS: Text = text("已选条件", "Filters set");
pub const EXPORT: Text = text("导出 CSV", "Export CSV");
pub const EXPORT_HELP: Text = text(
    "导出当前筛选的工单，个人信息一律脱敏，最多 10 万条（Excel 1 万条，更多请用后台导出），导出留痕。",
    "Exports the filtered list. Personal data is always masked, at most 100,000 rows (10,000 in a workbook; more as a job), and it is audited.",
);
pub const EXPORT_BOOK: Text = text("导出 Excel", "Export workbook");
pub const SEARCH_FOLDS: Text = text(
    "查找时繁简体、全半角和异形字视为相同，标点不计；按您看到的内容查，打了星号的号码和门牌查不到。",
    "Traditional and simplified, wide and narrow characters count as the same, and punctuation does not count. What you see is searched: not numbers behind stars, nor doors that are not shown to you.",
);
pub const LIST_EMPTY: Text = text("没有符合条件的工单", "No ticket fits");
pub const LIST_EMPTY_WHY: Text = text(
    "可以减少条件，或清除全部条件再看。",
    "Use fewer filters, or clear them all.",
);
pub const ACCEPTED: Text = text("登记", "Accepted");
pub const ROW_KEYS: Text = text(
    "键盘：↑ ↓ 选择，Enter 打开，/ 搜索，g 然后 d 到待办。",
    "Keys: ↑ ↓ to choose, Enter to open, / to search, g then d for to-dos.",
);

pub const TAG: Text = text("标签", "Tag");

/// What a filter of the list asks for, where it is one of our codes; none for names and for what is typed.
pub fn chosen(filter: &TicketFilter, name: &str, locale: Locale) -> Option<String> {
    let joined = |labels: Vec<&'static str>| labels.join("、");
    Some(match name {
        "state" => joined(filter.state.iter().map(|it| it.label(locale)).collect()),
        "kind" => joined(filter.kind.iter().map(|it| it.label(locale)).collect()),
        "channel" => joined(filter.channel.iter().map(|it| it.label(locale)).collect()),
        "light" => filter.light.map_or("", |it| it.label(locale)).to_owned(),
        "ruling" => filter.ruling.map_or("", |it| it.label(locale)).to_owned(),
        "measure" => filter.measure.map_or("", |it| it.label(locale)).to_owned(),
        "cell" => {
            let cell = filter.cell.as_ref();
            cell.map_or_else(String::new, |it| super::measure::cell(it, locale))
        }
        _ => return None,
    })
}

/// The name of a filter of the list, by its name in addresses; none for what is no filter.
pub fn filter(name: &str) -> Option<Text> {
    Some(match name {
        "q" => SEARCH,
        "exact" => super::views::SEARCH_EXACT,
        "state" => STATE,
        "kind" => KIND,
        "category" => CATEGORY,
        "region" => REGION,
        "unit" => OF_UNIT,
        "lead_unit" => LEAD_UNIT,
        "channel" => CHANNEL,
        "tag" => TAG,
        "mine" => super::ticket::tree::FILTER,
        "ruling" => super::ticket::ruling::FILTER,
        "light" => LIGHT,
        "overdue" => OVERDUE,
        "accepted_from" => ACCEPTED_FROM,
        "accepted_to" => ACCEPTED_TO,
        "due_from" => DUE_FROM,
        "due_to" => DUE_TO,
        "closed_from" => CLOSED_FROM,
        "closed_to" => CLOSED_TO,
        "measure" => MEASURE,
        "cell" => super::measure::CELL,
        "sort" => SORT,
        "where" => super::query::TITLE,
        _ => return None,
    })
}

/// `共 1,234 件`; `至少 10,000 件`.
pub fn count(n: i64, capped: bool, locale: Locale) -> String {
    let n = grouped(n);
    match (locale, capped) {
        (Locale::Zh, false) => format!("共 {n} 件"),
        (Locale::Zh, true) => format!("至少 {n} 件"),
        (Locale::En, false) if n == "1" => "1 ticket".to_owned(),
        (Locale::En, false) => format!("{n} tickets"),
        (Locale::En, true) => format!("at least {n} tickets"),
    }
}

/// `待办 12 件`.
pub fn task_count(n: i64, locale: Locale) -> String {
    let n = grouped(n);
    match locale {
        Locale::Zh => format!("{n} 件待办"),
        Locale::En if n == "1" => "1 to-do".to_owned(),
        Locale::En => format!("{n} to-dos"),
    }
}

/// Digits in groups of three: `1,234,567`.
pub fn grouped(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        out.push('-');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

// The own account.
pub const USERNAME: Text = text("用户名", "User name");
pub const OWN_UNIT: Text = text("所在单位", "Unit");
pub const ROLES: Text = text("角色", "Roles");
pub const RIGHTS: Text = text("可以做的事", "What you may do");
pub const REACH: Text = text("范围", "Reach");
pub const NO_RIGHTS: Text = text(
    "您的角色不处理工单业务，请用命令行工具管理系统、账号和审计。",
    "Your role does not work on tickets; system, accounts and audit are managed by the command line.",
);
pub const REACH_OWN: Text = text("本人登记的", "What you registered");
pub const REACH_TEAM: Text = text("本班组登记的", "What your team registered");
pub const REACH_UNIT: Text = text("本单位", "Your unit");
pub const REACH_TREE: Text = text("本单位及下属", "Your unit and those below it");
pub const REACH_REGION: Text = text("本地区", "Your area");
pub const REACH_ALL: Text = text("全省", "The whole province");
pub const REACH_ANY: Text = text("各岗位范围之和", "What the posts reach together");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_groups_of_three() {
        assert_eq!(
            [0, 999, 1_000, 1_234_567, -1_000].map(grouped),
            ["0", "999", "1,000", "1,234,567", "-1,000"]
        );
        assert_eq!(count(10_000, true, Locale::En), "at least 10,000 tickets");
    }
}
