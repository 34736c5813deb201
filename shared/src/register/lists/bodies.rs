//! Bodies (转办机构) to which a matter is handed over that is not the hotline's own: the emergency numbers and the hotlines beside it.
//! Not here: what was handed over (the ticket's transfers), units of the office (`units`).
//! A body that goes is no longer offered; what was handed over keeps its name of then.

use super::{cell, of_pairs};
use crate::fault::Check;
use crate::register::{Cells, Column, Kind, List, ListCode, column_of};
use crate::text::{Locale, Text, text};

/// The list.
pub(super) static LIST: List = List {
    code: ListCode::Bodies,
    columns: &[
        Column::new("code", text("编号", "Code"), Kind::Code(20))
            .key()
            .needed()
            .help(text(
                "一般用热线号码，定下后不再改",
                "Its number as a rule; permanent",
            )),
        Column::new("zh", text("中文名称", "Chinese name"), Kind::Line(40))
            .needed()
            .heads(&["名称", "机构"]),
        Column::new("en", text("英文名称", "English name"), Kind::Line(60)).needed(),
    ],
    has_supplements: true,
    is_nearest: false,
    needs_second: false,
    removable: true,
    check: |_: &Cells, _: &mut Check| {},
};

/// A row of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyRow {
    pub code: String,
    pub zh: String,
    pub en: String,
}

impl BodyRow {
    /// The row of cells that were read; `None` for others.
    pub fn of(cells: &Cells) -> Option<Self> {
        let row = Self {
            code: cell(cells, "code").to_owned(),
            zh: cell(cells, column_of(Locale::Zh)).to_owned(),
            en: cell(cells, column_of(Locale::En)).to_owned(),
        };
        (!row.code.is_empty()).then_some(row)
    }
}

const SHIPPED: [(&str, Text); 12] = [
    ("110", text("110 公安报警", "110 police")),
    ("119", text("119 消防救援", "119 fire and rescue")),
    ("120", text("120 医疗急救", "120 ambulance")),
    ("122", text("122 交通事故报警", "122 traffic accidents")),
    (
        "12315",
        text("12315 消费者投诉举报", "12315 consumer complaints"),
    ),
    ("12328", text("12328 交通运输服务监督", "12328 transport")),
    ("12329", text("12329 住房公积金", "12329 housing fund")),
    (
        "12333",
        text(
            "12333 人力资源和社会保障",
            "12333 labour and social security",
        ),
    ),
    ("12348", text("12348 公共法律服务", "12348 legal services")),
    ("12350", text("12350 安全生产举报", "12350 work safety")),
    ("12366", text("12366 纳税缴费服务", "12366 taxes")),
    ("95598", text("95598 供电服务", "95598 electricity")),
];

/// The rows that are shipped.
pub(super) fn shipped() -> Vec<Cells> {
    let row = |(code, words): &(&str, Text)| {
        of_pairs([
            ("code", Some((*code).to_owned())),
            ("zh", Some(words.zh.to_owned())),
            ("en", Some(words.en.to_owned())),
        ])
    };
    SHIPPED.iter().map(row).collect()
}
