//! Words of requests for data, and of the cut that is handed out.
//! Not here: names of states, measures and dimensions (beside their codes).
//! Sentences with facts are functions.

use crate::text::{Locale, Text, text};

pub const REQUESTS: Text = text("数据服务申请", "Requests for data");
pub const HELP: Text = text(
    "需要专门口径的统计数据时在此申请：写明用途、指标、分组、时期和用到哪天。由另一位有报表权限的人审批，同意时按其范围即时统计；领取一次后即从系统中删除，过期作废。",
    "Ask here for a special cut of figures: what for, which measures and dimensions, which period, until when. A second person who sees reports decides, and the cut is counted in that person's scope; it is taken once, and gone from the server with that or when its day has passed.",
);
pub const ASK: Text = text("提出申请", "Ask");
pub const PURPOSE: Text = text("用途", "What for");
pub const UNTIL: Text = text("领取截止日", "Last day to take it");
pub const UNTIL_HELP: Text = text("最长九十天", "Within ninety days");
pub const NONE: Text = text("没有数据申请", "No requests");
pub const NONE_WHY: Text = text(
    "这里列出您提出的和等您审批的申请。",
    "Your own requests stand here, and those that wait for your decision.",
);
pub const WHO: Text = text("申请人", "Asked by");
pub const WHAT: Text = text("数据", "Data");
pub const STATE: Text = text("状态", "State");
pub const TO_DO: Text = text("办理", "What to do");
pub const AGREE: Text = text("同意", "Agree");
pub const REFUSE: Text = text("不同意", "Refuse");
pub const REASON: Text = text("理由", "Why");
pub const WITHDRAW: Text = text("撤回", "Take back");
pub const TAKE: Text = text("领取（仅一次）", "Take it (once)");
pub const ASK_DONE: Text = text("已提出，等待另一人审批。", "It waits for a second person.");
pub const DECIDE_DONE: Text = text("已审批。", "Decided.");
pub const WITHDRAW_DONE: Text = text("已撤回。", "Taken back.");
pub const DIGEST: Text = text("摘要", "Digest");
pub const CODE: Text = text("代码", "Code");

/// Until when it can be taken.
pub fn until(day: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("截止 {day}"),
        Locale::En => format!("until {day}"),
    }
}

/// The last line of a cut: which request, whose, what for, as of when.
pub fn foot([id, who, purpose, as_of]: [&str; 4], locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("申请 {id}，{who}，用途：{purpose}，截至 {as_of}"),
        Locale::En => format!("Request {id}, {who}, for: {purpose}, as of {as_of}"),
    }
}
