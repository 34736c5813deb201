//! Words of the importers: how a file was read, what is doubtful, as sentences. For people at a terminal and in the report.
//! Not here: the faults' sentences (`faults::staff`), which use these.
//! Why something is no table, doubtful or rejected stands with its code (`crate::import`).

use super::{Locale, Text, text};

/// The word of a separator.
pub const fn separator_word(sign: char) -> &'static str {
    match sign {
        '\t' => "tab",
        ';' => "semicolon",
        '|' => "bar",
        _ => "comma",
    }
}

/// A separator's name.
pub fn separator(word: &str) -> Text {
    match word {
        "tab" => text("制表符", "tabs"),
        "semicolon" => text("分号", "semicolons"),
        "bar" => text("竖线", "bars"),
        _ => text("逗号", "commas"),
    }
}

/// A doubt that this program does not know.
pub const DOUBT: Text = text("读法有疑问", "this may be read wrongly");

/// Our columns.
pub fn column(ours: &str) -> Text {
    match ours {
        "id" => text("编号", "id"),
        "time" => text("时间", "time"),
        "title" => text("标题", "title"),
        "text" => text("内容", "text"),
        "reply" => text("答复", "reply"),
        "reply_time" => text("答复时间", "reply time"),
        "kind" => text("类型", "kind"),
        "category" => text("分类", "category"),
        "region" => text("区域", "region"),
        "address" => text("地址", "address"),
        "accused" => text("被举报单位", "unit complained about"),
        "name" => text("姓名", "name"),
        "phone" => text("电话", "phone"),
        "contact" => text("其他联系方式", "other contact"),
        "id_number" => text("证件号码", "identity number"),
        "email" => text("邮箱", "e-mail"),
        "organisation" => text("单位名称", "organisation"),
        "date" => text("日期", "date"),
        "day_name" => text("名称", "name"),
        "day_kind" => text("类型", "kind"),
        "notice_year" => text("年份", "year of the notice"),
        _ => text("整行", "row"),
    }
}

/// What a cell of a calendar may be.
pub fn day(column: &str) -> Text {
    match column {
        "date" => text(
            "日期读不出来，请写成 2027-01-01、2027/1/1 或 2027年1月1日",
            "is no date; write 2027-01-01",
        ),
        "date_twice" => text("同一天写了两次", "stands there twice"),
        "kind" => text(
            "类型只能写 off（休、放假）或 work（班、调休上班）",
            "is no kind; write off (休) or work (班)",
        ),
        "notice_year" => text(
            "年份应为四位数，并与日期同年或相邻",
            "is no year of a notice for this date; write four digits",
        ),
        "name" => text("名称应为 1 到 40 个字", "is no name of 1 to 40 characters"),
        _ => text("没有可以读的日子", "holds no day that can be read"),
    }
}

/// A year with fewer days off than any notice has.
pub fn thin_year(locale: Locale, year: i32, days: usize) -> String {
    match locale {
        Locale::Zh => format!(
            "注意：{year} 年只有 {days} 天放假，像是没有录完。国务院的通知每年至少 11 天；请补全后重新导入，否则 {year} 年的期限会算短。"
        ),
        Locale::En => format!(
            "warning: {year} has only {days} days off, which is no whole notice (11 and more). Complete the file and import it again, or deadlines in {year} come too early."
        ),
    }
}

/// Heads of the report of rejected rows.
pub const REPORT: [Text; 5] = [
    text("行号", "line"),
    text("编号", "id"),
    text("列", "column"),
    text("值", "value"),
    text("原因", "reason"),
];

/// A run that was killed may still have the file: how long that is waited for.
pub fn waits_for_another_run(seconds: u64, locale: Locale) -> String {
    match locale {
        Locale::Zh => {
            format!("这个文件的上一次导入可能刚刚中断，最多等 {seconds} 秒后从停下处继续。")
        }
        Locale::En => format!(
            "an import of this file may have been cut off just now; going on where it stood in at most {seconds} seconds"
        ),
    }
}
