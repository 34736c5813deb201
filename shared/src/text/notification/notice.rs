//! Words of notices to people of the house: the bell, their page, one's settings.
//! Not here: what a notice says (`template`).
//! Sentences with numbers are functions.

use super::super::{Locale, Text, text};
use crate::notice::MOST_UNREAD;

pub const NOTICES: Text = text("提醒", "Notices");
pub const NONE: Text = text("没有提醒", "No notices");
pub const NONE_WHY: Text = text(
    "有工单轮到您或您的单位办理时，这里会提醒。",
    "What is yours or your unit's to go on with appears here.",
);
pub const ALL: Text = text("看全部", "All");
pub const UNREAD_ONLY: Text = text("只看未读", "Unread only");
pub const NEW: Text = text("新", "New");
pub const OPEN: Text = text("打开工单", "Open the ticket");
pub const TICKETS: Text = text("各件工单", "The tickets");
pub const READ: Text = text("标为已读", "Mark as read");
pub const READ_ALL: Text = text("全部标为已读", "Mark all as read");
pub const READ_DONE: Text = text("已标为已读。", "Marked as read.");
pub const SETTINGS: Text = text("提醒设置", "How to be told");
pub const SETTINGS_HELP: Text = text(
    "选择哪些事用哪种方式提醒您。邮件和短信里只有工单号，没有内容；都不选就不提醒。",
    "Choose how you are told of what. Mails and text messages name the ticket and say nothing of it. What has no tick is not told.",
);
pub const KIND: Text = text("什么事", "What");
pub const MAIL: Text = text("您的邮箱", "Your mailbox");
pub const MOBILE: Text = text("您的手机号", "Your mobile number");
pub const SAVE: Text = text("保存", "Save");
pub const SAVED: Text = text("已保存。", "Saved.");

/// How many are unread.
pub fn unread(count: i64, locale: Locale) -> String {
    let more = if count >= MOST_UNREAD { "+" } else { "" };
    let count = count.min(MOST_UNREAD - 1);
    match locale {
        Locale::Zh => format!("未读 {count}{more} 条"),
        Locale::En => format!("{count}{more} unread"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_a_hundred_on_they_are_not_counted() {
        assert_eq!(unread(0, Locale::En), "0 unread");
        assert_eq!(unread(99, Locale::Zh), "未读 99 条");
        assert_eq!(unread(100, Locale::En), "99+ unread");
    }
}
