//! Words of the plan of a unit: the page, the form, what a part shows of it.
//! Not here: names of parts of a day and of clashes (`ticket::plan`).

use crate::text::{Locale, Text, text};

pub const PLAN: Text = text("办理计划", "Plan of the unit");
pub const WHY: Text = text(
    "谁哪天办哪一件。计划只作提醒：期限照常计算，责任人不变。",
    "Who does what on which day. A plan only reminds: limits run on, and whoever is responsible stays so.",
);
pub const OWN_WHY: Text = text(
    "安排给您的和由您负责的承办件。",
    "What is planned for you, and what you answer for.",
);
pub const UNIT: Text = text("单位", "Unit");
pub const CHOOSE: Text = text("查看", "Show");
pub const DONE: Text = text("计划已保存。", "The plan is kept.");
pub const PEOPLE: Text = text("人员负荷", "Load of each person");
pub const PERSON: Text = text("人员", "Person");
pub const NOBODY: Text = text("尚未落实到人", "Nobody yet");
pub const OPEN: Text = text("在办", "Open");
pub const TODAY: Text = text("今日到期", "Due today");
pub const OVERDUE: Text = text("超期", "Overdue");
pub const HOURS_SUM: Text = text("计划工时", "Planned hours");
pub const PARTS: Text = text("承办件", "Parts");
pub const TICKET: Text = text("工单", "Ticket");
pub const DUE: Text = text("办理期限", "Due");
pub const PLANNED: Text = text("计划", "Plan");
pub const RESPONSIBLE: Text = text("责任人", "Responsible");
pub const MOVE: Text = text("安排", "Plan");
pub const NONE: Text = text("没有在办的承办件", "Nothing is open");
pub const NONE_WHY: Text = text(
    "签收后的承办件会出现在这里，未安排的排在前面。",
    "What the unit has signed for stands here, unplanned parts first.",
);
pub const UNPLANNED: Text = text("未安排", "Not planned");
pub const DAY: Text = text("计划日期", "Planned day");
pub const DAY_PART: Text = text("时段", "Part of the day");
pub const HOURS: Text = text("预计工时", "Hours");
pub const NOTE: Text = text("计划说明", "Note on the plan");
pub const HELP: Text = text(
    "选人和日期；两项都留空即取消计划。",
    "Choose who and when; without both the plan is taken away.",
);
pub const SEND: Text = text("保存计划", "Keep the plan");
pub const REMOVED: Text = text("取消计划", "Plan taken away");

/// `外出至3月12日`.
pub fn away(until: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("不在岗至{until}"),
        Locale::En => format!("away until {until}"),
    }
}

/// `3 小时`.
pub fn hours(n: i64, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("{n} 小时"),
        Locale::En if n == 1 => "1 hour".to_owned(),
        Locale::En => format!("{n} hours"),
    }
}
