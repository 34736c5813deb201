//! Column headings of exported files, in both languages.
//! Not here: labels of code lists (beside their enum), words of pages.
//! Read next: `services::exports::columns`, which fills the columns in this order.

use super::{Text, text};

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
/// What stands behind a text that a cell of a workbook is too short for.
pub const CUT: Text = text("……（单元格放不下，已截断）", "… (cut: too long for a cell)");
