//! Words of the page on which staff come from a table.
//! Not here: columns (`crate::account::staff`), lines and their faults (`text::register`, `text::faults`).
//! Sentences with numbers are functions.

use super::super::{Locale, Text, clock, text};
use crate::account::staff::StaffReport;
use crate::calendar::Instant;

pub const IMPORT_WHY: Text = text(
    "CSV（UTF-8、GBK）或 Excel（.xlsx，读第一张未隐藏的表），最多 10000 行。表头：用户名、姓名、单位（编号或名称）、角色（可多个，用顿号隔开）、有效期至。先检查，再导入；有一行读不了就整份不收。",
    "CSV (UTF-8, GBK) or Excel (.xlsx, the first sheet that is not hidden), at most 10,000 lines. Heads: user name, name, unit (code or name), roles (several, divided by commas), until. Look at it first; if a line cannot be taken, none is.",
);
pub const NO_PASSWORDS: Text = text(
    "文件里不放密码。每位新人员得到一个链接，自己设密码；链接只在导入后显示这一次。角色交安全管理员授权。",
    "No passwords in a file. Each new person gets a link and chooses a password; the links are shown once, after this. Roles wait for the security administrator.",
);
pub const CHECK: Text = text("只检查", "Only look");
pub const TAKE: Text = text("导入", "Take it");
pub const PEOPLE: Text = text("新人员和链接", "New people and their links");
pub const LINK: Text = text("设密码的链接", "Link for a password");
pub const PRINT: Text = text(
    "请现在打印或保存，逐人当面交付；离开本页后不能再看到。",
    "Print or keep it now, and hand each link over in person; it cannot be seen again after this page.",
);

/// What a table came to, or would.
pub fn sum(report: &StaffReport, locale: Locale) -> String {
    let StaffReport {
        encoding,
        lines,
        new,
        same,
        refused,
        ..
    } = report;
    match locale {
        Locale::Zh => {
            format!("按 {encoding} 读取 {lines} 行：新人员 {new}，已有 {same}，读不了 {refused}。")
        }
        Locale::En => format!(
            "Read as {encoding}, {lines} lines: {new} new people, {same} there already, {refused} cannot be taken."
        ),
    }
}

/// What was made.
pub fn made(report: &StaffReport, locale: Locale) -> String {
    let (count, requests) = (report.people.len(), report.requests);
    match locale {
        Locale::Zh if requests == 0 => format!("已建立 {count} 个账号。"),
        Locale::Zh => format!("已建立 {count} 个账号，{requests} 份角色申请等安全管理员授权。"),
        Locale::En if requests == 0 => format!("{count} accounts were made."),
        Locale::En => format!(
            "{count} accounts were made; {requests} requests for roles wait for the security administrator."
        ),
    }
}

/// Until when the links work.
pub fn until(at: Instant, now: Instant, locale: Locale) -> String {
    let at = clock::date_time(at, now, locale);
    super::reset_until(&at, locale)
}
