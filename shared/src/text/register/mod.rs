//! Words of the register's pages: lists, drafts, previews, history, files; and the sentences of what a check finds.
//! Not here: names of lists and columns (`crate::register`), faults (`faults`).
//! Sentences with numbers are functions.

pub mod climb;
pub mod reading;
pub mod reorganise;
pub mod replay;
pub mod resort;

use super::{Locale, Text, text};
use crate::register::{Finding, FindingCode, TableReport};
use crate::ticket::LimitUnit;

pub const HELP: Text = text(
    "单位、分类、时限、放假安排等都在这里改：先改草稿，看清会变什么，再从某天起生效；旧版本随时可以恢复。",
    "Units, categories, limits, holidays and the rest are changed here: in a draft first, then published from a day, after a look at what would change. Old versions can be brought back.",
);
pub const AREA: Text = text("范围", "Area");
pub const BASE: Text = text("基础", "base");
pub const SUPPLEMENT: Text = text("本地补充", "supplement");
pub const LIST: Text = text("表", "List");
pub const ROWS: Text = text("行数", "Rows");
pub const HOLDS: Text = text("现行版本", "Holds now");
pub const COMING: Text = text("将生效", "Coming");
pub const DRAFT: Text = text("草稿", "Draft");
pub const AS_FOUND: Text = text("未改动过", "Never changed");
pub const NONE: Text = text("没有这样的行", "No such rows");
pub const NONE_WHY: Text = text(
    "换个词再查，或清空查询。",
    "Search for something else, or clear the search.",
);
pub const NO_ROWS: Text = text("这张表还是空的", "This list is empty");
pub const NO_ROWS_WHY: Text = text(
    "开始改动后可以逐行添加，也可以读入 CSV。",
    "Begin a draft, then add rows one by one or read them from a file.",
);
pub const NO_ROWS_YET: Text = text(
    "可以逐行添加，也可以读入 CSV。",
    "Add rows one by one, or read them from a file.",
);
pub const SEARCH: Text = text("查行", "Find rows");
pub const FIND: Text = text("查询", "Find");
pub const YEARS: Text = text("按年份看", "By year");
pub const CLEAR: Text = text("清空", "Clear");
pub const BEGIN: Text = text("开始改动", "Begin a draft");
pub const BEGIN_HELP: Text = text(
    "会建一份草稿，发布前不影响办理。",
    "Makes a draft; nothing changes for anybody before it is published.",
);
pub const ADD: Text = text("添加一行", "Add a row");
pub const EDIT: Text = text("修改", "Change");
pub const REMOVE: Text = text("删除", "Remove");
pub const UNDO: Text = text("还原", "Leave as it was");
pub const SAVE: Text = text("存入草稿", "Save in the draft");
pub const BACK: Text = text("返回", "Back");
pub const DISCARD: Text = text("放弃草稿", "Give the draft up");
pub const PREVIEW: Text = text("预览和发布", "Preview and publish");
pub const NO_DRAFT: Text = text("这张表没有草稿", "There is no draft of this list");
pub const NO_DRAFT_WHY: Text = text(
    "它可能已经发布或放弃了。打开这张表可以看现行版本，也可以新建草稿。",
    "It may have been published or given up. Open the list to see what holds now, or to begin a draft.",
);
pub const TO_LIST: Text = text("打开这张表", "Open the list");
pub const CHANGES_ONLY: Text = text("只看改动", "Changes only");
pub const ALL_ROWS: Text = text("看全部", "All rows");
pub const CHANGE: Text = text("改动", "Change");
pub const WAS: Text = text("原为", "was");
pub const ANY: Text = text("不限", "any");
pub const VARIABLES: Text = text("各条消息可用的变量", "The variables of each message");
pub const EMPTY: Text = text("（空）", "(empty)");
pub const ACTIONS: Text = text("操作", "Actions");
pub const HISTORY: Text = text("版本", "Versions");
pub const RESTORE: Text = text("恢复到这一版", "Bring this version back");
pub const TAKE_BACK: Text = text("撤回，改回草稿", "Take back into a draft");
pub const TABLE: Text = text("CSV 文件", "CSV file");
pub const TABLE_HELP: Text = text(
    "CSV（UTF-8、GBK）或 Excel（.xlsx，读第一张未隐藏的表）都可以，最多 100000 行；表头与下载的文件相同。合并的单元格每行都算，公式按保存的结果算。有一行读不了就整份不收，并逐行列出原因。",
    "CSV (UTF-8, GBK) or Excel (.xlsx, the first sheet that is not hidden), at most 100,000 lines, with the heads of the file that can be downloaded. A merged cell counts for each of its rows, a formula by its saved value. A file is taken as a whole: if a line cannot be, nothing is, and each is told.",
);
pub const DOWNLOAD: Text = text("下载 CSV", "Download as CSV");
pub const FILE: Text = text("文件", "File");
pub const PASTE: Text = text("或粘贴内容", "Or paste the content");
pub const REPLACES: Text = text(
    "文件就是整张表：文件里没有的行删除",
    "The file is the whole list: rows that it does not have go",
);
pub const CHECK_FILE: Text = text("只检查", "Only check");
pub const TAKE_FILE: Text = text("读入草稿", "Take into the draft");
pub const LINE: Text = text("行", "Line");
pub const COLUMN: Text = text("列", "Column");
pub const WHY: Text = text("原因", "Why");
pub const WOULD_CHANGE: Text = text("会变什么", "What would change");
pub const FINDINGS: Text = text("发布前检查", "Check before publishing");
pub const NO_FINDINGS: Text = text("没有发现问题。", "Nothing was found.");
pub const PUBLISH: Text = text("发布", "Publish");
pub const FROM: Text = text("生效日", "Holds from");
pub const FROM_HELP: Text = text(
    "不填或填今天：立即生效。以后的日期从当天零点起生效。",
    "Today or empty: at once. A later day: from its midnight.",
);
pub const OPEN_TOO: Text = text("在办工单也按新时限重算", "Apply to open tickets as well");
pub const OPEN_TOO_HELP: Text = text(
    "不选时，新时限只对生效后受理的工单起作用。",
    "Otherwise new limits hold only for tickets accepted from that day.",
);
pub const FOLLOWING: Text = text(
    "在办工单的期限正在后台重算，可在“长任务”看进度。",
    "Open tickets follow it in the background; see the job for how far it is.",
);
pub const TO_JOBS: Text = text("看进度", "See the job");
pub const ALWAYS_OPEN: Text = text(
    "放假安排和作息时间生效后，在办工单的期限一律重算，每次变动都有记录。",
    "Open tickets always follow a calendar: their deadlines are counted anew, each with an entry in the ledger.",
);
pub const NOTE: Text = text("说明", "Why");
pub const NOTE_HELP: Text = text(
    "例如文件名称和文号",
    "Such as the name and number of the document",
);
pub const HAND_ON: Text = text("提交复核", "Hand on to a second person");
pub const HAND_ON_HELP: Text = text(
    "这张表须由另一人复核发布；提交后再改动，须重新提交。",
    "Somebody else must publish this list. If it is changed afterwards, it must be handed on again.",
);
pub const SEE_TICKETS: Text = text("查看工单", "See the tickets");
pub const DONE_BEGIN: Text = text(
    "已建草稿，可以改了。",
    "The draft is there; it can be changed now.",
);
pub const DONE_SAVE: Text = text("已存入草稿。", "Saved in the draft.");
pub const DONE_REMOVE: Text = text("已在草稿中删除。", "Removed in the draft.");
pub const DONE_UNDO: Text = text("这一行已还原。", "The row is as it was.");
pub const DONE_DISCARD: Text = text("草稿已放弃。", "The draft was given up.");
pub const DONE_RESTORE: Text = text(
    "已按旧版本建草稿，请预览后发布。",
    "A draft brings the old version back; look at it and publish it.",
);
pub const DONE_TAKE_BACK: Text = text(
    "已撤回，现在是草稿。",
    "It was taken back and is a draft now.",
);
pub const DONE_HAND_ON: Text = text("已提交复核。", "It waits for a second person now.");
pub const DONE_TABLE: Text = text("文件已读入草稿。", "The file stands in the draft.");
pub const DONE_PUBLISH: Text = text("已发布。", "It was published.");

/// `第 3 版`.
pub fn revision(number: i32, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("第 {number} 版"),
        Locale::En => format!("Version {number}"),
    }
}

/// How much a revision changes.
pub fn changes(count: i64, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("改动 {count} 行"),
        Locale::En if count == 1 => "1 row changed".to_owned(),
        Locale::En => format!("{count} rows changed"),
    }
}

/// What comes, changes and goes.
pub fn sum((new, changed, gone): (i64, i64, i64), locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("新增 {new} 行，修改 {changed} 行，删除 {gone} 行。"),
        Locale::En if new == 1 => format!("1 new row, {changed} changed, {gone} removed."),
        Locale::En => format!("{new} new rows, {changed} changed, {gone} removed."),
    }
}

/// How many rows there are.
pub fn total(count: i64, locale: Locale) -> String {
    let rows = super::staff::grouped(count);
    match locale {
        Locale::Zh => format!("共 {rows} 行"),
        Locale::En if count == 1 => "1 row".to_owned(),
        Locale::En => format!("{rows} rows"),
    }
}

/// The title of a list's page.
pub fn restored(number: i32, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("恢复第 {number} 版"),
        Locale::En => format!("brings version {number} back"),
    }
}

/// What a file came to, or would.
pub fn table_sum(report: &TableReport, locale: Locale) -> String {
    let TableReport {
        encoding,
        lines,
        new,
        changed,
        same,
        gone,
        refused,
        ..
    } = report;
    match locale {
        Locale::Zh => format!(
            "按 {encoding} 读取 {lines} 行：新增 {new}，修改 {changed}，相同 {same}，删除 {gone}，读不了 {refused}。"
        ),
        Locale::En => format!(
            "Read as {encoding}, {lines} lines: {new} new, {changed} changed, {same} the same, {gone} removed, {refused} cannot be taken."
        ),
    }
}

/// The sentence of a finding.
#[allow(clippy::too_many_lines, reason = "a table: a sentence a code")]
pub fn finding(finding: &Finding, locale: Locale) -> String {
    let fact = |name: &str| finding.facts.get(name).map_or("", String::as_str);
    let (value, count) = (fact("value"), fact("count"));
    let say = |zh: String, en: String| match locale {
        Locale::Zh => zh,
        Locale::En => en,
    };
    match finding.code {
        FindingCode::Parent => say(
            format!("上级“{value}”不在表里"),
            format!("there is no {value} above it"),
        ),
        FindingCode::Cycle => say(
            "上下级成了环".to_owned(),
            "the units above it lead back to it".to_owned(),
        ),
        FindingCode::Doubled => {
            let area = fact("area");
            say(
                format!("编号在“{area}”的表里已有"),
                format!("the code stands in the list of {area} already"),
            )
        }
        FindingCode::Place => say(
            format!("没有区划 {value}"),
            format!("there is no division {value}"),
        ),
        FindingCode::Outside => say(
            "须写明本地范围内的区划".to_owned(),
            "it must name a division inside the own area".to_owned(),
        ),
        FindingCode::Category => say(
            format!("没有事项 {value}"),
            format!("there is no category {value}"),
        ),
        FindingCode::Unit => say(
            format!("单位“{value}”不存在或已终止"),
            format!("{value} does not exist or has ended"),
        ),
        FindingCode::BaseHas => {
            let area = fact("area");
            say(
                format!("“{area}”的表里已有同样的规定，不能并存"),
                format!("the list of {area} says something for the same already; only one may"),
            )
        }
        FindingCode::Longer => longer(finding, locale),
        FindingCode::NoLimit => {
            let stage = crate::process::limit::Stage::parse(fact("stage"));
            let stage = stage.map_or("", |stage| stage.label(locale));
            say(
                format!("“{stage}”没有对各种情形都适用的时限"),
                format!("{stage}: there is no limit that holds for everything"),
            )
        }
        FindingCode::InUse => in_use(finding, locale),
        FindingCode::Recent if value.is_empty() => say(
            format!("近 30 天受理的 {count} 件工单属于它：生效后不能再选，须归入别的事项"),
            format!(
                "{count} tickets of the last 30 days carry it: it cannot be chosen any more, and such requests need another category"
            ),
        ),
        FindingCode::Recent => say(
            format!("近 30 天受理的 {count} 件工单属于它，名称将改为“{value}”"),
            format!("{count} tickets of the last 30 days carry it, which will be called {value}"),
        ),
        FindingCode::OpenWork => say(
            format!("还有 {count} 件未办结，须先改派或办完，才能从今天起终止"),
            format!(
                "Open assignments: {count}; it cannot end today before they are passed on or done"
            ),
        ),
        FindingCode::People => say(
            format!("还有 {count} 个账号在用"),
            format!("Accounts in use: {count}"),
        ),
        FindingCode::Successor => say(
            format!("承接单位“{value}”不存在或已终止"),
            format!("{value} does not exist or has ended, and cannot take over"),
        ),
        FindingCode::Root if value.is_empty() => say(
            "没有最上级单位".to_owned(),
            "there is no unit on top".to_owned(),
        ),
        FindingCode::Root => say(
            format!("最上级单位只能有一个，现在有：{value}"),
            format!("only one unit can be on top; these are: {value}"),
        ),
        FindingCode::Overlap => say(
            "与前一个时段重叠".to_owned(),
            "it overlaps the period before".to_owned(),
        ),
        FindingCode::Nothing => say(
            "至少要有一个时段".to_owned(),
            "there must be a period at least".to_owned(),
        ),
        FindingCode::FewDays => {
            let year = fact("year");
            say(
                format!("{year} 年只有 {count} 天放假，通知里通常不少于 13 天"),
                format!("{year} has only {count} days off; a notice has 13 or more"),
            )
        }
        FindingCode::YearTwice => {
            let (year, left) = (fact("year"), fact("left"));
            say(
                format!(
                    "{year} 年已有通知：新增 {count} 天，原有 {left} 天仍保留。若新通知代替原通知，请删去原有各天，或用整表替换的方式导入"
                ),
                format!(
                    "{year} has a notice already: {count} days come and {left} of its days stay. If the new notice takes its place, remove those, or take the file in for the whole list"
                ),
            )
        }
        FindingCode::Caps => {
            let max = fact("max");
            say(
                format!("一次最多 {value} 天，超过了合计 {max} 天"),
                format!("one may have {value} days, more than all together ({max})"),
            )
        }
        FindingCode::BaseOnly => say(
            "这一项只能在基础表里统一规定".to_owned(),
            "only the base may say this, since it holds for everybody".to_owned(),
        ),
        FindingCode::TooMany => {
            let max = fact("max");
            say(
                format!("一张表最多 {max} 行"),
                format!("a list has at most {max} rows"),
            )
        }
    }
}

fn longer(finding: &Finding, locale: Locale) -> String {
    let fact = |name: &str| finding.facts.get(name).map_or("", String::as_str);
    let unit = LimitUnit::parse(fact("unit")).map_or("", |unit| unit.label(locale));
    let (value, base) = (fact("value"), fact("base"));
    match locale {
        Locale::Zh => format!("{value} {unit}，比上级规定的 {base} {unit}长"),
        Locale::En => format!("{value} {unit}, longer than the base's {base}"),
    }
}

fn in_use(finding: &Finding, locale: Locale) -> String {
    let fact = |name: &str| finding.facts.get(name);
    match (fact("limits"), fact("unit"), fact("count"), locale) {
        (Some(limits), _, _, Locale::Zh) => format!("有 {limits} 条时限用到它，请先改时限"),
        (Some(limits), _, _, Locale::En) => format!("{limits} limits name it; change those first"),
        (_, Some(unit), _, Locale::Zh) => format!("下面还有在用单位 {unit}，不能终止"),
        (_, Some(unit), _, Locale::En) => format!("{unit} below it is active, so it cannot end"),
        (_, _, count, Locale::Zh) => format!(
            "{} 件在办工单用到它：这些工单保留原名，新工单不能再选",
            count.map_or("0", String::as_str)
        ),
        (_, _, count, Locale::En) => format!(
            "{} open tickets carry it: they keep its name, new ones cannot take it",
            count.map_or("0", String::as_str)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_finding_has_a_sentence_in_both_languages() {
        for code in FindingCode::ALL {
            let found = Finding::fault(*code, "k")
                .fact("value", "V")
                .fact("count", 3);
            for locale in [Locale::Zh, Locale::En] {
                assert!(finding(&found, locale).chars().count() > 4, "{code}");
            }
        }
    }
}
