//! Words of saved pivots and of somebody's own page of figures.
//! Not here: names of spans and of kinds of tile (beside their codes).

use crate::text::{Locale, Text, clock, text};

pub const PIVOTS: Text = text("保存的统计视角", "Saved pivots");
pub const PIVOTS_WHY: Text = text(
    "保存的是口径：指标、维度、筛选和随日期移动的时期。打开时按今天的日期、在您的查看范围内重新统计。",
    "A pivot keeps the question: measures, dimensions, filter, and days that move with today. Opened, it counts anew, in what you may see.",
);
pub const NONE: Text = text("还没有保存的统计视角", "No saved pivots");
pub const NONE_WHY: Text = text(
    "在“多维统计”选好指标和维度后，可在页面下方保存。",
    "Choose measures and dimensions in Figures by choice and save the question below them.",
);
pub const SAVE: Text = text("保存这个统计视角", "Save this pivot");
pub const SPAN: Text = text("时期", "Days");
pub const SPAN_HELP: Text = text(
    "随日期移动，打开时按当天计算",
    "They move with today, whenever it is opened",
);
pub const BROKEN: Text = text(
    "其中的条件已不能使用，请重新保存。",
    "A condition of it can no longer be used; save it anew.",
);
pub const DELETE: Text = text("删除", "Delete");
pub const DONE: Text = text("已完成。", "Done.");
pub const BOARD: Text = text("我的看板", "My figures");
pub const BOARD_WHY: Text = text(
    "把常看的统计视角和工单视图放在这里，最多十二块，各自统计，互不等待。数字都在您的查看范围内，点开即到工单。",
    "Put here the pivots and views that you look at often, at most twelve. Each counts by itself and waits for no other, in what you may see; every number opens its tickets.",
);
pub const BOARD_NONE: Text = text("看板还是空的", "Nothing here yet");
pub const BOARD_NONE_WHY: Text = text(
    "先保存一个统计视角或工单视图，再从下面选它。",
    "Save a pivot or a view of the list first, then choose it below.",
);
pub const PIN: Text = text("放到看板", "Put it here");
pub const WHAT: Text = text("内容", "What");
pub const UNPIN: Text = text("移除", "Take it away");
pub const FIRST: Text = text("移到最前", "To the front");
pub const GONE: Text = text(
    "它已被删除，或不再与您共享。",
    "It was deleted, or is no longer shared with you.",
);
pub const ALL_AT_ONCE: Text = text("一次显示全部数字", "Show all numbers at once");
pub const FOUND: Text = text("工单数", "Tickets");
pub const OPEN: Text = text("打开", "Open");
pub const COMPARED: Text = text("比上期", "Change");

/// Over which days a tile counts, and with which it is compared.
pub fn over([from, to, before, until]: [&str; 4], locale: Locale) -> String {
    let (now, past) = (
        clock::days(from, to, locale),
        clock::days(before, until, locale),
    );
    match locale {
        Locale::Zh => format!("{now}，上期 {past}"),
        Locale::En => format!("{now}, before: {past}"),
    }
}

/// When it was counted.
pub fn as_of(when: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("截至 {when}"),
        Locale::En => format!("as of {when}"),
    }
}

// Warnings of figures.
pub const WARNINGS: Text = text("统计预警", "Warnings of figures");
pub const WARNINGS_WHY: Text = text(
    "每天清晨按“统计预警规则”对截至昨天的数字作一次判断，发现的列在这里；点数字可看工单，查明后写一句结论。",
    "Each morning the office's rules are asked of the figures until yesterday. What they find stands here: the number opens its tickets, and whoever has looked at it says what it is.",
);
pub const WAITING: Text = text("待查看", "To look at");
pub const SEEN: Text = text("已查看", "Looked at");
pub const RULE: Text = text("规则", "Rule");
pub const WHERE: Text = text("在哪里", "Where");
pub const NUMBER: Text = text("数字", "Number");
pub const WHY: Text = text("条件", "Why");
pub const TO_DO: Text = text("办理", "What to do");
pub const NO_WARNINGS: Text = text("没有预警", "No warnings");
pub const NO_WARNINGS_WHY: Text = text(
    "规则没有发现异常，或者还没有到今天判断的时间。",
    "The rules have found nothing, or today's look is still to come.",
);
pub const ANSWER: Text = text("注明情况", "Say what it is");
pub const WORD: Text = text("情况", "What it is");
pub const ANSWERED: Text = text("已记下。", "Noted.");
pub const IN_ALL: Text = text("合计", "In all");

/// The mean beside a test.
pub fn mean(mean: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("（前几期平均 {mean}）"),
        Locale::En => format!(" (mean before: {mean})"),
    }
}

/// From a day to another.
pub fn days([from, to]: [&str; 2], locale: Locale) -> String {
    clock::days(from, to, locale)
}
