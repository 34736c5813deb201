//! Words about standing in, and about the quarterly reviews of accounts.
//! Not here: states and answers (`crate::account::stand_in`, `crate::account::review`).

use super::super::{Locale, Text, text};

pub const STAND_INS: Text = text("委托代办", "Stand-ins");
pub const WHY: Text = text(
    "您不在的时候，请一位同事代办分到您名下的任务。对方同意后，从开始那天起任务出现在他的待办里，办件经过会写明“代谁办理”。",
    "While you are away, a colleague does the tasks that hang on you. Once they agree, your tasks are on their list from the first day, and the history of each case says for whom.",
);
pub const NONE: Text = text("没有代办", "No stand-ins");
pub const NONE_WHY: Text = text(
    "这里列出您请别人代办的，和别人请您代办的。",
    "Here is who stands in for you, and for whom you do.",
);
pub const AWAY: Text = text("委托人", "Away");
pub const OTHER: Text = text("代办人", "Stands in");
pub const FROM: Text = text("开始", "First day");
pub const UNTIL: Text = text("结束", "Last day");
pub const STATE: Text = text("状态", "State");
pub const REASON: Text = text("原因", "Reason");
pub const ASK: Text = text("请人代办", "Ask somebody");
pub const USERNAME: Text = text("代办人用户名", "User name of who stands in");
pub const HOLDS: Text = text("代办中", "In force");
pub const DONE: Text = text("已记录。", "Done.");

pub const REVIEWS: Text = text("岗位复核", "Reviews of posts");
pub const REVIEWS_WHY: Text = text(
    "每季度由单位负责人或安全管理员逐个岗位确认：继续、缩短期限或收回；到期没有复核的岗位自动冻结，本人的其他岗位不受影响。",
    "Once a quarter the unit's leader or a security administrator says of each post whether it is kept, ends on a day or is taken back; a post that is not answered about in time is frozen, and its holder's other posts are not.",
);
pub const NO_REVIEWS: Text = text("没有复核", "No reviews");
pub const NO_REVIEWS_WHY: Text = text(
    "每季度开始时自动生成。",
    "They are made at the beginning of each quarter.",
);
pub const TERM: Text = text("季度", "Quarter");
pub const DUE: Text = text("截止", "Due");
pub const OPEN: Text = text("未复核", "Open");
pub const POSTS: Text = text("岗位数", "Posts");
pub const HOLDER: Text = text("任职人员", "Holder");
pub const REACH: Text = text("范围上限", "Reaches at most");
pub const LASTS: Text = text("岗位期限", "Ends");
pub const LASTING: Text = text("长期", "Without end");
pub const SEEN: Text = text("最近使用", "Last at work");
pub const NEVER: Text = text("还没有", "Never");
pub const LAST_DAY: Text = text("最后一天", "Last day");
pub const LAST_DAY_HELP: Text = text("选“缩短期限”时填写。", "Only where the post ends on a day.");
pub const ANSWER: Text = text("复核", "Answer");
pub const LATER: Text = text("稍后", "Later");
pub const SAVE: Text = text("保存", "Save");
pub const BACK: Text = text("返回复核列表", "Back to the reviews");

/// The label of the answer about somebody.
pub fn about(name: &str, no: i32, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("复核 {name} 的第 {no} 号岗位"),
        Locale::En => format!("Answer about post {no} of {name}"),
    }
}

/// The label of the last day of somebody's post.
pub fn last_day(name: &str, no: i32, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("{name} 的第 {no} 号岗位的最后一天"),
        Locale::En => format!("Last day of post {no} of {name}"),
    }
}
