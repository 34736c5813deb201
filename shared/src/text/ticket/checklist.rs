//! Words of the checklist of replies, at the unit's form, beside the review and in the history.
//! Not here: the items (a list of the office), the hints (beside their enum).

use super::super::{Locale, Text, text};

pub const ITEMS: Text = text("答复检查项", "What a reply is checked for");
pub const HINTS: Text = text("系统提示，请核对", "Please look at this again");
pub const CHECKED: Text = text("逐项核对（勾选符合的）", "Tick what holds");
pub const CHECKED_HELP: Text = text(
    "勾选结果随审核记入办理过程。",
    "What you tick is kept with the review.",
);

/// What the reviewer ticked.
pub fn checked(words: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("已核：{words}"),
        Locale::En => format!("Checked: {words}"),
    }
}

/// What the reviewer did not tick.
pub fn missed(words: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("未勾选：{words}"),
        Locale::En => format!("Not ticked: {words}"),
    }
}
