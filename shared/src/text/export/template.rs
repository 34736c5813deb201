//! Words of the page of exports and of their templates.
//! Not here: formats and related parts (`crate::job`, `crate::export`), jobs (`job`).
//! Sentences with values are functions.

use crate::export::TemplateView;
use crate::text::{Locale, Text, text};

pub const EXPORTS: Text = text("导出与模板", "Exports and templates");
pub const TEMPLATES: Text = text("导出模板", "Templates of exports");
pub const TEMPLATE: Text = text("模板", "Template");
pub const NO_TEMPLATE: Text = text("不用模板", "No template");
pub const NONE: Text = text("还没有模板", "No templates yet");
pub const KEEP: Text = text("保存模板", "Keep a template");
pub const KEPT: Text = text("模板已保存。", "The template has been kept.");
pub const REMOVE: Text = text("删除", "Remove");
pub const REMOVED: Text = text("模板已删除。", "The template has been removed.");
pub const NAME: Text = text(
    "模板名称（同名则替换）",
    "Name (one of the same name is replaced)",
);
pub const SHARED: Text = text("本单位共用", "Shared with my unit");
pub const SHARED_HELP: Text = text(
    "本单位有导出权限的人都能用；模板不带来任何权限。",
    "Whoever of the unit may export can use it; a template gives no right.",
);
pub const COLUMNS: Text = text("列和顺序", "Columns and their order");
pub const COLUMNS_HELP: Text = text(
    "填第几列，不填不导出；全部不填为全部常用列。无权查看或已停用的列导出时略去，并在文件中说明。",
    "The place of each column, nothing for none; with none at all, every usual one. Columns that the reader may not see or that were given up are left out, and the file says so.",
);
pub const TO_LIST: Text = text("查看将导出的工单", "Look at the tickets of this export");
pub const WITH_TEMPLATE: Text = text("用模板导出", "Export by a template");

/// A template in a sentence.
pub fn line(kept: &TemplateView, locale: Locale) -> String {
    let format = kept.format.label(locale);
    let parts = kept.parts.iter().map(|part| part.label(locale));
    let parts: Vec<&str> = parts.collect();
    let count = kept.columns.len();
    let (name, owner) = (&kept.name, &kept.owner);
    let mut said = match (locale, count) {
        (Locale::Zh, 0) => format!("{name}：全部常用列，{format}"),
        (Locale::Zh, _) => format!("{name}：{count} 列，{format}"),
        (Locale::En, 0) => format!("{name}: every usual column, {format}"),
        (Locale::En, 1) => format!("{name}: 1 column, {format}"),
        (Locale::En, _) => format!("{name}: {count} columns, {format}"),
    };
    if !parts.is_empty() {
        said += " + ";
        said += &parts.join(match locale {
            Locale::Zh => "、",
            Locale::En => ", ",
        });
    }
    if kept.shared {
        said += &match locale {
            Locale::Zh => format!("（{owner} 共享）"),
            Locale::En => format!(" (shared by {owner})"),
        };
    }
    said
}
