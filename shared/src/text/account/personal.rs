//! Words about personal data: the register of fields, who looked, correcting and erasing.
//! Not here: names of classes, purposes, grounds and terms (`crate::personal`).
//! For administrators, auditors and leaders.

use super::super::{Locale, Text, text};

pub const FIELDS: Text = text("个人信息字段", "Personal fields");
pub const WHY: Text = text(
    "数据库中涉及个人的每一列：分级、用途、法律依据和保存期限；“own”是本地自有字段中涉及个人的，以其编号列出。这里只有列名，没有任何人的数据。新增的列不登记就不能发布。",
    "Every column of the database that holds something about a person: class, purpose, legal basis and term; under \"own\" the office's own fields about people, by their codes. Only columns stand here, nobody's data. A new column that is not entered stops the build.",
);
pub const TABLE: Text = text("数据表", "Table");
pub const COLUMN: Text = text("列", "Column");
pub const CLASS: Text = text("分级", "Class");
pub const MATTER: Text = text("内容", "What it holds");
pub const PURPOSE: Text = text("用途", "Purpose");
pub const BASIS: Text = text("法律依据", "Legal basis");
pub const RETENTION: Text = text("保存期限", "Kept");

/// How many columns there are of each kind.
pub fn counts(personal: usize, other: usize, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("涉及个人的列 {personal} 个，不涉及个人的列 {other} 个。"),
        Locale::En => {
            format!("{personal} columns hold something about a person, {other} do not.")
        }
    }
}

// Who looked.
pub const LOOKS: Text = text("查看个人信息记录", "Looks at personal data");
pub const LOOKS_WHY: Text = text(
    "一个月里谁查看过本范围工单中诉求人的信息：查看明文、打开保密诉求、按号码或按人查找、查看办件明文、导出明文，新的在前。不显示看到的内容。单位看到的是本单位工单，以及本单位人员的查找和导出；其他单位人员写的理由不显示。",
    "Who looked at citizens' data of your area in a month: in the clear, confidential requests, look-ups by number or person, approvals in the clear, exports in the clear; the newest first. What was seen is not shown. A unit sees looks at its own tickets, and look-ups and exports by its own people; the reasons of other units' people are not shown.",
);
pub const MONTH: Text = text("月份", "Month");
pub const BY_WHOM: Text = text("本月次数", "How often this month");
pub const KIND: Text = text("方式", "What was done");
pub const ANY_KIND: Text = text("全部", "All");
pub const TIMES: Text = text("次数", "Times");
pub const COUNTED_TO: Text = text(
    "本月记录很多，次数只统计了其中最新的一部分。",
    "There are very many in this month; only the newest are counted.",
);
pub const NO_LOOKS: Text = text("没有查看记录", "No looks");
pub const NO_LOOKS_WHY: Text = text(
    "这一段里没有人查看过本范围的个人信息。",
    "Nobody looked at personal data of your area in this stretch.",
);
pub const WHEN: Text = text("时间", "When");
pub const WHO: Text = text("人员", "Who");
pub const UNIT: Text = text("单位", "Unit");
pub const TICKET: Text = text("工单或办件", "Ticket or approval");
pub const REASON: Text = text("理由", "Reason");

// Correcting and erasing what a ticket keeps about its citizen.
pub const CORRECT_HELP: Text = text(
    "只填要更正的项；先核实是本人要求，理由里写明怎样核实。办理过程只记更正了什么时候、为什么，不记原来的内容。",
    "Fill in what is to be corrected. Make sure that the citizen asked for it, and say how. The history says when and why, not what it was.",
);
pub const CORRECT_SEND: Text = text("更正", "Correct");
pub const ERASE_HELP: Text = text(
    "删除姓名、联系方式、证件号码、涉及个人的自有字段和详细地址，不能恢复；工单、办理过程和统计保留。先核实是本人要求。",
    "Removes name, contacts, identity numbers, own fields about the person and the exact address, for good. The ticket, its history and figures stay. Make sure that the citizen asked for it.",
);
pub const ERASE_SEND: Text = text("删除诉求人信息", "Erase the citizen");
