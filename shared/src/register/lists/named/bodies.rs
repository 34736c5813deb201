//! Bodies (转办机构) to which a matter is handed over that is not the hotline's own: the emergency numbers and the hotlines beside it.
//! Not here: what was handed over (the ticket's transfers), units of the office (`units`).
//! A body that goes is no longer offered; what was handed over keeps its name of then.

use super::PLAIN;
use crate::register::{Column, Kind, List, ListCode};
use crate::text::{Text, text};

/// The list.
pub(in crate::register::lists) static LIST: List = List {
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
    ..PLAIN
};

/// The rows that are shipped.
pub(in crate::register::lists) const SHIPPED: &[(&str, Text)] = &[
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
