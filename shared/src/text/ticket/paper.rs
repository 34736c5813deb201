//! Words of paper forms for the time in which the system is away, of their list and of the form as it is printed.
//! Not here: names of states (beside their enum), faults. Sentences with numbers are functions.

use super::super::{Locale, Text, text};

pub const PAPER: Text = text("断网纸质登记", "Paper forms");
pub const HELP: Text = text(
    "平时预留编号、打印空白登记表备用。系统中断时用纸质表登记；恢复后在“登记”页填纸质编号和纸上的受理时间补录，每个编号只能用一次，没用上的请作废并写明原因。",
    "Draw numbers and print blank forms while all is well. When the system is away, take requests down on them; afterwards enter each at the desk with its number and the time on the paper. Each number is good once; void what was not used, with a reason.",
);
pub const RESERVE: Text = text("预留编号", "Draw numbers");
pub const RESERVE_HELP: Text = text(
    "按中心和日期连续编号，一次最多 50 张。预留后即可打印。",
    "Numbers run by centre and day, 50 at most at once. Print them right afterwards.",
);
pub const COUNT: Text = text("张数", "How many");
pub const DAY: Text = text("使用日期", "For which day");
pub const DAY_HELP: Text = text("不填就是今天。", "Today when empty.");
pub const PRINT: Text = text("打印", "Print");
pub const BLANK: Text = text("空白登记表", "Blank forms");
pub const PRINT_HELP: Text = text(
    "用浏览器的打印功能打印，每张表一页。已录入或已作废的编号不再打印。",
    "Print with your browser; each form is a page. Numbers that were entered or voided are left out.",
);
pub const NOTHING_TO_PRINT: Text = text(
    "这一批编号都已录入或作废。",
    "All numbers of this block were entered or voided.",
);
pub const LIST: Text = text("纸质登记编号", "Numbers");
pub const NUMBER: Text = text("纸质编号", "Number");
pub const FOR_DAY: Text = text("日期", "Day");
pub const STATE: Text = text("状态", "State");
pub const RESERVED: Text = text("预留", "Drawn");
pub const BECAME: Text = text("结果", "What became of it");
pub const WHAT_TO_DO: Text = text("处理", "What to do");
pub const ENTER: Text = text("补录", "Enter");
pub const VOID: Text = text("作废", "Void");
pub const REASON: Text = text("作废原因", "Why it is void");
pub const VOIDED: Text = text("已作废。", "It is void.");
pub const SHELVES: Text = text("按状态", "By state");
pub const ALL: Text = text("全部", "All");
pub const NONE: Text = text("没有纸质登记编号", "No numbers");
pub const NONE_WHY: Text = text(
    "这里没有符合条件的编号。需要时请先预留。",
    "There is none that fits. Draw numbers when you need them.",
);
pub const FLAG: Text = text("纸质补录", "From paper");
pub const ON_FORM: Text = text("纸质登记编号", "Paper form");
pub const ENTER_HELP: Text = text(
    "系统中断时用纸质表登记的，填表上的编号，并在“补录时间”里填纸上的受理时间；期限从那时起算。",
    "Taken down on a paper form: give its number, and the time on the paper as when it was done; the deadline counts from then.",
);
pub const TO_FORMS: Text = text("断网纸质登记表", "Paper forms for outages");

// The form on paper.
pub const SHEET: Text = text("12345 热线纸质登记表", "12345 hotline: request on paper");
pub const ACCEPTED_AT: Text = text("受理时间（年月日时分）", "Taken down at (date and time)");
pub const AGENT: Text = text("登记人", "Taken down by");
pub const CHANNEL: Text = text("来源（电话/来访/其他）", "How it came (call, visit, other)");
pub const KIND: Text = text("诉求类型（勾选）", "Kind (tick one)");
pub const NAME: Text = text("姓名", "Name");
pub const PHONE: Text = text("电话", "Phone");
pub const IDENTITY: Text = text(
    "身份（公开/保密/匿名）",
    "Identity (open, confidential, anonymous)",
);
pub const ORGANISATION: Text = text("单位名称", "Organisation");
pub const REGION: Text = text("区县、街道", "District and subdistrict");
pub const ADDRESS: Text = text("详细地址", "Address");
pub const OCCURRED: Text = text("发生时间", "When it happened");
pub const URGENCY: Text = text("紧急程度（勾选）", "Urgency (tick one)");
pub const REPLY: Text = text("是否需要答复", "Answer wanted?");
pub const CONTENT: Text = text(
    "诉求内容（时间、地点、经过、期望）",
    "The matter (when, where, what happened, what is wanted)",
);
pub const DONE: Text = text(
    "当场处理情况（转 110、119、120 等）",
    "What was done at once (handed to 110, 119, 120, …)",
);
pub const ENTERED: Text = text(
    "补录工单编号、补录人、时间",
    "Ticket number, entered by, at",
);

/// How many wait to be entered.
pub fn open(count: i64, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("未录入 {count} 张"),
        Locale::En => format!("{count} not entered"),
    }
}

/// On the line of the history, and among the ticket's facts.
pub fn entered(no: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("纸质登记表 {no} 补录"),
        Locale::En => format!("From paper form {no}"),
    }
}
