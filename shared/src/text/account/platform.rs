//! Words of the page of linked platforms.
//! Not here: states and differences (`crate::account::platform`).
//! For system administrators.

use super::super::{Locale, Text, text};

pub const TITLE: Text = text("对接平台", "Linked platforms");
pub const WHY: Text = text(
    "账号启用、冻结、注销和岗位变动后，自动告知对接平台；每晚与平台的用户核对一次。",
    "Linked platforms hear when accounts open, freeze, end or change their posts; each night their users are compared with our accounts.",
);
pub const NONE: Text = text("没有对接平台", "No linked platforms");
pub const NONE_WHY: Text = text(
    "对接平台在配置文件里设置，见 docs/scim.md。",
    "They are set in the configuration; see docs/scim.md.",
);
pub const PLATFORM: Text = text("平台", "Platform");
pub const OWNER: Text = text("负责人", "Who answers for it");
pub const LOOKED: Text = text("上次核对", "Compared last");
pub const USERS: Text = text("平台用户数", "Users there");
pub const NEVER: Text = text("还没有核对", "Not compared yet");
pub const PUSHES: Text = text("推送记录", "What they were told");
pub const NO_PUSHES: Text = text("还没有推送", "Nothing was told yet");
pub const NO_PUSHES_WHY: Text = text(
    "账号有变动时，这里会有记录。",
    "There are lines here once accounts change.",
);
pub const ACCOUNT: Text = text("账号", "Account");
pub const STATE: Text = text("状态", "State");
pub const MADE: Text = text("变动时间", "Changed");
pub const DONE: Text = text("回执", "Receipt");
pub const WAITS_UNTIL: Text = text("下次推送", "Tried next");
pub const AGAIN: Text = text("再次推送", "Push again");
pub const WILL_GO: Text = text("已安排推送。", "It goes out again.");
pub const DRIFTS: Text = text("不一致", "Where they differ");
pub const NO_DRIFTS: Text = text("没有不一致", "Nothing differs");
pub const NO_DRIFTS_WHY: Text = text(
    "以每晚的核对为准。",
    "As the last comparison of the night found it.",
);
pub const KIND: Text = text("情况", "How");
pub const FOUND: Text = text("发现时间", "Found");

/// How often it was tried.
pub fn tries(n: i32, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("推送 {n} 次"),
        Locale::En => format!("Tried: {n}"),
    }
}

/// What a platform answered last, for people.
pub fn receipt(said: &str, locale: Locale) -> String {
    let word = match said {
        "" => return String::new(),
        "away" => text("没有应答", "no answer"),
        "none" => text("平台没有此用户，不需处理", "unknown there, nothing to do"),
        "unlinked" => text("已不再对接", "no longer linked"),
        "unknown" => text("账号不存在", "no such account"),
        status => {
            return match locale {
                Locale::Zh => format!("平台答复 {status}"),
                Locale::En => format!("It answered {status}"),
            };
        }
    };
    word.get(locale).to_owned()
}
