//! Words of the follow-up pool and of what a call came to.
//! Not here: names of shelves and outcomes (beside their enums). Sentences with numbers are functions.

use super::super::{Locale, Text, text};

pub const POOL: Text = text("回访池", "Follow-up pool");
pub const HELP: Text = text(
    "领取一件，在保留时间内打电话并记录结果；其他回访员这段时间领不到这件。没有打成的，请退回。",
    "Take one, call within the time for which it is kept, and record what came of it; nobody else gets it meanwhile. Give back what you did not call.",
);
pub const NEXT: Text = text("领取下一件", "Take the next one");
pub const TAKE: Text = text("领取", "Take");
pub const GIVE_BACK: Text = text("退回", "Give back");
pub const NONE: Text = text("没有待回访的工单", "Nobody is waiting for a call");
pub const NONE_WHY: Text = text(
    "按当前条件没有工单。约定了时间、或刚打过未接通的，在“稍后再回访”里。",
    "Nothing fits this choice. What was agreed upon for another time, or was just tried, stands under “Later”.",
);
pub const NOTHING_NEXT: Text = text(
    "现在没有可领取的回访件。",
    "There is nothing to take just now.",
);
pub const GIVEN_BACK: Text = text("已退回回访池。", "It is back in the pool.");
pub const SHELVES: Text = text("回访状态", "How they stand");
pub const KIND: Text = text("诉求类型", "Kind");
pub const ANY_KIND: Text = text("全部类型", "Every kind");
pub const FILTER: Text = text("筛选", "Filter");
pub const TICKET: Text = text("工单", "Ticket");
pub const PLACE: Text = text("地区", "Place");
pub const DUE: Text = text("回访期限", "Call by");
pub const TRIES: Text = text("已尝试", "Tried");
pub const AGAIN: Text = text("再次回访", "Call again");
pub const WHAT_TO_DO: Text = text("处理", "What to do");
pub const APPOINTED: Text = text("群众约定", "as agreed");
pub const ASKED_FOR: Text = text("约定回访", "Call agreed for");

/// Who has it, until when.
pub fn held(name: &str, until: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("{name} 已领取，保留到 {until}"),
        Locale::En => format!("{name} has it until {until}"),
    }
}

/// How often it was tried.
pub fn tries(count: i32, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("{count} 次"),
        Locale::En if count == 1 => "once".to_owned(),
        Locale::En => format!("{count} times"),
    }
}

/// On the ticket's page: somebody else has taken it.
pub fn warned(name: &str, until: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("{name} 已领取这件工单的回访，保留到 {until}，请不要重复致电。"),
        Locale::En => {
            format!(
                "{name} has taken this ticket to call the citizen until {until}; please do not call as well."
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_it_is_named_in_both_languages() {
        for locale in [Locale::Zh, Locale::En] {
            assert!(held("李回访", "10:30", locale).contains("李回访"));
            assert!(warned("李回访", "10:30", locale).contains("10:30"));
        }
        assert_eq!(tries(1, Locale::En), "once");
        assert_eq!(tries(2, Locale::Zh), "2 次");
    }
}
