//! Words of the filters of lists of approvals, and of their numbers.
//! Not here: headings of the rows (`approval`), orders (`approval::query`).
//! What tickets' lists call the same is called so there (`staff`).

use crate::text::staff::grouped;
use crate::text::{Locale, Text, text};

pub const SEARCH: Text = text("标题中的词或编号开头", "Words of the title, or a number");
pub const UNIT: Text = text("发起单位", "Unit of the filer");
pub const BY: Text = text("发起人姓名开头", "Filed by (name begins)");
pub const NUMBER: Text = text("编号开头", "Number begins");
pub const STEP_HELP: Text = text("先选流程再选环节", "Choose a process first");
pub const OVERDUE: Text = text("是否超期", "Overdue");
pub const STARTED_FROM: Text = text("发起自", "Filed from");
pub const STARTED_TO: Text = text("发起至", "Filed until");
pub const ENDED_FROM: Text = text("办结自", "Ended from");
pub const ENDED_TO: Text = text("办结至", "Ended until");
pub const NONE_SO: Text = text("没有符合条件的办件。", "No approval fits.");
pub const NONE_SO_WHY: Text = text(
    "可以去掉一些条件再查。",
    "Take some filters off and try again.",
);
pub const ALL_OFF: Text = text("清除条件", "Take filters off");

/// `共 12 件`; above ten thousand `约 10,000 件以上`.
pub fn total(n: i64, about: bool, locale: Locale) -> String {
    let n = grouped(n);
    match (locale, about) {
        (Locale::Zh, false) => format!("共 {n} 件"),
        (Locale::Zh, true) => format!("约 {n} 件以上"),
        (Locale::En, false) if n == "1" => "1 approval".to_owned(),
        (Locale::En, false) => format!("{n} approvals"),
        (Locale::En, true) => format!("about {n} approvals or more"),
    }
}
