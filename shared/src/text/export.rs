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

pub const YES: Text = text("是", "yes");
pub const NO: Text = text("否", "no");

/// Name of the file, without suffix; the day follows.
pub const TICKETS_FILE: Text = text("工单", "tickets");
