//! Tags (工单标签): named marks that the centre puts on tickets when it registers or dispatches them, and by which lists are searched.
//! Not here: which ticket carries one (the ticket's `tags`).
//! A tag that goes is no longer offered; tickets keep its code, which is then shown as it is.

use super::PLAIN;
use crate::register::{Column, Kind, List, ListCode};
use crate::text::{Text, text};

/// The list.
pub(in crate::register::lists) static LIST: List = List {
    code: ListCode::Tags,
    columns: &[
        Column::new("code", text("编号", "Code"), Kind::Code(20))
            .key()
            .needed()
            .help(text("定下后不再改", "Permanent")),
        Column::new("zh", text("中文名称", "Chinese name"), Kind::Line(20))
            .needed()
            .heads(&["名称", "标签"]),
        Column::new("en", text("英文名称", "English name"), Kind::Line(40)).needed(),
    ],
    ..PLAIN
};

/// The rows that are shipped.
pub(in crate::register::lists) const SHIPPED: &[(&str, Text)] = &[
    ("repeat", text("重复诉求", "Repeated request")),
    ("group", text("群体诉求", "Many citizens")),
    ("media", text("媒体关注", "In the media")),
    ("leader", text("领导批示", "A leader's instruction")),
    ("safety", text("安全隐患", "Danger")),
];
