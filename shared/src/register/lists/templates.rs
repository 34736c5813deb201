//! Message texts (消息模板) in both languages; a city may word a message for itself. Every message has its row, as shipped until it is changed.
//! Not here: which messages there are and what each offers (`text::notification::template`), who gets them (the verbs).
//! A row that is taken away leaves the shipped text.

use super::{cell, choices, of_pairs};
use crate::fault::Check;
use crate::register::{Cells, Column, Kind, List, ListCode};
use crate::text::notification::template::{MessageCode, check as check_text};
use crate::text::text;

choices!(messages, MessageCode);

/// Longest text; a reply or an explanation comes on top.
const LONGEST: usize = 300;

/// The list.
pub(super) static LIST: List = List {
    code: ListCode::Templates,
    columns: &[
        Column::new("message", text("消息", "Message"), Kind::Choice(messages))
            .key()
            .needed(),
        Column::new("zh", text("中文", "Chinese"), Kind::Text(LONGEST))
            .needed()
            .help(text(
                "变量写在花括号里，例如 {no}。前面的签名由系统加上",
                "Variables stand in braces, such as {no}. The signature is put in front",
            )),
        Column::new("en", text("英文", "English"), Kind::Text(LONGEST)).needed(),
    ],
    has_supplements: true,
    is_nearest: true,
    needs_second: true,
    removable: true,
    check,
};

fn check(cells: &Cells, check: &mut Check) {
    let Some(code) = MessageCode::parse(cell(cells, "message")) else {
        return;
    };
    for column in ["zh", "en"] {
        let template = cell(cells, column);
        if !template.is_empty() {
            check_text(code, column, template, check);
        }
    }
}

/// The rows of the shipped texts.
pub(super) fn shipped() -> Vec<Cells> {
    let row = |code: &MessageCode| {
        let text = code.shipped();
        of_pairs([
            ("message", Some(code.to_string())),
            ("zh", Some(text.zh.to_owned())),
            ("en", Some(text.en.to_owned())),
        ])
    };
    MessageCode::ALL.iter().map(row).collect()
}
