//! Words of views that somebody follows, and of the one search over tickets, approvals and people.
//! Not here: words of saved views themselves (`query`), the notice (`notification::template`).

pub mod phrases;

use super::{Locale, Text, text};

pub const FOLLOW: Text = text("订阅", "Follow this view");
pub const RHYTHM: Text = text("多久提醒一次", "How often you are told");
pub const QUERY: Text = text("条件", "Conditions");
pub const NEVER: Text = text("不提醒", "Not at all");
pub const KEEP: Text = text("保存订阅", "Keep it");
pub const HELP: Text = text(
    "按您的查看范围计数，不含保密工单和举报；没有工单的视图不提醒。多个视图合成一条提醒。",
    "Counted among the tickets that you may see, without confidential ones and tip-offs. One notice tells of all views; those that find nothing are left out.",
);
pub const DONE: Text = text("订阅已保存。", "It is kept how you are told.");
pub const NOT_YET: Text = text("还没有计数", "Not counted yet");

/// What the last count came to.
pub fn found(n: i64, more: bool, locale: Locale) -> String {
    let n = super::staff::grouped(n);
    match (locale, more) {
        (Locale::Zh, false) => format!("{n} 件"),
        (Locale::Zh, true) => format!("{n} 件以上"),
        (Locale::En, false) => n,
        (Locale::En, true) => format!("{n} or more"),
    }
}

// The one search.
pub const SEARCH: Text = text("查找", "Search");
pub const SEARCH_WHAT: Text = text(
    "工单、办件或人员：编号、标题、内容、答复、姓名或登录名；只写一个字时只查最新的工单",
    "Tickets, approvals or people: a number, words of title, content or answer, a name; for one character only the newest tickets are looked through",
);
pub const SEARCH_NONE: Text = text("没有找到", "Nothing found");
pub const SEARCH_NONE_WHY: Text = text(
    "只在您的查看范围内查找，请换一个说法。",
    "Only what you may see is searched; please try other words.",
);
pub const SEARCH_TICKETS: Text = text("工单", "Tickets");
pub const SEARCH_APPROVALS: Text =
    text("办件（最近 1000 件内）", "Approvals (of the newest 1,000)");
pub const SEARCH_PEOPLE: Text = text("人员", "People");
pub const SEARCH_MORE: Text = text("在工单列表里看全部", "All of them in the list of tickets");
pub const SEARCH_MORE_ROWS: Text = text(
    "还有更多，请再写具体一些。",
    "There are more; please say more of it.",
);
pub const SEARCH_NO: Text = text("编号", "Number");
pub const SEARCH_TITLE: Text = text("标题", "Title");
pub const SEARCH_STATE: Text = text("状态", "State");
pub const SEARCH_NAME: Text = text("姓名", "Name");
pub const SEARCH_USERNAME: Text = text("登录名", "Sign-in name");
pub const SEARCH_UNIT: Text = text("单位", "Unit");
pub const SEARCH_EXACT: Text = text("只查原词", "Only what was typed");

/// What stood for searched words, in a list of filters.
pub const SEARCH_ALSO: Text = text("还查了", "Also searched");

/// So many tickets were looked through one by one, and whether others follow.
pub fn looked(n: u32, goes_on: bool, locale: Locale) -> String {
    let n = super::staff::grouped(i64::from(n));
    match (locale, goes_on) {
        (Locale::Zh, false) => format!("这样短的词没有索引：这一页逐件看过 {n} 件，后面没有了。"),
        (Locale::Zh, true) => {
            format!("这样短的词没有索引：这一页逐件看过 {n} 件，更早的请看下一页，或多写一个字。")
        }
        (Locale::En, false) => {
            format!(
                "Words as short as this have no index: {n} tickets were looked through for this page, and no others follow."
            )
        }
        (Locale::En, true) => format!(
            "Words as short as this have no index: {n} tickets were looked through for this page. Go on to the next page, or type one character more."
        ),
    }
}

/// What tickets were searched for with as well.
pub fn also(words: &[String], locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("还查了：{}。", words.join("、")),
        Locale::En => format!("Also searched: {}.", words.join(", ")),
    }
}
