//! Words of notifications: what a text message says (`sms`) and how it is worded (`template`), and the page of those that were not delivered.
//! Not here: what they tell, why they failed and how people were told (`crate::notification`).

pub mod incoming;
pub mod notice;
pub mod sms;
pub mod template;

use super::{Locale, Text, text};
use crate::notification::Spent;

pub const UNDELIVERED: Text = text("未送达通知", "Undelivered notifications");
pub const HELP: Text = text(
    "这些短信或邮件多次发送后仍未送达。请重新发送，或用其他方式告知后记下来。这里不显示内容和完整号码，需要时请打开工单查看。",
    "These text messages and mails were tried and not delivered. Send one again, or tell the person by other means and note it. Neither text nor whole number is shown here; open the ticket for them.",
);
pub const NONE: Text = text("没有未送达的通知", "Every notification was delivered");
pub const NONE_WHY: Text = text(
    "网关退回或联系不上的通知会出现在这里。",
    "What a gateway returns or does not take appears here.",
);
pub const TOLD: Text = text("通知", "Notification");
pub const TO: Text = text("发往", "To");
pub const WHY: Text = text("原因", "Why");
pub const MADE: Text = text("生成时间", "Written");
pub const FAILED: Text = text("放弃时间", "Given up");
pub const TRIES: Text = text("次数", "Tries");
pub const WHAT_TO_DO: Text = text("处理", "What to do");
pub const AGAIN: Text = text("重新发送", "Send again");
pub const SETTLE: Text = text("记为已处理", "Note as done");
pub const HOW: Text = text("告知方式", "How the person was told");
pub const OPEN_TICKET: Text = text("打开工单", "Open the ticket");
pub const AGAIN_DONE: Text = text("已重新排队发送。", "It waits to be sent again.");
pub const SETTLE_DONE: Text = text("已记下。", "Noted.");
pub const OF_TICKET: Text = text("短信和邮件", "Messages");
pub const STATE: Text = text("送达情况", "Delivery");
pub const BY_SMS: Text = text("短信", "Text message");
pub const BY_MAIL: Text = text("邮件", "Mail");
pub const EARLIER: Text = text("未记录", "not recorded");

/// What was sent this month.
pub fn spent(spent: Spent, locale: Locale) -> String {
    let Spent { sent, parts, fee } = spent;
    let (sent, parts) = (super::staff::grouped(sent), super::staff::grouped(parts));
    let yuan = format!("{}.{:02}", fee / 1000, fee % 1000 / 10);
    match locale {
        Locale::Zh => format!("本月全系统已发送 {sent} 条，计费 {parts} 条，费用 {yuan} 元。"),
        Locale::En => format!(
            "This month the whole installation sent {sent}, charged as {parts} parts, for {yuan} yuan."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_told_in_yuan() {
        let month = Spent {
            sent: 12_345,
            parts: 20_000,
            fee: 900_050,
        };
        assert!(spent(month, Locale::Zh).contains("900.05 元"));
        let told = spent(month, Locale::En);
        assert!(
            told.contains("12,345") && told.contains("900.05 yuan"),
            "{told}"
        );
    }
}
