//! What a reply is checked for (答复检查项) by the unit that writes it and by the closing reviewer, who ticks what holds.
//! Not here: hints that the program finds itself (`quality::checklist`); an item whose code is a hint's stands beside that.
//! What was ticked stands in the history with its words of then; a row can go.

use super::PLAIN;
use crate::register::{Column, Kind, List, ListCode};
use crate::text::{Text, text};

/// The list.
pub(in crate::register::lists) static LIST: List = List {
    code: ListCode::Checklist,
    columns: &[
        Column::new("code", text("编号", "Code"), Kind::Code(20))
            .key()
            .needed()
            .help(text("定下后不再改", "Permanent")),
        Column::new("zh", text("检查项", "Chinese"), Kind::Line(60))
            .needed()
            .heads(&["检查内容", "名称"]),
        Column::new("en", text("英文", "English"), Kind::Line(120)).needed(),
    ],
    ..PLAIN
};

/// The rows that are shipped.
pub(in crate::register::lists) const SHIPPED: &[(&str, Text)] = &[
    (
        "answers",
        text("逐项回应了诉求", "Every point of the request is answered"),
    ),
    (
        "basis",
        text("写明政策法规依据", "The law or policy is named"),
    ),
    (
        "contact",
        text("有承办人和联系电话", "Somebody to ask, with a phone number"),
    ),
    (
        "passing",
        text("没有推诿、套话", "Nothing is pushed on to others"),
    ),
    (
        "personal",
        text("没有泄露他人信息", "Nothing about other people"),
    ),
    (
        "safety",
        text(
            "有安全隐患的写明防范措施",
            "Where there is danger, what to do about it",
        ),
    ),
    ("evidence", text("办理情况有佐证", "What was done is shown")),
];
