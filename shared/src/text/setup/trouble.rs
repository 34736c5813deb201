//! The sentences of what is wrong in an office's file.
//! Not here: faults of cells and fields (`faults`), findings of whole lists (`register`).
//! Each begins with the place, so that an editor can go there.

use crate::setup::{Trouble, What};
use crate::text::{Locale, faults, register};

/// Where it stands: `office.toml:12 units[3].parent`.
pub fn place(trouble: &Trouble) -> String {
    let mut place = trouble.file.clone();
    if trouble.line > 0 {
        place += &format!(":{}", trouble.line);
    }
    if !trouble.path.is_empty() {
        place += &format!(" {}", trouble.path);
    }
    place
}

/// The sentence.
pub fn trouble(trouble: &Trouble, locale: Locale) -> String {
    let say = |zh: String, en: String| match locale {
        Locale::Zh => zh,
        Locale::En => en,
    };
    match &trouble.what {
        What::Syntax(words) => say(
            format!("不是有效的 TOML：{words}"),
            format!("this is no TOML: {words}"),
        ),
        What::Unknown(known) => say(
            format!("这里没有这一项；可以写的有：{known}"),
            format!("nothing of this name belongs here; these do: {known}"),
        ),
        What::Wanted(kind) => wanted(kind, locale),
        What::Lacks(key) => say(format!("缺少 {key}"), format!("{key} is missing")),
        What::Field(field) => faults::sentence(field.code, &field.facts, locale),
        What::Twice(line) => say(
            format!("与第 {line} 行重复"),
            format!("line {line} has the same already"),
        ),
        What::Finding(list, finding) => {
            let list = list.label(locale);
            let words = register::finding(finding, locale);
            if finding.key.is_empty() {
                say(format!("{list}：{words}"), format!("{list}: {words}"))
            } else {
                let key = &finding.key;
                say(
                    format!("{list} {key}：{words}"),
                    format!("{list} {key}: {words}"),
                )
            }
        }
        What::Unreadable(words) => say(
            format!("读不了这个文件：{words}"),
            format!("this file cannot be read: {words}"),
        ),
        What::Known => say(
            "这个账号已经有了，保持原样".to_owned(),
            "this account is there and is left as it is".to_owned(),
        ),
        What::Drafted(list, by) => {
            let list = list.label(locale);
            say(
                format!("“{list}”有 {by} 的草稿，请先发布或放弃"),
                format!("{list}: {by} has a draft; publish it or give it up first"),
            )
        }
        What::NoArea(code) => say(
            format!("没有省、市、县 {code}"),
            format!("there is no province, city or county {code}"),
        ),
        What::OtherCentre(code) => say(
            format!("最上级的中心已是 {code}，不能再建一个；请写它的编号"),
            format!(
                "{code} is the centre on top already, and there can be only one; name that code"
            ),
        ),
    }
}

fn wanted(kind: &str, locale: Locale) -> String {
    let (zh, en) = match kind {
        "text" => (
            "这里要一段文字，写在引号里",
            "this must be a text in quotes",
        ),
        "texts" => (
            "这里要一组文字，例如 [\"agent\"]",
            "this must be a list of texts, such as [\"agent\"]",
        ),
        "table" => (
            "这里要一张表，例如 [area]",
            "this must be a table, such as [area]",
        ),
        _ => (
            "这里要若干张表，例如 [[units]]",
            "this must be a list of tables, such as [[units]]",
        ),
    };
    match locale {
        Locale::Zh => zh.to_owned(),
        Locale::En => en.to_owned(),
    }
}
