//! Column headings of exported files, in both languages.
//! Not here: labels of code lists (beside their enum), words of pages.
//! Read next: `services::exports::columns`, which fills the columns in this order.

mod more;
pub mod template;

pub use more::{MORE_COLUMNS, is_more};

use super::{Text, text};
use crate::export::ExportPart;

/// Headings of the ticket export, in the order of its columns.
pub const TICKET_COLUMNS: [Text; 24] = [
    text("工单编号", "Ticket number"),
    text("编号（分组）", "Number in groups"),
    text("状态", "State"),
    text("诉求类型", "Kind"),
    text("渠道", "Channel"),
    text("紧急程度", "Urgency"),
    // Free text may still name people; the heading says what was taken out.
    text("标题（号码、门牌已隐去）", "Title (numbers taken out)"),
    text(
        "诉求内容（号码、门牌已隐去）",
        "Request (numbers taken out)",
    ),
    text("分类", "Category"),
    text("区划", "Area"),
    text("地址（已脱敏）", "Address (masked)"),
    text("诉求人（已脱敏）", "Citizen (masked)"),
    text("电话（已脱敏）", "Phone (masked)"),
    text("匿名", "Anonymous"),
    text("保密", "Confidential"),
    text("主办单位", "Lead unit"),
    text("登记时间", "Registered"),
    text("办理期限", "Deadline"),
    text("红绿灯", "Light"),
    text("首次派单", "First dispatched"),
    text("办结时间", "Closed"),
    text("重办次数", "Redos"),
    text("解决情况", "Solved"),
    text("满意度", "Satisfaction"),
];

/// Names of the same columns in JSON lines; they are permanent.
pub const TICKET_KEYS: [&str; 24] = [
    "ticket_no",
    "grouped_no",
    "state",
    "kind",
    "channel",
    "urgency",
    "title",
    "content",
    "category",
    "region",
    "address",
    "citizen",
    "phone",
    "anonymous",
    "confidential",
    "lead_unit",
    "accepted_at",
    "due_at",
    "light",
    "first_dispatched_at",
    "closed_at",
    "cycle_no",
    "solved",
    "satisfaction",
];

/// Widths of the same columns in a workbook, in characters.
pub const TICKET_WIDTHS: [u16; 24] = [
    24, 28, 10, 10, 12, 10, 32, 48, 24, 24, 28, 12, 14, 8, 8, 24, 17, 17, 10, 17, 17, 8, 12, 12,
];

/// Headings of the columns that a file in the clear names otherwise: the key, and what it says then.
pub const CLEAR_COLUMNS: [(&str, Text); 3] = [
    ("address", text("地址（未脱敏）", "Address (in the clear)")),
    (
        "citizen",
        text("诉求人（未脱敏）", "Citizen (in the clear)"),
    ),
    ("phone", text("电话（未脱敏）", "Phone (in the clear)")),
];

/// Headings, permanent names and widths of the columns of related assignments.
pub const ASSIGNMENT_COLUMNS: [(Text, &str, u16); 12] = [
    (text("工单编号", "Ticket number"), "ticket_no", 24),
    (text("承办角色", "Part"), "role", 10),
    (text("承办单位", "Unit"), "unit", 24),
    (text("状态", "State"), "state", 12),
    (text("派单时间", "Dispatched"), "dispatched_at", 17),
    (text("签收时间", "Signed for"), "signed_at", 17),
    (text("办理期限", "Deadline"), "due_at", 17),
    (text("红绿灯", "Light"), "light", 10),
    (text("答复时间", "Answered"), "replied_at", 17),
    (text("退回次数", "Returns"), "return_count", 8),
    (text("办理情况", "Handling"), "handling", 48),
    (text("答复内容", "Answer"), "public_reply", 48),
];

/// The same of the history.
pub const HISTORY_COLUMNS: [(Text, &str, u16); 9] = [
    (text("工单编号", "Ticket number"), "ticket_no", 24),
    (text("序号", "No."), "seq", 8),
    (text("时间", "When"), "at", 17),
    (text("环节", "What"), "verb", 16),
    (text("经办人", "By"), "by", 14),
    (text("单位", "Unit"), "unit", 24),
    (text("原状态", "State before"), "from_state", 12),
    (text("现状态", "State after"), "to_state", 12),
    (text("说明", "Words"), "note", 48),
];

/// The same of follow-ups.
pub const FOLLOW_UP_COLUMNS: [(Text, &str, u16); 9] = [
    (text("工单编号", "Ticket number"), "ticket_no", 24),
    (text("时间", "When"), "at", 17),
    (text("回访人", "By"), "by", 14),
    (text("方式", "Way"), "channel", 12),
    (text("接通", "Connected"), "connected", 8),
    (text("解决情况", "Solved"), "solved", 12),
    (text("满意度", "Satisfaction"), "satisfaction", 12),
    (text("结果", "Outcome"), "outcome", 14),
    (text("意见", "Opinion"), "opinion", 48),
];

/// Headings, permanent names and widths of the columns of a related part.
pub const fn of_part(part: ExportPart) -> &'static [(Text, &'static str, u16)] {
    match part {
        ExportPart::Assignments => &ASSIGNMENT_COLUMNS,
        ExportPart::History => &HISTORY_COLUMNS,
        ExportPart::FollowUps => &FOLLOW_UP_COLUMNS,
    }
}

pub const YES: Text = text("是", "yes");
pub const NO: Text = text("否", "no");

/// Name of the file, without suffix; the day follows.
pub const TICKETS_FILE: Text = text("工单", "tickets");

/// Name of the sheet with the rows; a number follows from the second on.
pub const SHEET: Text = text("工单", "Tickets");
/// Name of the sheet that says what was exported.
pub const ABOUT: Text = text("说明", "About");
pub const ABOUT_FILTER: Text = text("筛选条件", "Filters");
pub const NO_FILTER: Text = text("不限", "none");
pub const ABOUT_SORT: Text = text("排序", "Order");
pub const ABOUT_BY: Text = text("导出人", "Exported by");
pub const ABOUT_AT: Text = text("导出时间", "Exported at");
pub const ABOUT_ROWS: Text = text("行数", "Rows");
pub const ABOUT_HASH: Text = text("各行摘要（SHA-256）", "Digest of the rows (SHA-256)");
pub const ABOUT_VERSION: Text = text("程序版本", "Version of the program");
pub const ABOUT_MASKED: Text = text("个人信息", "Personal data");
pub const MASKED: Text = text(
    "已脱敏；正文中的号码、门牌已隐去。时间为北京时间。",
    "Masked; numbers of people and houses are taken out of the texts. Times are those of Beijing.",
);
pub const IN_CLEAR: Text = text(
    "诉求人、电话、地址未脱敏，经另一人批准；保密件、举报件和正文仍已脱敏。请按规定保管，不得外传。",
    "Citizen, phone and address are in the clear, by the approval of a second person; confidential tickets, tip-offs and texts stay masked. Keep the file as the rules say and do not pass it on.",
);
/// A short word for every page of a file in the clear.
pub const CLEAR_MARK: Text = text("含未脱敏个人信息", "Personal data in the clear");
/// The same of a masked one.
pub const MASKED_MARK: Text = text("已脱敏", "Masked");
pub const ABOUT_MARK: Text = text("导出号", "Number of the export");
pub const ABOUT_PURPOSE: Text = text("用途", "Purpose");
pub const ABOUT_LEFT_OUT: Text = text(
    "未导出的列（已停用或无权查看）",
    "Columns left out (given up, or not for this reader)",
);
pub const ABOUT_AS_OF: Text = text("数据截至", "As of");
pub const AS_OF: Text = text(
    "上列导出时间之前登记、且读到时仍符合筛选的工单各一行；每行是读到它时的内容。",
    "One row for each ticket that was registered before the time above and that fitted the filters when it was read; a row says what held when it was read.",
);
/// What stands behind a text that a cell of a workbook is too short for.
pub const CUT: Text = text("……（单元格放不下，已截断）", "… (cut: too long for a cell)");
