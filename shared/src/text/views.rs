//! Words of views that somebody follows: how often he is told, what the last count came to.
//! Not here: words of saved views themselves (`query`), the notice (`notification::template`).

use super::{Locale, Text, text};

pub const FOLLOW: Text = text("订阅", "Follow this view");
pub const RHYTHM: Text = text("多久提醒一次", "How often you are told");
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
