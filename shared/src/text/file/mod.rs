//! Words about files of a case.
//! Not here: kinds, states and places (`crate::file`), faults (`faults`).

use std::collections::BTreeMap;

pub mod evidence;

use super::{Locale, Text, text};
use crate::file::{FileKind, FilePlace};

pub const FILES: Text = text("附件", "Files");
pub const NONE: Text = text("还没有附件", "No files yet");
pub const ADD: Text = text("添加附件", "Add files");
pub const ADD_REPLY: Text = text("添加答复附件", "Add files to the reply");
pub const SEND: Text = text("上传", "Upload");
pub const HELP: Text = text(
    "照片、PDF、OFD、Office 文档、录音和视频；内容要和扩展名一致，不收带宏的文件。一次最多 10 个。",
    "Photos, PDF, OFD, office documents, sound and video; the content must be what the ending says, without macros. At most 10 at a time.",
);
pub const MATERIAL: Text = text("材料名称（可不填）", "Name of the material (optional)");
pub const MATERIAL_HELP: Text = text(
    "同名材料再次上传即为新版本，旧版本保留。",
    "The same name again is the material's next version; earlier ones stay.",
);
pub const REMOVE: Text = text("移除", "Remove");
pub const REMOVE_HELP: Text = text(
    "移除后不能恢复，办理记录里留有痕迹。",
    "It cannot be brought back; the history says that it was there.",
);

/// `移除 现场.pdf`.
pub fn remove_one(name: &str, locale: Locale) -> String {
    format!("{} {name}", REMOVE.get(locale))
}

/// A material with its version, `营业执照 · 第 2 版`.
pub fn material(name: &str, version: i32, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("{name} · 第 {version} 版"),
        Locale::En => format!("{name} · version {version}"),
    }
}

/// What a line of a history says of the file that came or went: its kind, its place, and its name for who may read it.
pub fn told(facts: &BTreeMap<String, String>, locale: Locale) -> Vec<String> {
    let fact = |name: &str| facts.get(name).map(String::as_str);
    let kind = fact("file_kind").and_then(FileKind::parse);
    let material = fact("material").map(|name| {
        let version = fact("material_version").and_then(|n| n.parse().ok());
        material(name, version.unwrap_or(1), locale)
    });
    let place = fact("file_place").and_then(FilePlace::parse);
    let place = place.filter(|place| *place != FilePlace::Case && material.is_none());
    [
        fact("file_name").map(ToOwned::to_owned),
        kind.map(|kind| kind.label(locale).to_owned()),
        place.map(|place| place.label(locale).to_owned()),
        material,
    ]
    .into_iter()
    .flatten()
    .collect()
}
