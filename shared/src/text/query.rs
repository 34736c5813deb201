//! Words of the list's conditions, of how it divides, and of saved views.
//! Not here: names of fields and operators (`query::language`), sentences of mistakes (`faults`).

use super::{Locale, Text, text};

pub const TITLE: Text = text("高级条件", "Advanced conditions");
pub const HELP: Text = text(
    "和上面的筛选同时成立。可以逐条添加，也可以直接写条件。",
    "They hold together with the filters above. Add them one by one, or write them yourself.",
);
pub const ROWS: Text = text("现有条件", "Conditions so far");
pub const TAKE_OFF: Text = text("去掉这一条", "Take this one off");
pub const FIELD: Text = text("字段", "Field");
pub const OPERATOR: Text = text("比较", "Comparison");
pub const VALUE: Text = text("值（多个用逗号分开）", "Value (several divided by commas)");
pub const JOIN: Text = text("与现有条件", "With those so far");
pub const AND: Text = text("同时满足", "and");
pub const OR: Text = text(
    "或者（与上一条任选其一）",
    "or (either this or the last one)",
);
pub const ADD: Text = text("添加条件", "Add the condition");
pub const WRITTEN: Text = text("直接写条件", "Write the conditions");
pub const APPLY: Text = text("按条件查询", "Ask by these conditions");
pub const FIELDS: Text = text("字段、比较符和例子", "Fields, operators and examples");
pub const OPERATORS: Text = text("比较符", "Operators");
pub const VALUES: Text = text("可填的值", "Values");
pub const EXAMPLES: Text = text("例子", "Examples");
pub const OF_DAYS: Text = text(
    "日期如 2026-03-01，时间如 2026-03-01T08:00:00+08:00，相对日期如 today、today-7",
    "days such as 2026-03-01, times such as 2026-03-01T08:00:00+08:00, days from now such as today or today-7",
);
pub const OF_NUMBERS: Text = text("0 以上的整数", "whole numbers from 0");
pub const OF_CODES: Text = text("代码", "codes");
pub const OF_TEXTS: Text = text(
    "文字，有空格时加引号",
    "text, in quotation marks if it has blanks",
);
pub const OF_PERSONS: Text = text(
    "不写在这里，用“按人查找”，得到的条件是一个记号",
    "not written here: Look for a person gives the condition, a mark",
);
pub const YES_OR_NO: Text = text("yes（是）、no（否）", "yes, no");
pub const OWN: Text = text(
    "本地区自定义项（own.代码）",
    "The office's own fields (own.CODE)",
);

/// Expressions to begin with, each with what it finds.
pub const SAMPLES: [(&str, Text); 4] = [
    (
        "state in (DISPATCHED, HANDLING) and (returns >= 2 or not solved = yes)",
        text(
            "在办、退过两次以上或还没解决的",
            "being worked on and sent back twice, or not solved yet",
        ),
    ),
    (
        "accepted >= today-30 and accepted <= today and urges >= 3",
        text(
            "近 30 天受理、催办 3 次以上的",
            "accepted in the last 30 days and urged three times or more",
        ),
    ),
    (
        "light = red and area under 3201 and not kind = praise",
        text(
            "3201 及其下级的超期件，表扬除外",
            "late ones in 3201 and below, except praise",
        ),
    ),
    (
        "closed >= today-7 and satisfaction in (1, 2) and accepted between today-90 and today",
        text(
            "近 7 天办结但不满意的",
            "closed in the last week with a bad rating",
        ),
    ),
];

// Looking for a person.
pub const PERSON: Text = text("按人查找", "Look for a person");
pub const PERSON_HELP: Text = text(
    "按完整的电话、姓名或证件号查找查看范围内的工单，和上面的条件同时成立，不含保密工单和举报。每次查找连同事由记入审计。",
    "Finds tickets in your scope by a whole phone number, name or identity number, together with the conditions above, without confidential ones and tip-offs. Each look is kept in the audit with its reason.",
);
pub const PERSON_KEY: Text = text("按什么查", "By what");
pub const PERSON_VALUE: Text = text("电话、姓名或证件号", "Phone, name or identity number");
pub const PERSON_VALUE_HELP: Text = text(
    "要完整，最多 5 个，用逗号分开。网址、日志和保存的视图里都不会出现。",
    "Whole, at most five, divided by commas. It stands in no address, log or saved view.",
);
pub const PERSON_REASON: Text = text("查找事由", "Why you look");
pub const PERSON_SEND: Text = text("查找", "Look");

/// That old tickets cannot be found yet.
pub fn filling(waiting: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => {
            format!("还有 {waiting} 件以前的工单正在整理，按姓名、证件号和备用电话可能暂时查不全。")
        }
        Locale::En => format!(
            "{waiting} tickets of before are still being prepared; by name, identity number or second phone some may be missing for now."
        ),
    }
}

// How a list divides.
pub const COLUMNS: Text = text(
    "显示的列（都不选为常用列）",
    "Columns (the usual ones where none is chosen)",
);

pub const KEEP_COLUMNS: Text = text("以后都显示这些列", "Always show these columns");
pub const USUAL_COLUMNS: Text = text("恢复常用列", "Back to the usual columns");

/// What the link says that moves a column forward.
pub fn earlier(name: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("前移“{name}”"),
        Locale::En => format!("Move {name} forward"),
    }
}

pub const FACETS: Text = text("分布", "How it divides");
pub const NO_FACETS: Text = text("收起分布", "Hide how it divides");
pub const FACETS_NONE: Text = text(
    "按关键词搜索时没有分布，请去掉关键词。",
    "A search by words is not divided; please take the words off.",
);
pub const FACETS_SOME: Text = text("只统计了前 1 万件。", "Of the first 10,000 tickets only.");

// Why a number finds nothing.
pub const FILTERED: Text = text(
    "有这张工单，但不符合其他筛选条件，或已在回收站。",
    "There is this ticket, but another filter leaves it out, or it was taken back.",
);
pub const OPEN: Text = text("打开这张工单", "Open the ticket");
pub const ELSEWHERE: Text = text(
    "有这张工单，但不在您的查看范围内。",
    "There is this ticket, but you cannot see it.",
);
pub const WHO_SEES: Text = text("查看谁能看到它", "See who can see it");

/// Which unit has it.
pub fn led_by(unit: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("主办单位：{unit}。"),
        Locale::En => format!("Lead unit: {unit}."),
    }
}

// Saved views.
pub const VIEWS: Text = text("保存的视图", "Saved views");
pub const VIEWS_NONE: Text = text("还没有保存的视图", "No saved views yet");
pub const VIEWS_NONE_WHY: Text = text(
    "在工单列表里选好条件后，用“保存的视图”保存。",
    "Choose filters in the list of tickets, then keep them under saved views.",
);
pub const ALL_VIEWS: Text = text("管理视图", "All saved views");
pub const SAVE: Text = text("保存当前视图", "Save this view");
pub const NAME: Text = text("名称", "Name");
pub const SHARED: Text = text("给谁用", "For whom");
pub const RENAME: Text = text("改名或改共享范围", "Rename or share");
pub const KEEP: Text = text("保存修改", "Keep the changes");
pub const DELETE: Text = text("删除视图", "Delete the view");
pub const SAVED: Text = text("视图已保存。", "The view was saved.");
pub const OF_OTHERS: Text = text("同事共享的", "Shared by colleagues");
pub const OWN_VIEWS: Text = text("我的视图", "Your views");
pub const BROKEN: Text = text(
    "这个视图里的一个条件已不能用（字段已取消或无权使用），请修改后另存。",
    "A condition of this view can no longer be used (its field is gone, or is not yours to ask for); please change it and save it again.",
);

/// Whose view it is.
pub fn by(name: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("{name} 共享"),
        Locale::En => format!("shared by {name}"),
    }
}
