//! Words about files of a case.
//! Not here: kinds, states and places (`crate::file`), faults (`faults`).

use super::{Text, text};

pub const FILES: Text = text("附件", "Files");
pub const NONE: Text = text("还没有附件", "No files yet");
pub const ADD: Text = text("添加附件", "Add files");
pub const ADD_REPLY: Text = text("添加答复附件", "Add files to the reply");
pub const SEND: Text = text("上传", "Upload");
pub const HELP: Text = text(
    "照片、PDF、OFD、Office 文档、录音和视频；内容要和扩展名一致，不收带宏的文件。一次最多 10 个。",
    "Photos, PDF, OFD, office documents, sound and video; the content must be what the ending says, without macros. At most 10 at a time.",
);
