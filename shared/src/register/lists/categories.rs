//! Categories (事项分类): three levels, codes of 2, 4 and 6 digits; a code begins with that of the one above, so that the tree is in the codes.
//! Not here: which tickets carry one (services).
//! One that is in use is switched off and keeps its name for the tickets that carry it.

use super::{cell, of_pairs};
use crate::category::Category;
use crate::fault::{Check, Code};
use crate::register::{Cells, Column, Kind, List, ListCode};
use crate::text::text;

/// The list.
pub(super) static LIST: List = List {
    code: ListCode::Categories,
    columns: &[
        Column::new("code", text("事项编号", "Code"), Kind::Code(6))
            .key()
            .needed()
            .help(text(
                "2、4 或 6 位数字，前几位是上级的编号",
                "2, 4 or 6 digits that begin with the code above",
            ))
            .heads(&["编号", "事项代码"]),
        Column::new("name_zh", text("中文名称", "Chinese name"), Kind::Line(40))
            .needed()
            .heads(&["名称", "事项名称"]),
        Column::new("name_en", text("英文名称", "English name"), Kind::Line(80)).needed(),
    ],
    has_supplements: false,
    is_nearest: false,
    needs_second: false,
    removable: true,
    check,
};

fn check(cells: &Cells, check: &mut Check) {
    let code = cell(cells, "code");
    let is_code = matches!(code.len(), 2 | 4 | 6) && code.bytes().all(|b| b.is_ascii_digit());
    if !code.is_empty() && !is_code {
        check.add("code", Code::InputCategory);
    }
}

/// The code of the category above; nothing on the first level.
pub(crate) fn above(code: &str) -> Option<String> {
    (code.len() > 2).then(|| code.get(..code.len() - 2).unwrap_or_default().to_owned())
}

impl Category {
    /// The row of the register's cells.
    pub fn of_cells(cells: &Cells) -> Option<Self> {
        let code = cell(cells, "code");
        (!code.is_empty()).then(|| Self {
            code: code.to_owned(),
            parent: above(code),
            name_zh: cell(cells, "name_zh").to_owned(),
            name_en: cell(cells, "name_en").to_owned(),
        })
    }

    /// Its cells in the register.
    pub fn cells(&self) -> Cells {
        of_pairs([
            ("code", Some(self.code.clone())),
            ("name_zh", Some(self.name_zh.clone())),
            ("name_en", Some(self.name_en.clone())),
        ])
    }
}
