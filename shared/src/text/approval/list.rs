//! Words of the filters of lists of approvals, and of their numbers.
//! Not here: headings of the rows (`approval`), orders (`approval::query`).
//! What tickets' lists call the same is called so there (`staff`).

use crate::text::staff::grouped;
use crate::text::{Locale, Text, approval, text};

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

pub const EXPORT: Text = text("导出", "Export");
pub const EXPORT_HELP: Text = text(
    "按当前条件导出，最多 10,000 件；个人号码已遮盖，导出记入审计。",
    "Exports the list as it is filtered, at most 10,000 approvals; numbers of people are masked, and it is audited.",
);
pub const SHEET: Text = text("办件", "Approvals");
pub const REGION: Text = text("地区", "Area");
pub const ENDED_AT: Text = text("办结时间", "Ended");
pub const UPDATED_AT: Text = text("最近更新", "Last changed");
pub const PROCESS_KEY: Text = text("流程标识", "Process key");

/// The columns of a file of approvals: their keys, headings and widths in a workbook.
pub const COLUMNS: [(&str, Text, u16); 12] = [
    ("approval_no", approval::NO, 36),
    ("title", approval::TITLE, 40),
    ("definition", PROCESS_KEY, 20),
    ("definition_name", approval::PROCESS, 24),
    ("status", approval::STATUS, 12),
    ("steps", approval::STEP, 24),
    ("started_by", approval::FILED_BY, 14),
    ("unit", UNIT, 24),
    ("region", REGION, 24),
    ("started_at", approval::FILED_AT, 17),
    ("ended_at", ENDED_AT, 17),
    ("updated_at", UPDATED_AT, 17),
];

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
