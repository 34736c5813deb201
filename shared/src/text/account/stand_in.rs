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

pub const REVIEWS: Text = text("账号复核", "Reviews of accounts");
pub const REVIEWS_WHY: Text = text(
    "每季度由单位负责人或安全管理员逐人确认账号是否继续使用；到期没有复核的账号自动冻结。",
    "Once a quarter the unit's leader or a security administrator says of each account whether it is still needed; who is not answered about in time is frozen.",
);
pub const NO_REVIEWS: Text = text("没有复核", "No reviews");
pub const NO_REVIEWS_WHY: Text = text(
    "每季度开始时自动生成。",
    "They are made at the beginning of each quarter.",
);
pub const TERM: Text = text("季度", "Quarter");
pub const DUE: Text = text("截止", "Due");
pub const OPEN: Text = text("未复核", "Open");
pub const PEOPLE: Text = text("人数", "People");
pub const ANSWER: Text = text("复核", "Answer");
pub const LATER: Text = text("稍后", "Later");
pub const SAVE: Text = text("保存", "Save");
pub const BACK: Text = text("返回复核列表", "Back to the reviews");

/// The label of the answer about somebody.
pub fn about(name: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("复核 {name}"),
        Locale::En => format!("Answer about {name}"),
    }
}
