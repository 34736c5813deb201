//! Words of an archived ticket, in both languages.
//! Not here: the check's sentence (`text::obstacle::mismatch`).

use crate::text::{Text, text};

pub const ARCHIVED: Text = text(
    "已归档封存，不再办理，只能查看、关联和备注",
    "Archived and sealed: it is read, linked and noted on, and nothing more is done",
);
pub const AT: Text = text("归档时间", "Archived");
pub const SEAL: Text = text("封存值（SHA-256）", "Seal (SHA-256)");
pub const SEALED: Text = text("封存内容", "What is sealed");
pub const LINES: Text = text("条办理历史", "lines of the history");
pub const FILES: Text = text("个附件", "files");
pub const HEAD: Text = text("工单要素", "the head");
pub const ERASED: Text = text(
    "诉求人和地址已依申请删除",
    "Citizen and address erased at the citizen's word",
);
pub const WHOLE: Text = text(
    "刚才核对：与封存时一致",
    "Compared just now: as it was sealed",
);
pub const BROKEN: Text = text(
    "刚才核对：与封存时不一致，请告诉管理员。不一致的是",
    "Compared just now: not as it was sealed. Please tell the administrators. What differs:",
);
