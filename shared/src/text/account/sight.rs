//! Words about field rights: how a role shows personal fields of tickets.
//! Not here: names of classes, phases and ways of showing (`access::sight`).
//! For security administrators, and for whoever reads a ticket of which something is hidden.

use super::super::{Locale, Text, text};
use crate::account::posts::FieldWay;

pub const FIELDS: Text = text("个人信息显示", "Personal fields");
pub const FIELDS_HELP: Text = text(
    "按工单是否办结，分别规定任职人员看到明文、脱敏还是不显示。不显示的也不能申请查看明文。保密工单和举报最多显示脱敏；导出文件最多显示脱敏；明文显示的每次查看都记入审计。",
    "Whether the holder sees each in the clear, masked or not at all, while a ticket is open and after it is closed. What is hidden cannot be revealed. Confidential tickets, tip-offs and exports show masks at most; each look that shows something in the clear stands in the audit.",
);
pub const FIELD: Text = text("信息", "Field");
pub const THROUGH: Text = text("来自哪个岗位", "Through which post");
pub const PERSON_FIELDS: Text = text("个人信息看到什么程度", "How personal fields are shown");
pub const PERSON_FIELDS_WHY: Text = text(
    "一张工单可经几个岗位看到时，按显示最多的岗位计；只计能看到该工单的岗位。",
    "Where several posts reach a ticket, the one that shows most counts; posts that do not reach it do not count.",
);

/// A post with what it shows: `1 · Agent · Nanjing centre: masked / hidden (Holds)`.
pub fn way(way: &FieldWay, locale: Locale) -> String {
    let (open, closed) = (way.open.label(locale), way.closed.label(locale));
    let (role, unit, state) = (&way.role_name, &way.unit_name, way.state.label(locale));
    let no = way.no;
    match locale {
        Locale::Zh => format!("{no} · {role} · {unit}：{open}／{closed}（{state}）"),
        Locale::En => format!("{no} · {role} · {unit}: {open} / {closed} ({state})"),
    }
}

/// What a reader's roles hide of a ticket.
pub fn hidden(fields: &[crate::access::PersonalField], locale: Locale) -> String {
    let names: Vec<&str> = fields.iter().map(|field| field.label(locale)).collect();
    match locale {
        Locale::Zh => format!("按您的角色不显示：{}", names.join("；")),
        Locale::En => format!("Your role does not show: {}", names.join("; ")),
    }
}
