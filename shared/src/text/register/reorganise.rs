//! Words of merging and dividing units.
//! Not here: names of columns (`crate::register`), faults (`faults`).
//! Sentences with numbers are functions.

use super::super::{Locale, Text, text};

pub const TITLE: Text = text("合并和拆分单位", "Merge or divide units");
pub const HELP: Text = text(
    "先选终止的单位和承接的单位，看清会动到什么，再写入草稿；草稿照常预览、选日期发布。合并：选几个终止单位、一个承接单位。拆分：选一个终止单位、几个承接单位，逐条分配权责；新设的单位先在单位表添加并发布。",
    "Choose which units end and which follow them, look at what it moves, then write it into drafts, which are previewed and published from a day as any other. To merge: several that end, one that follows. To divide: one that ends, several that follow, and each row of the duty list is given to one; new units are added to the list and published first.",
);
pub const ENDS: Text = text("终止的单位", "Units that end");
pub const INTO: Text = text("承接的单位", "Units that follow");
pub const SUCCESSOR: Text = text("由谁承接", "Successor");
pub const MULTIPLE: Text = text(
    "可多选：电脑上按住 Ctrl 点选，手机上逐个点选",
    "Several can be chosen: hold Ctrl and click, or tap each on a telephone",
);
pub const NO_UNITS: Text = text(
    "这张单位表里没有在用的单位",
    "No unit in use is in this list",
);
pub const NO_UNITS_WHY: Text = text(
    "这里只合并和拆分本地补充的单位；省级基础表里的单位，由省级管理员在基础表里办理。",
    "Only units that the own list adds are merged and divided here; those of the basic list are for the province's administrator, in the basic list.",
);
pub const FIRST: Text = text(
    "排在最前的一个记为承接单位，统计和下级单位随它",
    "The first of them is the successor, whom figures and units below follow",
);
pub const FROM: Text = text("从哪天起", "From which day");
pub const LOOK: Text = text("看会动到什么", "See what it moves");
pub const MOVES: Text = text("会动到什么", "What it moves");
pub const OPEN: Text = text(
    "在办派单（由原单位办完）",
    "Open work, which the old unit finishes",
);
pub const PEOPLE: Text = text("人员（岗位另行授予）", "People, whose posts are given anew");
pub const DUTIES: Text = text("权责条目", "Rows of the duty list");
pub const HOURS: Text = text(
    "单位作息（随单位终止）",
    "Own working hours, which end with it",
);
pub const UNIT: Text = text("单位", "Unit");
pub const CATEGORY: Text = text("事项", "Category");
pub const PLACE: Text = text("地区", "Place");
pub const TO: Text = text("分给", "Goes to");
pub const BELOW: Text = text(
    "改隶的下级单位",
    "Units below that come under the successor",
);
pub const EARLIER: Text = text(
    "以前终止、改由新单位承接的单位",
    "Units that ended before and get the new successor",
);
pub const LIMITS: Text = text(
    "办理时限按事项和地区设定，不随单位变，不用改。",
    "Time limits go by category and place and stay as they are.",
);
pub const WRITE: Text = text("写入草稿", "Write into drafts");
pub const DONE: Text = text(
    "已写入草稿。单位表在这里预览和发布；权责清单有改动的，从同一天发布。",
    "Written into the drafts. Units are previewed and published here; the duty list, where it changes, is published from the same day.",
);
pub const TO_DUTIES: Text = text("预览权责清单的草稿", "Preview the draft of the duty list");

/// That not every row is listed.
pub fn more(shown: usize, all: i64, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("共 {all} 条，先列 {shown} 条；没有列出的分给承接单位。"),
        Locale::En => {
            format!("{shown} of {all} rows are listed; the others go to the successor.")
        }
    }
}

/// Rows of other areas.
pub fn elsewhere(count: i64, locale: Locale) -> String {
    match locale {
        Locale::Zh => {
            format!("其他地区的权责清单还有 {count} 条写着终止的单位，由那些地区自己改。")
        }
        Locale::En => format!(
            "{count} rows in the duty lists of other areas name a unit that ends; those areas change them."
        ),
    }
}
